import { A } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import type { QueuedJobFragment, QueueSide } from '../generated/documents.ts'
import { sayWhole } from '../shared/language.ts'
import { sayReason } from '../shared/say-reason.ts'
import { Duration, Soon } from '../shared/time.tsx'
import { words as everywhere } from '../shared/words.ts'
import type { LiveQueue } from './live-queue.ts'
import { isInLine, moveTo, stepOf } from './moves.ts'
import styles from './waiting.module.css'
import { words } from './words.ts'

/** The server counts no further. */
const FARTHEST = 10_000

/** What is dragged is of this type, so that nothing else is dropped here. */
const DRAGGED = 'application/x-constellation-job'

/** A waiting job: its place, why it waits and until when, and what moves it. `jobs` are those of its table. */
export function WaitingRow(props: {
  job: QueuedJobFragment
  jobs: readonly QueuedJobFragment[]
  queue: LiveQueue
  movable: boolean
}) {
  const [over, setOver] = createSignal<QueueSide>()
  let row: HTMLTableRowElement | undefined
  const movable = () => props.movable && isInLine(props.job)

  const step = async (direction: 'up' | 'down') => {
    const move = stepOf(props.jobs, props.job.id, direction)
    if (!move) return
    const focused = document.activeElement
    const done = props.queue.move(move)
    // Moving a row in the document takes the focus from what is in it.
    if (focused instanceof HTMLElement && row?.contains(focused)) queueMicrotask(() => focused.focus())
    await done
    if (focused instanceof HTMLElement && row?.contains(focused)) focused.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = event.key === 'ArrowUp' ? 'up' : event.key === 'ArrowDown' ? 'down' : undefined
    if (!direction || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    if (!event.altKey) beside(row, direction)?.querySelector('a')?.focus()
    else if (movable()) void step(direction)
  }
  const onDrop = (event: DragEvent) => {
    const side = over()
    setOver(undefined)
    const id = event.dataTransfer?.getData(DRAGGED)
    if (!side || !id) return
    event.preventDefault()
    const move = moveTo(props.jobs, id, props.job.id, side)
    if (move) void props.queue.move(move)
  }
  const onDragOver = (event: DragEvent) => {
    if (!movable() || !row || !event.dataTransfer?.types.includes(DRAGGED)) return
    event.preventDefault()
    const box = row.getBoundingClientRect()
    setOver(event.clientY < box.top + box.height / 2 ? 'BEFORE' : 'AFTER')
  }
  return (
    <tr
      ref={row}
      class={styles.row}
      data-moving={props.queue.moving()?.id === props.job.id ? '' : undefined}
      data-over={over()}
      data-aside={isInLine(props.job) ? undefined : ''}
      draggable={movable() ? 'true' : undefined}
      onKeyDown={onKeyDown}
      onDragStart={(event) => event.dataTransfer?.setData(DRAGGED, props.job.id)}
      onDragOver={onDragOver}
      onDragLeave={() => setOver(undefined)}
      onDrop={onDrop}
    >
      <td class={`${styles.place} number`}>{sayPlace(props.job)}</td>
      <td>
        <A class={styles.name} href={`/jobs/${props.job.id}`}>
          {props.job.name}
        </A>
        <span class={`muted ${styles.who}`}>{props.job.submittedBy}</span>
        <Show when={props.job.queue}>
          {(queue) => (
            <span class={`muted ${styles.briefly}`}>
              {words.reasons[queue().reason]}
              <Show when={queue().eta}>
                {(eta) => (
                  <>
                    {' · '}
                    <Soon inRow at={eta()} />
                  </>
                )}
              </Show>
            </span>
          )}
        </Show>
      </td>
      <td class={`${styles.account} ${styles.cut}`}>{props.job.account}</td>
      <td class={`${styles.gpus} number`}>{props.job.gpus.count || everywhere.none}</td>
      <td class={styles.why}>
        <Show when={props.job.queue}>
          {(queue) => (
            <>
              <span class={styles.reason} data-reason={queue().reason}>
                {words.reasons[queue().reason]}
              </span>
              <span class={`muted ${styles.message}`} title={queue().message}>
                {sayReason(queue().message)}
              </span>
            </>
          )}
        </Show>
      </td>
      <td class={`${styles.waited} number`}>
        <Duration inRow from={props.job.createdAt} to={null} />
      </td>
      <td class={`${styles.starts} number`}>
        <Show when={props.job.queue?.eta} fallback={<span class="muted">{everywhere.none}</span>}>
          {(eta) => <Soon inRow at={eta()} />}
        </Show>
      </td>
      <td class={`${styles.priority} number`}>
        <span class={styles.lever}>
          {props.job.priority}
          <Show when={movable()}>
            <Arrow direction="up" {...props} onStep={() => void step('up')} />
            <Arrow direction="down" {...props} onStep={() => void step('down')} />
          </Show>
        </span>
      </td>
    </tr>
  )
}

function Arrow(props: {
  direction: 'up' | 'down'
  job: QueuedJobFragment
  jobs: readonly QueuedJobFragment[]
  queue: LiveQueue
  onStep: () => void
}) {
  const possible = () => stepOf(props.jobs, props.job.id, props.direction) !== undefined
  return (
    <button
      type="button"
      class={styles.arrow}
      aria-label={words.move[props.direction](props.job.name)}
      // One that is disabled loses the focus.
      aria-disabled={!possible() || props.queue.moving() !== undefined}
      onClick={props.onStep}
    >
      <span aria-hidden="true">{props.direction === 'up' ? '↑' : '↓'}</span>
    </button>
  )
}

function beside(row: Element | undefined, direction: 'up' | 'down'): Element | null | undefined {
  return direction === 'up' ? row?.previousElementSibling : row?.nextElementSibling
}

function sayPlace({ queue }: QueuedJobFragment): string {
  const position = queue?.position
  if (position == null) return everywhere.none
  return position >= FARTHEST ? words.farthest : sayWhole(position)
}
