// A chart on a canvas, by uPlot.
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { colourOn, faint } from './colours.ts'
import type { Column } from './overlay.ts'
import { timeFormat } from './range.ts'
import type { Throttled } from './trace.ts'

/** How a line looks. Its colour is a custom property's name. */
export interface LineLook {
  label: string
  colour: string
  /** In pixels; 0 for a line that only bounds an area. */
  width: number
  /** Whether the area below it is tinted. */
  filled?: boolean
}

export interface Picture {
  /** In seconds since 1970, ascending, and a column of values for each line. */
  times: readonly number[]
  columns: readonly Column[]
  /** What the axes span: seconds since 1970, and 0 to `top`. */
  from: number
  to: number
  top: number
  /** Times that are tinted, the more the larger their share is. */
  shaded: readonly Throttled[]
}

export interface Drawing {
  show: (picture: Picture) => void
  close: () => void
}

const HEIGHT = 132
/** How much a shaded time is tinted, from 0 to 1: that it is can be seen also of a small share. */
const LEAST_TINT = 0.06
const TINT = 0.26

const AXIS_WIDTH = 58

/** A time nearer than this to the right edge would be cut off, in pixels. */
const LABEL_ROOM = 26

/** What stays the same while a chart is open. */
export interface Style {
  looks: readonly LineLook[]
  /** Whether the room between the last line and the first is tinted. */
  banded: boolean
  say: (value: number) => string
}

/** Draws into `host`, as wide as it is, until closed. `onHover` is told which time the pointer is at. */
export function openDrawing(host: HTMLElement, style: Style, onHover: (index: number | undefined) => void): Drawing {
  let picture: Picture = { times: [], columns: style.looks.map(() => []), from: 0, to: 1, top: 1, shaded: [] }
  const plot = new uPlot(
    optionsOf(host, style, () => picture, onHover),
    dataOf(picture),
    host,
  )
  const observer = new ResizeObserver(() => plot.setSize({ width: widthOf(host), height: HEIGHT }))
  observer.observe(host)
  return {
    show(next) {
      picture = next
      plot.setData(dataOf(next))
    },
    close() {
      observer.disconnect()
      plot.destroy()
    },
  }
}

function optionsOf(
  host: HTMLElement,
  { looks, banded, say }: Style,
  picture: () => Picture,
  onHover: (index: number | undefined) => void,
): uPlot.Options {
  const tint = colourOn(host, '--state-queued')
  return {
    width: widthOf(host),
    height: HEIGHT,
    padding: [8, 8, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: false, y: false },
      points: { size: 7 },
      sync: { key: 'constellation', scales: ['x', null] },
    },
    scales: {
      x: { time: true, range: () => [picture().from, picture().to] },
      y: { range: () => [0, picture().top] },
    },
    series: [{}, ...looks.map((look) => series(look, colourOn(host, look.colour)))],
    bands: banded ? [{ series: [looks.length, 1], fill: faint(colourOn(host, '--series-1'), 0.18) }] : [],
    axes: axes(host, picture, say),
    hooks: {
      drawClear: [(drawn) => shadeSpans(drawn, picture().shaded, tint)],
      setCursor: [({ cursor: { left = -1, idx } }) => onHover(left < 0 ? undefined : (idx ?? undefined))],
    },
  }
}

function widthOf(host: HTMLElement): number {
  return Math.max(host.clientWidth, 1)
}

function dataOf({ times, columns }: Picture): uPlot.AlignedData {
  return [[...times], ...columns.map((column) => [...column])]
}

function series(look: LineLook, colour: string): uPlot.Series {
  return {
    label: look.label,
    stroke: colour,
    width: look.width,
    points: { show: false },
    ...(look.filled && { fill: faint(colour, 0.12) }),
  }
}

function axes(host: HTMLElement, picture: () => Picture, say: (value: number) => string): uPlot.Axis[] {
  const style = getComputedStyle(host)
  const common = { font: `11px ${style.fontFamily}`, stroke: colourOn(host, '--muted'), ticks: { show: false } }
  const grid = { stroke: colourOn(host, '--line'), width: 1 }
  return [
    {
      ...common,
      size: 26,
      gap: 6,
      space: 72,
      grid: { show: false },
      values: (plot, splits) => {
        const format = timeFormat(picture().to - picture().from)
        const end = plot.width - AXIS_WIDTH - LABEL_ROOM
        return splits.map((at) => (plot.valToPos(at, 'x') > end ? '' : format.format(at * 1000)))
      },
    },
    {
      ...common,
      size: AXIS_WIDTH,
      gap: 8,
      grid,
      splits: () => [0, picture().top / 2, picture().top],
      values: (_, splits) => splits.map((value) => (value === 0 ? '0' : say(value))),
    },
  ]
}

function shadeSpans(plot: uPlot, spans: Picture['shaded'], colour: string): void {
  const { ctx, bbox } = plot
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  for (const { from, to, share } of spans) {
    ctx.fillStyle = faint(colour, LEAST_TINT + share * TINT)
    const left = plot.valToPos(from, 'x', true)
    ctx.fillRect(left, bbox.top, Math.max(plot.valToPos(to, 'x', true) - left, 1), bbox.height)
  }
  ctx.restore()
}
