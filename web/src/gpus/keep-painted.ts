// Keeps the canvas of the heatmap as the fleet is.
import { createEffect } from 'solid-js'
import { colourOn, createThemeSignal } from '../charts/colours.ts'
import type { GpuCardFragment } from '../generated/documents.ts'
import { slowNow } from '../shared/clock.ts'
import { theme } from '../shared/theme.ts'
import type { FleetTelemetry } from './fleet-telemetry.ts'
import { SCALES } from './heat-scale.ts'
import type { Layout } from './heatmap-layout.ts'
import type { MeterName } from './meters.ts'
import { codeOf, type Ink, lookOf, paintCell, paintLabels } from './paint-heatmap.ts'

/** Keeps the canvas painted: anew when its size, its GPUs or the theme change, else cell by cell. */
export function keepPainted(
  canvas: HTMLCanvasElement,
  host: HTMLElement,
  props: { gpus: readonly GpuCardFragment[]; telemetry: FleetTelemetry; metric: MeterName },
  layout: () => Layout,
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
    // Where all are silent, no sample says so.
    slowNow()
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
