import { A, useNavigate } from '@solidjs/router'
import { createEffect, createMemo, createSignal, For, on, onCleanup, onMount, Show } from 'solid-js'
import { colourOn, createThemeSignal } from '../charts/colours.ts'
import type { JobDetailsFragment, JobState } from '../generated/documents.ts'
import { JOB_STATES, statesToAddress } from '../jobs/wanted.ts'
import { words as jobWords } from '../jobs/words.ts'
import { sayWhole } from '../shared/language.ts'
import { type Cells, createArrayCells } from './array-cells.ts'
import styles from './array-map.module.css'
import { cellAt, countStates, type Grid, gridFor } from './cell-grid.ts'
import { words } from './words.ts'

/** Beyond this height, in CSS pixels, the cells get smaller. */
const HEIGHT = 160

/** All jobs of an array, a cell each, coloured by state; this one is marked. A cell leads to its job. */
export default function ArrayMap(props: { place: NonNullable<JobDetailsFragment['array']> }) {
  const cells = createArrayCells(
    () => props.place.id,
    () => props.place.size,
  )
  const counts = createMemo(() => countStates(cells(), JOB_STATES))
  const [pointed, setPointed] = createSignal<number>()
  const sayCell = (index: number) => {
    const state = cells()[index]?.state
    return words.related.cell(index, state ? jobWords.state[state] : words.related.unknown)
  }
  const sayPointed = () => {
    const index = pointed()
    return index === undefined ? words.related.place(props.place.index, props.place.size) : sayCell(index)
  }
  const said = () => {
    const all = counts().map(({ state, count }) => `${sayWhole(count)} ${jobWords.state[state]}`)
    return words.related.map(all.join(', '))
  }
  return (
    <div class={styles.array}>
      <div class={styles.head}>
        <h3>{words.related.array}</h3>
        <A href={`/jobs?array=${props.place.id}`}>{words.related.all}</A>
      </div>
      <CellsCanvas cells={cells()} here={props.place.index} label={said()} onPoint={setPointed} />
      <div class={styles.under}>
        <span>{sayPointed()}</span>
        <span class={styles.steps}>
          <Step to={cells()[props.place.index - 1]?.id} say={words.related.previous} />
          <Step to={cells()[props.place.index + 1]?.id} say={words.related.next} />
        </span>
      </div>
      <ul class={styles.counts}>
        <For each={counts()}>
          {({ state, count }) => (
            <li>
              <A href={`/jobs?array=${props.place.id}&state=${statesToAddress([state])}`}>
                <span class={styles.mark} data-state={state} />
                {sayWhole(count)} {jobWords.state[state]}
              </A>
            </li>
          )}
        </For>
      </ul>
    </div>
  )
}

function Step(props: { to: string | undefined; say: string }) {
  return <Show when={props.to}>{(id) => <A href={`/jobs/${id()}`}>{props.say}</A>}</Show>
}

function CellsCanvas(props: {
  cells: Cells
  here: number
  label: string
  onPoint: (index: number | undefined) => void
}) {
  const navigate = useNavigate()
  const theme = createThemeSignal()
  const [width, setWidth] = createSignal(0)
  const grid = createMemo(() => gridFor(props.cells.length, width(), HEIGHT))
  let frame: HTMLDivElement | undefined
  let canvas: HTMLCanvasElement | undefined

  onMount(() => {
    if (!frame) return
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)))
    observer.observe(frame)
    onCleanup(() => observer.disconnect())
  })
  createEffect(
    on([() => props.cells, () => props.here, grid, theme], () => {
      if (canvas && width() > 0) draw(canvas, props.cells, props.here, grid())
    }),
  )

  const indexAt = (event: MouseEvent) => cellAt(grid(), props.cells.length, event.offsetX, event.offsetY)
  const open = (event: MouseEvent) => {
    const id = props.cells[indexAt(event) ?? -1]?.id
    if (id) navigate(`/jobs/${id}`)
  }
  return (
    <div ref={frame} class={styles.cells}>
      {/* By the keyboard the links below lead to the same jobs. */}
      <canvas
        ref={canvas}
        class={styles.canvas}
        role="img"
        aria-label={props.label}
        onClick={open}
        onPointerMove={(event) => props.onPoint(indexAt(event))}
        onPointerLeave={() => props.onPoint(undefined)}
      />
    </div>
  )
}

function draw(canvas: HTMLCanvasElement, cells: Cells, here: number, grid: Grid): void {
  const paint = paintFor(canvas, grid)
  if (!paint) return
  const { columns, pitch, gap } = grid
  const size = pitch - gap
  const colours = coloursOn(canvas.parentElement ?? canvas)
  for (const [index, cell] of cells.entries()) {
    paint.fillStyle = (cell && colours.states.get(cell.state)) ?? colours.unknown
    paint.fillRect((index % columns) * pitch, Math.floor(index / columns) * pitch, size, size)
  }
  paint.strokeStyle = colours.here
  paint.lineWidth = gap
  paint.strokeRect((here % columns) * pitch, Math.floor(here / columns) * pitch, size, size)
}

/** The canvas as large as the grid, to be drawn on in CSS pixels. */
function paintFor(canvas: HTMLCanvasElement, { columns, rows, pitch }: Grid): CanvasRenderingContext2D | null {
  const [width, height] = [columns * pitch, rows * pitch]
  canvas.width = width * devicePixelRatio
  canvas.height = height * devicePixelRatio
  canvas.style.width = `${width}px`
  canvas.style.height = `${height}px`
  const paint = canvas.getContext('2d')
  paint?.scale(devicePixelRatio, devicePixelRatio)
  return paint
}

function coloursOn(element: HTMLElement) {
  const ofState = (state: JobState) => [state, colourOn(element, `--state-${state.toLowerCase()}`)] as const
  return {
    states: new Map(JOB_STATES.map(ofState)),
    unknown: colourOn(element, '--line'),
    here: colourOn(element, '--text'),
  }
}
