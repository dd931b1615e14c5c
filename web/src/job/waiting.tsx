import { A } from '@solidjs/router'
import { Show } from 'solid-js'
import type { JobDetailsFragment, WaitReason } from '../generated/documents.ts'
import { sayReason } from '../shared/say-reason.ts'
import { Soon } from '../shared/time.tsx'
import styles from './waiting.module.css'
import { words } from './words.ts'

/** The server counts no further. */
const FARTHEST = 10_000

/** Where a look at the GPUs tells more. */
const ABOUT_GPUS: ReadonlySet<WaitReason> = new Set<WaitReason>([
  'BUSY',
  'NO_WORKER',
  'NO_SUCH_GPU',
  'NOT_ENOUGH_GPUS',
  'OUT_OF_SERVICE',
])

/** Why a job waits and what to do about it, how many go before it, and when it will start, as far as that is known. */
export function Waiting(props: { queue: NonNullable<JobDetailsFragment['queue']> }) {
  const place = (position: number) => (position >= FARTHEST ? words.wait.placeFar : words.wait.place(position))
  return (
    <section class={`panel ${styles.waiting}`} aria-label={words.wait.title}>
      <p class={styles.message} title={props.queue.message}>
        {sayReason(props.queue.message)}
      </p>
      <p class={styles.advice}>
        {words.wait.advice[props.queue.reason]}{' '}
        <Show when={ABOUT_GPUS.has(props.queue.reason)}>
          <A href="/gpus">{words.wait.toGpus}</A>
        </Show>
      </p>
      <dl class={styles.figures}>
        <Show when={props.queue.position}>
          {(position) => (
            <div>
              <dt>{words.wait.inLine}</dt>
              <dd>{place(position())}</dd>
            </div>
          )}
        </Show>
        <Show when={props.queue.eta}>
          {(eta) => (
            <div>
              <dt>{words.wait.starts}</dt>
              <dd>
                <Soon at={eta()} />
              </dd>
            </div>
          )}
        </Show>
      </dl>
    </section>
  )
}
