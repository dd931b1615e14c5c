import { For, Show } from 'solid-js'
import type { JobDetailsFragment } from '../generated/documents.ts'
import { quoteArgv } from '../submit/argv.ts'
import styles from './command.module.css'
import { words } from './words.ts'

/** What a job runs, and in which surroundings. */
export function Command(props: { job: JobDetailsFragment }) {
  const variables = () => Object.entries(props.job.env)
  return (
    <aside class={`panel ${styles.command}`}>
      <section>
        <h2>{words.job.command}</h2>
        <pre class={styles.code}>{props.job.shell ? props.job.command.join(' ') : quoteArgv(props.job.command)}</pre>
        <Show when={props.job.shell}>
          <p class="muted">{words.job.shell}</p>
        </Show>
      </section>
      <section>
        <h2>{words.job.environment}</h2>
        <Show when={variables().length > 0} fallback={<p class="muted">{words.job.noEnvironment}</p>}>
          <pre class={styles.code}>
            <For each={variables()}>{([name, value]) => `${name}=${value}\n`}</For>
          </pre>
        </Show>
      </section>
      <Show when={props.job.workingDirectory}>
        {(directory) => (
          <section>
            <h2>{words.job.directory}</h2>
            <pre class={styles.code}>{directory()}</pre>
          </section>
        )}
      </Show>
      <section>
        <h2>{words.job.id}</h2>
        <pre class={styles.code}>{props.job.id}</pre>
      </section>
    </aside>
  )
}
