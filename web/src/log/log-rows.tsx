import { createSignal, For, onCleanup, Show } from 'solid-js'
import { selectedText } from './copy.ts'
import type { Ranges } from './find/pattern.ts'
import { LogRow } from './log-row.tsx'
import styles from './log-rows.module.css'
import type { LogScreen } from './log-screen.ts'
import type { LineRange } from './place.ts'
import type { Row } from './rows.ts'
import { TIME_COLUMNS, type Times } from './times.ts'
import { words } from './words.ts'

/** How wide a character is, and what stands before the text of a row, in pixels. */
export interface Measures {
  character: number
  gutter: number
}

/** The box that scrolls. Only the rows that are visible, and a few around them, are in the document. */
export function LogRows(props: {
  screen: LogScreen
  /** How many digits the numbers have. */
  digits: number
  times: Times
  began: number
  chosen: LineRange | undefined
  rangesOf: (number: number) => Ranges | undefined
  current: number | undefined
  /** Whether lines are left out on purpose. */
  isFiltered: boolean
  /** What to say where there are no rows. */
  nothing: string
  /** Whether it has ended without any. */
  isEmpty: boolean
  linkOf: (line: number) => string
  onChoose: (line: number, extend: boolean) => void
  onMeasured: (measures: Measures) => void
}) {
  const { drawn, fullHeight, onScroll, attach } = props.screen
  let box: HTMLDivElement | undefined
  const copy = (event: ClipboardEvent) => {
    const selection = getSelection()
    const text = box && selection ? selectedText(box, selection) : ''
    if (text === '') return
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
  }
  const isChosen = (number: number) => {
    const { chosen } = props
    return chosen !== undefined && number >= chosen.from && number <= chosen.to
  }
  return (
    <div
      ref={(element) => {
        box = element
        attach(element)
      }}
      class={styles.box}
      data-empty={props.isEmpty ? '' : undefined}
      style={{ '--digits': props.digits, '--time': TIME_COLUMNS[props.times] }}
      role="log"
      aria-live="off"
      aria-label={words.title}
      tabindex="0"
      onScroll={onScroll}
      onCopy={copy}
    >
      <Ruler times={props.times} onMeasured={props.onMeasured} />
      <Show when={drawn().rows.length > 0} fallback={<p class={styles.nothing}>{props.nothing}</p>}>
        <div class={styles.all} style={{ height: `${fullHeight()}px` }}>
          <div style={{ transform: `translateY(${drawn().offset}px)` }}>
            <For each={drawn().rows}>
              {(row, index) => (
                <LogRow
                  row={row}
                  isAfterGap={props.isFiltered && isGap(drawn().rows[index() - 1], row)}
                  times={props.times}
                  began={props.began}
                  isChosen={isChosen(row.line.number)}
                  ranges={props.rangesOf(row.line.number)}
                  isCurrent={props.current === row.line.number}
                  linkOf={props.linkOf}
                  onChoose={props.onChoose}
                />
              )}
            </For>
          </div>
        </div>
      </Show>
    </div>
  )
}

function isGap(before: Row | undefined, row: Row): boolean {
  return before !== undefined && row.line.number > before.line.number + 1
}

/** An invisible row, whose parts are measured whenever their size changes. */
function Ruler(props: { times: Times; onMeasured: (measures: Measures) => void }) {
  const [gutter, setGutter] = createSignal<HTMLElement>()
  const [text, setText] = createSignal<HTMLElement>()
  const observer = new ResizeObserver(() => {
    const character = (text()?.getBoundingClientRect().width ?? 0) / 100
    props.onMeasured({ character, gutter: gutter()?.getBoundingClientRect().width ?? 0 })
  })
  onCleanup(() => observer.disconnect())
  const observed = (keep: (element: HTMLElement) => void) => (element: HTMLElement) => {
    keep(element)
    observer.observe(element)
  }
  return (
    <div class={styles.ruler} aria-hidden="true">
      <span ref={observed(setGutter)} class={styles.gutter}>
        <span class={styles.number} />
        <Show when={props.times !== 'off'}>
          <span class={styles.time} />
        </Show>
      </span>
      <span ref={observed(setText)}>{'0'.repeat(100)}</span>
    </div>
  )
}
