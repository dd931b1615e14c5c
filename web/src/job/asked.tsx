import { For, Show } from 'solid-js'
import type { JobDetailsFragment } from '../generated/documents.ts'
import { sayDuration, sayMemory } from '../shared/amounts.ts'
import { At } from '../shared/time.tsx'
import { quoteArgv } from '../submit/argv.ts'
import { writeMounts, writeVariables } from '../submit/written-lists.ts'
import styles from './asked.module.css'
import { Fact } from './fact.tsx'
import { words } from './words.ts'

/** What a job was asked to run, in which surroundings, and within which bounds. */
export function Asked(props: { job: JobDetailsFragment }) {
  return (
    <section class={`panel ${styles.asked}`} aria-label={words.asked}>
      <section>
        <h2>{words.command}</h2>
        <pre class={styles.code}>{props.job.shell ? props.job.command.join(' ') : quoteArgv(props.job.command)}</pre>
        <Show when={props.job.shell}>
          <p class="muted">{words.shell}</p>
        </Show>
      </section>
      <Bounds job={props.job} />
      <section>
        <h2>{words.environment}</h2>
        <Show when={Object.keys(props.job.env).length > 0} fallback={<p class="muted">{words.noEnvironment}</p>}>
          <pre class={styles.code}>{writeVariables(props.job.env)}</pre>
        </Show>
      </section>
      <Code title={words.secrets} text={props.job.secrets.join('\n')} />
      <Code title={words.image} text={props.job.container?.image} />
      <Code title={words.mounts} text={writeMounts(props.job.container?.mounts ?? [])} />
      <Code title={words.labels} text={writeVariables(props.job.workerLabels)} />
      <Code title={words.directory} text={props.job.workingDirectory} />
      <Code title={words.id} text={props.job.id} />
    </section>
  )
}

/** Nothing where nothing was asked for. */
function Code(props: { title: string; text: string | null | undefined }) {
  return (
    <Show when={props.text}>
      {(text) => (
        <section>
          <h2>{props.title}</h2>
          <pre class={styles.code}>{text()}</pre>
        </section>
      )}
    </Show>
  )
}

function Bounds(props: { job: JobDetailsFragment }) {
  return (
    <dl class={styles.bounds}>
      <Fact label={words.timeLimit}>{secondsOr(props.job.timeoutSeconds, words.none)}</Fact>
      <Fact label={words.retries}>{retries(props.job)}</Fact>
      <For each={retryRules(props.job)}>{(rule) => <Fact label={words.retryRules}>{rule}</Fact>}</For>
      <Show when={props.job.maxIdleSeconds}>
        {(seconds) => <Fact label={words.idleLimit}>{secondsOr(seconds(), '')}</Fact>}
      </Show>
      <Show when={props.job.startAt}>
        {(startAt) => (
          <Fact label={words.startAt}>
            <At at={startAt()} />
          </Fact>
        )}
      </Show>
      <Show when={props.job.preemptible}>
        <Fact label={words.preemptible}>{words.yes}</Fact>
      </Show>
      <Show when={props.job.warning}>
        {(warning) => (
          <Fact label={words.warning}>{words.warned(warning().signal, secondsOr(warning().seconds, ''))}</Fact>
        )}
      </Show>
      <Show when={props.job.limits.memoryMb}>
        {(memory) => <Fact label={words.memoryLimit}>{sayMemory(memory())}</Fact>}
      </Show>
      <Show when={props.job.limits.cpus}>{(cpus) => <Fact label={words.cpuLimit}>{cpus()}</Fact>}</Show>
      <Show when={props.job.schedule}>{(schedule) => <Fact label={words.schedule}>{schedule()}</Fact>}</Show>
      <Show when={props.job.template}>{(template) => <Fact label={words.template}>{template()}</Fact>}</Show>
    </dl>
  )
}

/** A limit is mostly a round one: `10 min`, not `10 min 00 s`. */
function secondsOr(seconds: number | null, none: string): string {
  return seconds === null ? none : sayDuration(seconds * 1000).replace(/ 00 (s|min)$/, '')
}

/** An attempt that was lost or preempted uses up no retry. */
function retries(job: JobDetailsFragment): string {
  const counted = job.runs.filter((run) => run.state !== 'LOST' && run.state !== 'PREEMPTED').length
  return words.retriesLeft(Math.min(job.maxRetries, Math.max(0, counted - 1)), job.maxRetries)
}

function retryRules({ maxRetries, retry }: JobDetailsFragment): string[] {
  if (maxRetries === 0) return []
  const { exitCodes, backoffSeconds, maxBackoffSeconds } = retry
  return [
    ...(backoffSeconds > 0 ? [words.backoff(secondsOr(backoffSeconds, ''), secondsOr(maxBackoffSeconds, ''))] : []),
    ...(exitCodes ? [words.exitCodes(exitCodes)] : []),
  ]
}
