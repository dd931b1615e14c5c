// The little charts of the cards, on canvases of their own.
import { type Bounds, METER, type MeterName } from './meters.ts'
import { eachOf, type Ring, SPAN_MS } from './ring.ts'

/** In pixels of CSS; the width is stretched to the card's. */
export const SPARK = { width: 120, height: 24 } as const

/** Colours of the theme. */
export interface SparkInk {
  line: string
  area: string
}

/** Paints the last minute, the newest at the right edge. What is not known interrupts the line. */
export function paintSpark(
  canvas: HTMLCanvasElement,
  ring: Ring | undefined,
  name: MeterName,
  bounds: Bounds,
  ink: SparkInk,
): void {
  const context = canvas.getContext('2d')
  if (!context) return
  const { width, height } = canvas
  context.clearRect(0, 0, width, height)
  if (!ring) return
  const ratio = height / SPARK.height
  context.lineWidth = 1.5 * ratio
  context.lineJoin = 'round'
  context.strokeStyle = ink.line
  context.fillStyle = ink.area
  let line: [number, number][] = []
  const end = () => {
    paintLine(context, line, height)
    line = []
  }
  eachOf(ring, name, (ageMs, value) => {
    if (Number.isNaN(value)) return end()
    const share = Math.min(1, Math.max(0, METER[name].share(value, bounds)))
    // A line at either edge is seen whole.
    line.push([width * (1 - ageMs / SPAN_MS), ratio + (height - 2 * ratio) * (1 - share)])
  })
  end()
}

function paintLine(context: CanvasRenderingContext2D, line: readonly [number, number][], height: number): void {
  const [first, last] = [line[0], line.at(-1)]
  if (!first || !last) return
  context.beginPath()
  for (const [x, y] of line) context.lineTo(x, y)
  context.stroke()
  context.lineTo(last[0], height)
  context.lineTo(first[0], height)
  context.fill()
}
