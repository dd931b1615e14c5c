import { Show } from 'solid-js'
import type { JobDetailsFragment } from '../generated/documents.ts'
import { Soon } from '../shared/time.tsx'
import styles from './waiting.module.css'
import { words } from './words.ts'

/** The server counts no further. */
const FARTHEST = 10_000

/** Why a job waits, how many go before it, and when it will start: in one line, as far as that is known. */
export function Waiting(props: { queue: NonNullable<JobDetailsFragment['queue']> }) {
  return (
    <p class={styles.waiting}>
      <span>{props.queue.message}</span>
      <Show when={props.queue.position}>
        {(position) => (
          <span class={styles.part}>{position() >= FARTHEST ? words.job.placeFar : words.job.place(position())}</span>
        )}
      </Show>
      <Show when={props.queue.eta}>
        {(eta) => (
          <span class={styles.part}>
            {words.job.starts} <Soon at={eta()} />
          </span>
        )}
      </Show>
    </p>
  )
}
