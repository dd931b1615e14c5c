import { For, Show } from 'solid-js'
import type { JobDetailsFragment } from '../generated/documents.ts'
import { quoteArgv } from '../submit/argv.ts'
import styles from './command.module.css'
import { words } from './words.ts'

/** What a job runs, and in which surroundings. */
export function Command(props: { job: JobDetailsFragment }) {
  const variables = () => Object.entries(props.job.env)
  const labels = () => Object.entries(props.job.workerLabels)
  return (
    <section class={`panel ${styles.command}`} aria-label={words.job.asked}>
      <section>
        <h2>{words.job.command}</h2>
        <pre class={styles.code}>{props.job.shell ? props.job.command.join(' ') : quoteArgv(props.job.command)}</pre>
        <Show when={props.job.shell}>
          <p class="muted">{words.job.shell}</p>
        </Show>
      </section>
      <Show when={props.job.container}>
        {(container) => (
          <section>
            <h2>{words.job.image}</h2>
            <pre class={styles.code}>{container().image}</pre>
          </section>
        )}
      </Show>
      <section>
        <h2>{words.job.environment}</h2>
        <Show when={variables().length > 0} fallback={<p class="muted">{words.job.noEnvironment}</p>}>
          <pre class={styles.code}>
            <For each={variables()}>{([name, value]) => `${name}=${value}\n`}</For>
          </pre>
        </Show>
      </section>
      <Show when={props.job.secrets.length > 0}>
        <section>
          <h2>{words.job.secrets}</h2>
          <pre class={styles.code}>{props.job.secrets.join('\n')}</pre>
        </section>
      </Show>
      <Show when={labels().length > 0}>
        <section>
          <h2>{words.job.labels}</h2>
          <pre class={styles.code}>
            <For each={labels()}>{([name, value]) => `${name}=${value}\n`}</For>
          </pre>
        </section>
      </Show>
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
    </section>
  )
}
