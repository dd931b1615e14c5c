import { useNavigate } from '@solidjs/router'
import { createEffect, createMemo, createSignal, on, onCleanup, onMount, Show, untrack } from 'solid-js'
import type { GpuCardFragment } from '../generated/documents.ts'
import type { FleetTelemetry } from './fleet-telemetry.ts'
import styles from './heatmap.module.css'
import { type Cell, cellAt, cellBeside, layOut, type Step, sameLayout } from './heatmap-layout.ts'
import { HeatmapLegend } from './heatmap-legend.tsx'
import { HeatmapTip, sayGpu } from './heatmap-tip.tsx'
import { keepPainted } from './keep-painted.ts'
import { METERS, type MeterName } from './meters.ts'
import { lastOf } from './ring.ts'
import { words } from './words.ts'

const KEYS: Readonly<Record<string, Step>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
}

/** A cell for each GPU, in the colour of what it does now; the pointer and the keys tell of one. */
export function Heatmap(props: {
  gpus: readonly GpuCardFragment[]
  telemetry: FleetTelemetry
  metric: MeterName
  onMetric: (metric: MeterName) => void
}) {
  const navigate = useNavigate()
  const [width, setWidth] = createSignal(0)
  const [pointed, setPointed] = createSignal<Cell>()
  const [focused, setFocused] = createSignal<Cell>()
  const layout = createMemo(() => layOut(props.gpus, width()), undefined, { equals: sameLayout })
  const shown = () => pointed() ?? focused()
  const gpuOf = (cell: Cell | undefined) => (cell ? props.gpus[cell.index] : undefined)
  let host: HTMLDivElement | undefined
  let canvas: HTMLCanvasElement | undefined

  createEffect(
    on(layout, ({ cells }) => {
      setPointed(undefined)
      setFocused((cell) => cell && cells.find(({ index }) => index === cell.index))
    }),
  )
  onMount(() => {
    if (!host || !canvas) return
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)))
    observer.observe(host)
    onCleanup(() => observer.disconnect())
    setWidth(host.clientWidth)
    keepPainted(canvas, host, props, layout, width)
  })

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = KEYS[event.key]
    const metric = METERS[Number(event.key) - 1]
    const gpu = gpuOf(focused())
    if (step) setFocused((cell) => cellBeside(layout(), cell?.index, step))
    else if (metric) props.onMetric(metric)
    else if (event.key === 'Enter' && gpu) navigate(`/gpus/${gpu.id}`)
    else if (event.key === 'Escape') setPointed(undefined)
    else return
    event.preventDefault()
  }
  const onPointer = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const box = event.currentTarget.getBoundingClientRect()
    const cell = cellAt(layout(), event.clientX - box.left, event.clientY - box.top)
    if (cell !== untrack(pointed)) setPointed(cell)
  }
  const open = () => {
    const gpu = gpuOf(pointed())
    if (gpu) navigate(`/gpus/${gpu.id}`)
  }
  return (
    <>
      <div class={styles.host} ref={host} style={{ height: `${layout().height}px` }}>
        {/* There is no element for a picture that keys lead about in. */}
        <div
          class={styles.pad}
          role="application"
          aria-label={words.heatmap.label(props.gpus.length, words.meters[props.metric])}
          aria-describedby="heatmap-keys"
          tabindex={0}
          data-pointed={pointed() ? '' : undefined}
          onKeyDown={onKeyDown}
          onFocus={() => setFocused((cell) => cell ?? cellBeside(layout(), undefined, 'first'))}
          onBlur={() => setFocused(undefined)}
          onPointerMove={onPointer}
          onPointerLeave={() => setPointed(undefined)}
          onClick={open}
        >
          <canvas ref={canvas} class={styles.canvas} />
        </div>
        <Show when={shown()}>{(cell) => <Ring cell={cell()} />}</Show>
        <Show when={gpuOf(shown())}>
          {(gpu) => (
            <HeatmapTip gpu={gpu()} telemetry={props.telemetry} cell={shown()} width={width()} metric={props.metric} />
          )}
        </Show>
      </div>
      {/* Said when the focus moves, and not each time that a figure changes. */}
      <p class="hidden" role="status">
        {focusedText(gpuOf(focused()), props.telemetry)}
      </p>
      <HeatmapLegend metric={props.metric} />
    </>
  )
}

/** The frame around the cell that is told of. */
function Ring(props: { cell: Cell }) {
  return (
    <span
      class={styles.ring}
      style={{
        left: `${props.cell.x - 2}px`,
        top: `${props.cell.y - 2}px`,
        width: `${props.cell.width + 4}px`,
        height: `${props.cell.height + 4}px`,
      }}
    />
  )
}

function focusedText(gpu: GpuCardFragment | undefined, telemetry: FleetTelemetry): string {
  return gpu ? untrack(() => sayGpu(gpu, lastOf(telemetry.ring(gpu.id), Date.now()))) : ''
}
