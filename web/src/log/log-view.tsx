import { createEffect, createMemo, createSignal, on, Show } from 'solid-js'
import { sayWhole } from '../shared/amounts.ts'
import { useGraph } from '../shared/graph.ts'
import { createChosenLines } from './chosen-lines.ts'
import { downloadDrawn, downloadLines, downloadRaw, logAddress } from './download.ts'
import { DownloadMenu } from './download-menu.tsx'
import { createFind } from './find/find.ts'
import { FindBar } from './find/find-bar.tsx'
import { matchOf } from './find/matches.ts'
import { nextMatch } from './find/next-match.ts'
import { linesFound, linesOfPane } from './lines.ts'
import { LogHead } from './log-head.tsx'
import { LogRows, type Measures } from './log-rows.tsx'
import { createLogScreen } from './log-screen.ts'
import styles from './log-view.module.css'
import { createNavigation } from './navigate.ts'
import { totalOf } from './pane.ts'
import type { LineRange } from './place.ts'
import { RangeBar } from './range-bar.tsx'
import { readLines } from './read-lines.ts'
import { createRunLog } from './run-log.ts'
import { nextTimes, setTimes, setWraps, times, wraps } from './settings.ts'
import { handleShortcut } from './shortcuts.ts'
import { textOf } from './terminal/line.ts'
import { words } from './words.ts'

/** The most that is copied at once, in lines. */
const MOST_COPIED = 50_000

/** The log of one run, live: all of it can be reached, but only a part is loaded and only what is visible is drawn. */
export function LogView(props: { jobId: string; runId: string; attempt: number }) {
  const { jobId, runId, attempt } = props
  const graph = useGraph()
  const log = createRunLog(runId, () => screen.reading())
  const find = createFind({ address: logAddress(jobId, attempt), attempt })
  const [measures, setMeasures] = createSignal<Measures>({ character: 8, gutter: 0 })
  const lines = createMemo(() => {
    if (find.isFilter()) return find.version() >= 0 ? linesFound(find.lines) : linesFound([])
    log.version()
    return linesOfPane(log.pane)
  })
  const screen = createLogScreen({
    lines,
    columns: (width) => (wraps() ? columnsIn(width, measures()) : Number.POSITIVE_INFINITY),
    onNearEdge: (edge) => find.isFilter() || navigation.more(edge),
  })
  const navigation = createNavigation(graph, log, screen.reading)
  const total = createMemo(() => (log.version() >= 0 ? totalOf(log.pane) : 0))
  const goTo = async (number: number) => {
    if (find.isFilter() || (await navigation.load(number))) screen.show(number)
  }
  const toEnd = () => {
    if (!find.isFilter()) navigation.toEnd()
    screen.follow()
  }

  // The address names lines: they are gone to once they are written, and when others are named.
  const chosen = createChosenLines(attempt)
  const isWritten = createMemo(() => log.ready() && (log.status() === 'ended' || total() > (chosen.range()?.from ?? 0)))
  createEffect(
    on([isWritten, chosen.range], ([isWritten, range]) => {
      const visible = screen.visible()
      const isInView = visible && range && range.from >= visible.from && range.from <= visible.to
      if (isWritten && range && !isInView) void goTo(range.from)
    }),
  )

  const [current, setCurrent] = createSignal<number>()
  createEffect(on([find.wanted, find.isOpen], () => setCurrent(undefined), { defer: true }))
  const step = (direction: 1 | -1) => {
    const next = nextMatch(find.matches, current(), screen.visible()?.from ?? 0, direction)
    if (next === undefined) return
    setCurrent(next)
    void goTo(next)
  }
  let field: HTMLInputElement | undefined
  let section: HTMLElement | undefined
  const openFind = () => {
    find.setOpen(true)
    field?.focus()
    field?.select()
  }
  const focusRows = () => section?.querySelector<HTMLElement>('[role="log"]')?.focus()
  const closeFind = () => {
    const number = current()
    find.setOpen(false)
    focusRows()
    if (number !== undefined) void goTo(number)
  }
  const shortcuts = {
    find: openFind,
    next: () => step(1),
    previous: () => step(-1),
    start: () => void goTo(0),
    end: toEnd,
    follow: () => (screen.following() ? screen.letGo() : toEnd()),
    wrap: () => setWraps(!wraps()),
    times: () => setTimes(nextTimes(times())),
    close: () => (find.isOpen() ? closeFind() : chosen.clear()),
  }
  const newLines = createMemo<{ count: number; from: number }>(
    (before) => (screen.following() ? { count: 0, from: total() } : { ...before, count: total() - before.from }),
    { count: 0, from: 0 },
  )
  const textOfRange = async ({ from, to }: LineRange) => {
    const found = await readLines(graph, runId, from, Math.min(to + 1, from + MOST_COPIED))
    return found.map((line) => `${textOf(line)}\n`).join('')
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
          <button type="button" class={`button ${styles.follow}`} onClick={toEnd}>
            {sayNew(newLines().count)} <span aria-hidden="true">↓</span>
          </button>
        </Show>
      </div>
      <p class="hidden" role="status">
        {log.status() === 'ended' ? words.ended(sayLines(total())) : ''}
      </p>
    </section>
  )
}

/** How many characters fit in a row, before a small margin at its end. */
function columnsIn(width: number, { character, gutter }: Measures): number {
  return Math.max(20, Math.floor((width - gutter - character) / character))
}

function sayPlace(visible: { from: number; to: number } | undefined, total: number): string {
  if (!visible || total === 0) return ''
  if (visible.from === 0 && visible.to >= total - 1) return sayLines(total)
  return words.place(sayWhole(visible.from + 1), sayWhole(visible.to + 1), sayLines(total))
}

function sayLines(count: number): string {
  return count === 1 ? words.oneLine : words.lines(sayWhole(count))
}

function sayNew(count: number): string {
  if (count <= 0) return words.toEnd
  return count === 1 ? words.oneNewLine : words.newLines(sayWhole(count))
}

function sayNothing(status: string): string {
  if (status === 'expired') return words.expired
  return status === 'ended' ? words.empty : words.waiting
}
