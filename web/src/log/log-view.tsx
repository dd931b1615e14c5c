import { For, Show } from 'solid-js'
import { sayWhole } from '../shared/amounts.ts'
import { DownloadButton } from './download-button.tsx'
import { LogLine } from './log-line.tsx'
import { createLogScreen } from './log-screen.ts'
import styles from './log-view.module.css'
import { createRunLog } from './run-log.ts'
import { LINE_HEIGHT } from './window.ts'
import { words } from './words.ts'

/** The log of one run, live. Only what is visible is in the document. */
export function LogView(props: { jobId: string; runId: string; attempt: number }) {
  const log = createRunLog(props.runId)
  const { shown, following, toEnd, onScroll, attach } = createLogScreen(log)
  const nothing = () => {
    const status = log.status()
    return status === 'expired' ? words.expired : status === 'ended' ? words.empty : words.waiting
  }
  return (
    <section class={`panel ${styles.log}`} aria-label={words.title}>
      <header class={styles.head}>
        <h2>
          {words.title} <span class={styles.of}>{words.of(props.attempt)}</span>
        </h2>
        <span class={styles.count}>{shown().empty ? '' : countWords(shown().dropped + shown().count)}</span>
        <span class={styles.status} data-status={log.status()}>
          {words.status[log.status()]}
        </span>
        <Show when={log.status() === 'ended' && !shown().empty}>
          <DownloadButton jobId={props.jobId} attempt={props.attempt} />
        </Show>
      </header>
      <Show when={shown().dropped > 0}>
        <p class={styles.earlier}>{words.earlier(sayWhole(shown().dropped))}</p>
      </Show>
      <div class={styles.frame}>
        <div
          ref={attach}
          class={styles.box}
          role="log"
          aria-live="off"
          aria-label={words.title}
          tabindex="0"
          onScroll={onScroll}
        >
          <Show when={!shown().empty} fallback={<p class={styles.nothing}>{nothing()}</p>}>
            <div class={styles.all} style={{ height: `${shown().count * LINE_HEIGHT}px` }}>
              <div style={{ transform: `translateY(${shown().first * LINE_HEIGHT}px)` }}>
                <For each={shown().lines}>{(line) => <LogLine line={line} />}</For>
              </div>
            </div>
          </Show>
        </div>
        <Show when={!following()}>
          <button type="button" class={`button ${styles.follow}`} onClick={toEnd}>
            {words.follow} <span aria-hidden="true">↓</span>
          </button>
        </Show>
      </div>
    </section>
  )
}

function countWords(count: number): string {
  return count === 1 ? words.oneLine : words.lines(sayWhole(count))
}
