// Where each GPU's cell of the heatmap stands: workers beside each other in rows, each with its name over its GPUs.
// Pure, so that painting, pointing and keys go by the same.
import type { GpuCardFragment } from '../generated/documents.ts'

export interface Cell {
  /** The GPU's place in what was laid out. */
  index: number
  x: number
  y: number
  width: number
  height: number
}

interface GroupLabel {
  text: string
  x: number
  /** Of the text's middle. */
  y: number
  width: number
}

export interface Layout {
  cells: readonly Cell[]
  labels: readonly GroupLabel[]
  height: number
}

type Placed = Pick<GpuCardFragment, 'id' | 'mig'> & { worker: { id: string; hostname: string } }

const LABEL_HEIGHT = 18
const GROUP_GAP = 16
/** So many cells in a row of a worker, where there is room. */
const MOST_COLUMNS = 16
/** A worker with a single GPU still has room for its name. */
const LEAST_GROUP_WIDTH = 84
const GAP = 3

/** Narrower than this, two workers of eight GPUs stand beside each other only where cells are small, in pixels. */
const NARROW = 400

/** Cells are the smaller the more there are, in pixels. */
function cellSize(count: number, width: number): number {
  if (count <= 32) return 30
  if (width < NARROW) return 15
  return count <= 160 ? 24 : 18
}

/** Lays the GPUs out, which come worker by worker, in so many pixels of width. */
export function layOut(gpus: readonly Placed[], width: number): Layout {
  const size = cellSize(gpus.length, width)
  const columns = Math.max(1, Math.min(MOST_COLUMNS, Math.floor((width + GAP) / (size + GAP))))
  const cells: Cell[] = []
  const labels: GroupLabel[] = []
  let [left, top, rowHeight] = [0, 0, 0]
  for (const group of groupsOf(gpus)) {
    const placed = placeGroup(group, size, columns)
    if (left > 0 && left + placed.width > width) {
      top += rowHeight + GROUP_GAP
      left = 0
      rowHeight = 0
    }
    labels.push({ text: group.name, x: left, y: top + LABEL_HEIGHT / 2, width: Math.min(placed.width, width) })
    for (const cell of placed.cells) cells.push({ ...cell, x: cell.x + left, y: cell.y + top + LABEL_HEIGHT })
    left += placed.width + GROUP_GAP
    rowHeight = Math.max(rowHeight, LABEL_HEIGHT + placed.height)
  }
  return { cells, labels, height: top + rowHeight }
}

interface Group {
  name: string
  members: { index: number; slice: boolean }[]
}

function groupsOf(gpus: readonly Placed[]): Group[] {
  const groups = new Map<string, Group>()
  gpus.forEach(({ worker, mig }, index) => {
    const group = groups.get(worker.id) ?? { name: worker.hostname, members: [] }
    group.members.push({ index, slice: mig !== null })
    groups.set(worker.id, group)
  })
  return [...groups.values()]
}

/** A slice is half as wide as a whole GPU. */
function placeGroup({ members }: Group, size: number, columns: number) {
  const cells: Cell[] = []
  const full = columns * (size + GAP) - GAP
  let [x, y, widest] = [0, 0, LEAST_GROUP_WIDTH]
  for (const { index, slice } of members) {
    const width = slice ? Math.floor((size - GAP) / 2) : size
    if (x > 0 && x + width > full) {
      x = 0
      y += size + GAP
    }
    cells.push({ index, x, y, width, height: size })
    x += width + GAP
    widest = Math.max(widest, x - GAP)
  }
  return { cells, width: widest, height: y + size }
}

/** Whether all of two pictures is in the same place. */
export function sameLayout(a: Layout, b: Layout): boolean {
  const key = ({ cells, labels }: Layout) => [
    ...cells.map(({ x, y, width }) => `${x} ${y} ${width}`),
    ...labels.map(({ text }) => text),
  ]
  return a.height === b.height && key(a).join('\n') === key(b).join('\n')
}

/** The cell at a point, the room around it included; undefined where there is none. */
export function cellAt(layout: Layout, x: number, y: number): Cell | undefined {
  const around = GAP / 2
  return layout.cells.find(
    (cell) =>
      x >= cell.x - around &&
      x < cell.x + cell.width + around &&
      y >= cell.y - around &&
      y < cell.y + cell.height + around,
  )
}

export type Step = 'left' | 'right' | 'up' | 'down' | 'first' | 'last'

/** The cell that a key leads to from the one of this index; the first one where that is none. */
export function cellBeside({ cells }: Layout, index: number | undefined, step: Step): Cell | undefined {
  const place = cells.findIndex((cell) => cell.index === index)
  const here = cells[place]
  if (!here || step === 'first') return cells[0]
  if (step === 'last') return cells.at(-1)
  if (step === 'left') return cells[Math.max(0, place - 1)]
  if (step === 'right') return cells[Math.min(cells.length - 1, place + 1)]
  return nearest(cells, here, step) ?? here
}

/** The cell over or under one: of the next row, the one that is least aside. */
function nearest(cells: readonly Cell[], here: Cell, step: 'up' | 'down'): Cell | undefined {
  const sign = step === 'down' ? 1 : -1
  const beyond = cells.filter((cell) => (cell.y - here.y) * sign > 0)
  const row = Math.min(...beyond.map((cell) => (cell.y - here.y) * sign))
  const aside = (cell: Cell) => Math.abs(cell.x + cell.width / 2 - here.x - here.width / 2)
  return beyond
    .filter((cell) => (cell.y - here.y) * sign === row)
    .reduce<Cell | undefined>((best, cell) => (best && aside(best) <= aside(cell) ? best : cell), undefined)
}
