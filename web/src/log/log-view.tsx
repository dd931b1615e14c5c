import { createSignal, Show } from 'solid-js'
import { sayWhole } from '../shared/language.ts'
import { downloadDrawn, downloadLines, downloadRaw } from './download.ts'
import { DownloadMenu } from './download-menu.tsx'
import { FindBar } from './find/find-bar.tsx'
import { matchOf } from './find/matches.ts'
import { LineBar } from './line-bar.tsx'
import { LogHead } from './log-head.tsx'
import { createLogModel } from './log-model.ts'
import { LogRows } from './log-rows.tsx'
import styles from './log-view.module.css'
import { RangeBar } from './range-bar.tsx'
import { nextTimes, setTimes, setWraps, times, wraps } from './settings.ts'
import { handleShortcut } from './shortcuts.ts'
import { words } from './words.ts'

/** The log of one run, live: all of it can be reached, but only a part is loaded and only what is visible is drawn. */
export function LogView(props: { jobId: string; runId: string; attempt: number }) {
  const { jobId, attempt } = props
  const model = createLogModel(props)
  const { log, find, screen, navigation, chosen, setMeasures, total, newLines, current, step, textOfRange } = model
  let field: HTMLInputElement | undefined
  let section: HTMLElement | undefined
  const openFind = () => {
    find.setOpen(true)
    field?.focus()
    field?.select()
  }
  const [goingTo, setGoingTo] = createSignal(false)
  const focusLog = () => section?.querySelector<HTMLElement>('[role="log"]')?.focus()
  const closeLine = () => {
    setGoingTo(false)
    focusLog()
  }
  const goToLine = (line: number) => {
    closeLine()
    // A line that the filter leaves out is not there to go to.
    find.want({ onlyMatches: false })
    chosen.choose(line, false)
    void model.goTo(line)
  }
  const closeFind = () => {
    const number = current()
    find.setOpen(false)
    focusLog()
    if (number !== undefined) void model.goTo(number)
  }
  const shortcuts = {
    find: openFind,
    next: () => step(1),
    previous: () => step(-1),
    line: () => setGoingTo(true),
    start: () => void model.goTo(0),
    end: model.toEnd,
    follow: () => (screen.following() ? screen.letGo() : model.toEnd()),
    wrap: () => setWraps(!wraps()),
    times: () => setTimes(nextTimes(times())),
    close: () => (goingTo() ? closeLine() : find.isOpen() ? closeFind() : chosen.clear()),
  }

  return (
    <section
      ref={(element) => {
        section = element
      }}
      class={`panel ${styles.log}`}
      aria-label={words.title}
      on:keydown={(event) => handleShortcut(event, shortcuts)}
    >
      <LogHead
        attempt={attempt}
        status={log.status()}
        place={sayPlace(screen.visible(), total())}
        finding={find.isOpen()}
        goingTo={goingTo()}
        onGoTo={() => (goingTo() ? closeLine() : setGoingTo(true))}
        onFind={() => (find.isOpen() ? closeFind() : openFind())}
        download={
          <DownloadMenu
            onRaw={() => downloadRaw(jobId, attempt)}
            onDrawn={() => downloadDrawn(jobId, attempt)}
            onMatches={find.isFilter() ? () => downloadLines(find.lines, jobId, attempt) : undefined}
          />
        }
      />
      <Show when={find.isOpen()}>
        <FindBar
          find={find}
          current={current()}
          onStep={step}
          onClose={closeFind}
          attach={(element) => {
            field = element
          }}
        />
      </Show>
      <Show when={goingTo()}>
        <LineBar total={total()} onGo={goToLine} onClose={closeLine} />
      </Show>
      <div class={styles.frame}>
        <LogRows
          screen={screen}
          digits={Math.max(3, String(total()).length)}
          times={times()}
          began={log.began()}
          chosen={chosen.range()}
          rangesOf={(number) => (find.version() >= 0 ? matchOf(find.matches, number)?.ranges : undefined)}
          current={current()}
          isFiltered={find.isFilter()}
          isEmpty={log.status() === 'ended' && total() === 0}
          nothing={find.isFilter() ? words.find.noneShown : sayNothing(log.status())}
          onChoose={chosen.choose}
          linkOf={chosen.linkOf}
          onMeasured={setMeasures}
        />
        <Show when={navigation.busy() || navigation.failed()}>
          <p class={styles.loading} role="status">
            {navigation.failed() ? words.loadFailed : words.loading}
            <Show when={navigation.failed()}>
              <button type="button" class={styles.again} onClick={navigation.tryAgain}>
                {words.tryAgain}
              </button>
            </Show>
          </p>
        </Show>
        <Show when={chosen.range()}>
          {(range) => <RangeBar range={range()} textOf={textOfRange} onClear={chosen.clear} />}
        </Show>
        <Show when={!screen.following()}>
          <button type="button" class={`button ${styles.follow}`} onClick={model.toEnd}>
            {sayNew(newLines())} <span aria-hidden="true">↓</span>
          </button>
        </Show>
      </div>
      <p class="hidden" role="status">
        {log.status() === 'ended' ? words.ended(words.lines(total())) : ''}
      </p>
    </section>
  )
}

function sayPlace(visible: { from: number; to: number } | undefined, total: number): string {
  if (!visible || total === 0) return ''
  if (visible.from === 0 && visible.to >= total - 1) return words.lines(total)
  return words.place(sayWhole(visible.from + 1), sayWhole(visible.to + 1), words.lines(total))
}

function sayNew(count: number): string {
  return count <= 0 ? words.toEnd : words.newLines(count)
}

function sayNothing(status: string): string {
  if (status === 'expired') return words.expired
  return status === 'ended' ? words.empty : words.waiting
}
