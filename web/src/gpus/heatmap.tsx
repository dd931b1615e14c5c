import { useNavigate } from '@solidjs/router'
import { createEffect, createMemo, createSignal, on, onCleanup, onMount, Show, untrack } from 'solid-js'
import { colourOn, createThemeSignal } from '../charts/colours.ts'
import type { GpuCardFragment } from '../generated/documents.ts'
import { theme } from '../shared/theme.ts'
import type { FleetTelemetry } from './fleet-telemetry.ts'
import { SCALES } from './heat-scale.ts'
import styles from './heatmap.module.css'
import { type Cell, cellAt, cellBeside, layOut, type Step, sameLayout } from './heatmap-layout.ts'
import { HeatmapLegend } from './heatmap-legend.tsx'
import { HeatmapTip, sayGpu } from './heatmap-tip.tsx'
import { METERS, type MeterName } from './meters.ts'
import { codeOf, type Ink, lookOf, paintCell, paintLabels } from './paint-heatmap.ts'
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
    followOn(canvas, host, props, layout, width)
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
  return gpu ? untrack(() => sayGpu(gpu, telemetry.ring(gpu.id)?.last)) : ''
}

/** Keeps the canvas painted: anew when its size, its GPUs or the theme change, else cell by cell. */
function followOn(
  canvas: HTMLCanvasElement,
  host: HTMLElement,
  props: { gpus: readonly GpuCardFragment[]; telemetry: FleetTelemetry; metric: MeterName },
  layout: () => ReturnType<typeof layOut>,
  width: () => number,
): void {
  const context = canvas.getContext('2d')
  if (!context) return
  const themeNow = createThemeSignal()
  let painted = new Int32Array(0)
  let ink: Ink | undefined
  createEffect(() => {
    themeNow()
    const { height } = layout()
    const ratio = Math.max(1, window.devicePixelRatio)
    canvas.width = Math.max(1, width() * ratio)
    canvas.height = Math.max(1, height * ratio)
    canvas.style.height = `${height}px`
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    ink = inkOn(host)
    painted = new Int32Array(layout().cells.length).fill(-1)
    paintLabels(context, layout(), ink)
  })
  createEffect(() => {
    props.telemetry.frame()
    themeNow()
    const now = Date.now()
    layout().cells.forEach((cell, place) => {
      const gpu = props.gpus[cell.index]
      if (!gpu || !ink) return
      const look = lookOf(gpu, props.telemetry.ring(gpu.id), props.metric, now)
      const code = codeOf(look)
      if (painted[place] === code) return
      painted[place] = code
      paintCell(context, cell, look, ink)
    })
  })
}

function inkOn(host: HTMLElement): Ink {
  const dark = theme() === 'dark' || (theme() === 'system' && matchMedia('(prefers-color-scheme: dark)').matches)
  return {
    scale: SCALES[dark ? 'dark' : 'light'],
    line: colourOn(host, '--line-strong'),
    muted: colourOn(host, '--muted'),
    bad: colourOn(host, '--state-failed'),
    warn: colourOn(host, '--state-queued'),
    surface: colourOn(host, '--surface'),
    font: `11px ${getComputedStyle(host).fontFamily}`,
  }
}
