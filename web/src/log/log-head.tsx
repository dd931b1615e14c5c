import { For, type JSX } from 'solid-js'
import styles from './log-head.module.css'
import type { LogStatus } from './run-log.ts'
import { setTimes, setWraps, times, wraps } from './settings.ts'
import { TIMES } from './times.ts'
import { words } from './words.ts'

/** What stands above a log: which one it is, how it is going, where in it one is, and how it is shown. */
export function LogHead(props: {
  attempt: number
  status: LogStatus
  place: string
  finding: boolean
  onFind: () => void
  goingTo: boolean
  onGoTo: () => void
  download: JSX.Element
}) {
  return (
    <header class={styles.head}>
      <h2>
        {words.title} <span class={styles.of}>{words.of(props.attempt)}</span>
      </h2>
      <span class={styles.status} data-status={props.status}>
        {words.status[props.status]}
      </span>
      <span class={styles.place}>{props.place}</span>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a row by every browser */}
      <div class={styles.tools} role="group" aria-label={words.tools.label}>
        <button
          type="button"
          class={styles.tool}
          aria-expanded={props.finding}
          aria-keyshortcuts="/"
          onClick={() => props.onFind()}
        >
          {words.tools.find}
        </button>
        <button
          type="button"
          class={styles.tool}
          title={words.tools.toLineTitle}
          aria-expanded={props.goingTo}
          aria-keyshortcuts=":"
          onClick={() => props.onGoTo()}
        >
          {words.tools.toLine}
        </button>
        <button
          type="button"
          class={styles.tool}
          aria-pressed={wraps()}
          aria-keyshortcuts="w"
          onClick={() => setWraps(!wraps())}
        >
          {words.tools.wrap}
        </button>
        <select
          class={styles.tool}
          aria-label={words.tools.times}
          value={times()}
          onChange={(event) => setTimes(TIMES.find((each) => each === event.currentTarget.value) ?? 'off')}
        >
          <For each={TIMES}>{(each) => <option value={each}>{words.tools.timesOf[each]}</option>}</For>
        </select>
        {props.download}
      </div>
    </header>
  )
}
