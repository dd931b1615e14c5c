import { For, Show } from 'solid-js'
import { sayWhole } from '../shared/language.ts'
import type { Ranges } from './find/pattern.ts'
import styles from './log-rows.module.css'
import { piecesOf, type Row } from './rows.ts'
import { cssOf } from './terminal/colours.ts'
import { sayInstant, sayTime, type Times } from './times.ts'
import { words } from './words.ts'

/** One row: in front of a line's first one its number and its time. */
export function LogRow(props: {
  row: Row
  times: Times
  began: number
  /** Whether lines before it are left out. */
  isAfterGap: boolean
  isChosen: boolean
  /** What is marked in the line. */
  ranges: Ranges | undefined
  isCurrent: boolean
  linkOf: (line: number) => string
  /** With shift from where the choice began. */
  onChoose: (line: number, extend: boolean) => void
}) {
  const line = () => props.row.line
  const stream = () => line().segments[0]?.stream
  return (
    <div
      class={styles.row}
      data-row={props.row.isLast ? 'whole' : 'continued'}
      data-stream={stream()}
      data-gap={props.isAfterGap ? '' : undefined}
      data-chosen={props.isChosen ? '' : undefined}
      data-current={props.isCurrent ? '' : undefined}
    >
      {/* Read out, the numbers would drown the lines. */}
      <span class={styles.number} aria-hidden="true" title={titleOf(stream())}>
        <a
          href={props.linkOf(line().number)}
          tabindex="-1"
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey) return
            event.preventDefault()
            props.onChoose(line().number, event.shiftKey)
          }}
        >
          {props.row.isFirst ? line().number + 1 : ''}
        </a>
      </span>
      <Show when={props.times !== 'off'}>
        <time class={styles.time} title={sayInstant(line().at)}>
          {props.row.isFirst ? sayTime(props.times, line().at, props.began) : ''}
        </time>
      </Show>
      <span class={styles.text} data-text="">
        <For each={piecesOf(props.row, props.ranges)}>
          {(piece) =>
            piece.isMarked ? (
              <mark class={styles.mark}>{piece.text}</mark>
            ) : (
              <span data-stream={piece.stream} style={cssOf(piece.style)}>
                {piece.text}
              </span>
            )
          }
        </For>
      </span>
      <Show when={props.row.isLast && line().cut > 0}>
        <span class={styles.cut}>{words.cut(sayWhole(line().cut))}</span>
      </Show>
    </div>
  )
}

function titleOf(stream: Row['line']['segments'][number]['stream'] | undefined): string | undefined {
  if (stream === 'STDERR') return words.stderr
  return stream === 'SYSTEM' ? words.system : undefined
}
