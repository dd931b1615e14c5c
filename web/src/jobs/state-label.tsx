import type { JobState, RunState } from '../generated/documents.ts'
import styles from './state-label.module.css'
import { words } from './words.ts'

/** A job's state in words, with its dot. A job that is being cancelled says so. */
export function JobStateLabel(props: { state: JobState; cancelRequested: boolean }) {
  const ended = () => props.state !== 'QUEUED' && props.state !== 'RUNNING'
  const cancelling = () => props.cancelRequested && !ended()
  return (
    <span class={styles.label} data-state={cancelling() ? 'CANCELLED' : props.state}>
      <span class={styles.dot} data-busy={cancelling() || props.state === 'RUNNING' ? '' : undefined} />
      {cancelling() ? words.cancelling : words.state[props.state]}
    </span>
  )
}

/** The state of one attempt. */
export function RunStateLabel(props: { state: RunState }) {
  return (
    <span class={styles.label} data-state={props.state}>
      <span class={styles.dot} data-busy={props.state === 'RUNNING' || props.state === 'CLAIMED' ? '' : undefined} />
      {words.runState[props.state]}
    </span>
  )
}
