import type { JobDetailsFragment } from '../generated/documents.ts'
import { sayDuration } from '../shared/amounts.ts'
import { now } from '../shared/clock.ts'
import styles from './idle-notice.module.css'
import { words } from './words.ts'

/** That a run holds GPUs and leaves them idle, and what becomes of it. */
export function IdleNotice(props: { job: JobDetailsFragment; since: string }) {
  const idleMs = () => now() - Date.parse(props.since)
  const limit = () => props.job.maxIdleSeconds
  const what = () => {
    const seconds = limit()
    return seconds === null ? words.idle.hint : words.idle.ends(sayDuration(seconds * 1000))
  }
  return (
    <p class={`notice ${styles.idle}`}>
      <strong>{words.idle.says(sayDuration(idleMs()), props.job.gpus.count)}</strong> {what()}
    </p>
  )
}
