import { Show } from 'solid-js'
import { sayDuration } from '../shared/amounts.ts'
import { useNow } from '../shared/clock.ts'
import { sayReason } from '../shared/say-reason.ts'
import { Duration } from '../shared/time.tsx'
import { words as everywhere } from '../shared/words.ts'
import type { ListedJob } from './job-list.ts'
import styles from './jobs-table.module.css'
import { tableWords } from './table-words.ts'

/** How many GPUs of what kind were asked for. */
export function Gpus(props: { job: ListedJob }) {
  return (
    <Show when={props.job.gpus.count > 0} fallback={<span class="muted">{tableWords.noGpu}</span>}>
      {tableWords.gpus(props.job.gpus.count, props.job.gpus.model ?? tableWords.anyModel)}
    </Show>
  )
}

/** The same where there is no room for the kind. */
export function GpuCount(props: { job: ListedJob }) {
  return <>{tableWords.gpuCount(props.job.gpus.count)}</>
}

/** From its creation to its start, or to its end where it never started; it ticks meanwhile. */
export function Waited(props: { job: ListedJob }) {
  const now = useNow()
  const until = () => props.job.startedAt ?? props.job.finishedAt
  const waited = () => Math.max(0, (Date.parse(until() ?? '') || now()) - Date.parse(props.job.createdAt))
  return <>{tableWords.waited(sayDuration(waited()))}</>
}

/** How long its present or last attempt has run. */
export function JobDuration(props: { job: ListedJob }) {
  return (
    <Show when={props.job.startedAt} fallback={<span class="muted">{everywhere.none}</span>}>
      {(startedAt) => <Duration inRow from={startedAt()} to={props.job.finishedAt} />}
    </Show>
  )
}

/** Why it is in its state: for a job that waits, what it waits for. */
export function Reason(props: { job: ListedJob }) {
  const whole = () => (props.job.state === 'QUEUED' && props.job.queue?.message) || props.job.reason || ''
  return (
    <span class={styles.reason} title={whole()}>
      {sayReason(whole())}
    </span>
  )
}
