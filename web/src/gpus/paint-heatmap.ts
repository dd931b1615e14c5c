// Paints the heatmap's cells. Only those whose look has changed are painted again.
import type { GpuCardFragment } from '../generated/documents.ts'
import { stepOf } from './heat-scale.ts'
import type { Cell, Layout } from './heatmap-layout.ts'
import { METER, type MeterName } from './meters.ts'
import { lastOf, type Ring } from './ring.ts'

/** Colours of the theme. */
export interface Ink {
  scale: readonly string[]
  line: string
  muted: string
  bad: string
  warn: string
  surface: string
  font: string
}

/** What a cell shows: two of the same text look the same. */
export interface Look {
  /** The step of the scale, -1 where nothing was measured. */
  step: number
  /** `out`: somebody keeps runs off it. `bad`: something is wrong with it. */
  mark: 'none' | 'out' | 'bad'
  /** A run holds it and leaves it idle. */
  idle: boolean
  slice: boolean
}

const BAD = new Set<GpuCardFragment['state']>(['MISSING', 'UNREACHABLE', 'UNHEALTHY'])
/** What the cell of a GPU shows of a metric. */
export function lookOf(gpu: GpuCardFragment, ring: Ring | undefined, metric: MeterName, now: number): Look {
  const mark = gpu.state === 'AVAILABLE' ? 'none' : BAD.has(gpu.state) ? 'bad' : 'out'
  const last = lastOf(ring, now)
  const value = last ? METER[metric].value(last) : null
  const bounds = { memoryMb: gpu.totalMemoryMb, powerLimitWatts: last?.powerLimitWatts ?? null }
  return {
    step: value === null ? -1 : stepOf(METER[metric].share(value, bounds)),
    mark,
    idle: gpu.currentRun?.idleSince != null,
    slice: gpu.mig !== null,
  }
}

/** One number for a look, to tell whether it has changed. */
export function codeOf({ step, mark, idle, slice }: Look): number {
  const marks = { none: 0, out: 1, bad: 2 }
  return (step + 1) * 16 + marks[mark] * 4 + (idle ? 2 : 0) + (slice ? 1 : 0)
}

/** Paints one cell over whatever is there. */
export function paintCell(context: CanvasRenderingContext2D, cell: Cell, look: Look, ink: Ink): void {
  const { x, y, width, height } = cell
  context.clearRect(x - 1, y - 1, width + 2, height + 2)
  const radius = look.slice ? width / 2 : 4
  const colour = ink.scale[look.step]
  // What is out of service is a frame with its colour inside, so that its shape alone tells it.
  const inset = look.mark === 'none' ? 0 : 4
  if (colour) fill(context, x + inset, y + inset, width - 2 * inset, height - 2 * inset, radius - inset / 2, colour)
  outline(context, cell, radius, look, ink)
  if (look.mark === 'bad') cross(context, cell, ink)
  if (look.idle) dot(context, cell, ink)
}

function fill(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
  colour: string,
): void {
  context.fillStyle = colour
  context.beginPath()
  context.roundRect(x, y, Math.max(1, width), Math.max(1, height), Math.max(0, radius))
  context.fill()
}

function outline(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Cell,
  radius: number,
  { step, mark }: Look,
  ink: Ink,
): void {
  const width_ = mark === 'none' ? 1 : 1.5
  context.strokeStyle = mark === 'bad' ? ink.bad : mark === 'out' ? ink.muted : ink.line
  context.lineWidth = width_
  context.setLineDash(step < 0 && mark === 'none' ? [2, 2] : [])
  context.beginPath()
  context.roundRect(x + width_ / 2, y + width_ / 2, width - width_, height - width_, Math.max(0, radius - width_ / 2))
  context.stroke()
  context.setLineDash([])
}

/** Over a paler line, so that it is seen on every colour. */
function cross(context: CanvasRenderingContext2D, { x, y, width, height }: Cell, ink: Ink): void {
  const arm = Math.min(width, height) / 4
  const [midX, midY] = [x + width / 2, y + height / 2]
  for (const [colour, lineWidth] of [[ink.surface, 4.5] as const, [ink.bad, 2] as const]) {
    context.strokeStyle = colour
    context.lineWidth = lineWidth
    context.beginPath()
    context.moveTo(midX - arm, midY - arm)
    context.lineTo(midX + arm, midY + arm)
    context.moveTo(midX + arm, midY - arm)
    context.lineTo(midX - arm, midY + arm)
    context.stroke()
  }
}

function dot(context: CanvasRenderingContext2D, { x, y, width }: Cell, ink: Ink): void {
  const radius = Math.min(4, width / 4)
  context.beginPath()
  context.arc(x + width - radius - 1.5, y + radius + 1.5, radius, 0, 2 * Math.PI)
  context.fillStyle = ink.warn
  context.fill()
  context.strokeStyle = ink.surface
  context.lineWidth = 1.5
  context.stroke()
}

/** The workers' names over their GPUs. */
export function paintLabels(context: CanvasRenderingContext2D, { labels }: Layout, ink: Ink): void {
  context.font = ink.font
  context.fillStyle = ink.muted
  context.textBaseline = 'middle'
  for (const { text, x, y, width } of labels) context.fillText(shortened(context, text, width), x, y - 1)
}

function shortened(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text
  let length = text.length - 1
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > width) length -= 1
  return `${text.slice(0, length)}…`
}
