// How the jobs of an array are drawn: their cells' places and their numbers.

/** How many cells are in each state, in the order of the states' names given. */
export function countStates<State extends string>(
  cells: readonly ({ state: State } | undefined)[],
  order: readonly State[],
): { state: State; count: number }[] {
  const counts = new Map<State, number>()
  for (const cell of cells) if (cell) counts.set(cell.state, (counts.get(cell.state) ?? 0) + 1)
  return order.map((state) => ({ state, count: counts.get(state) ?? 0 })).filter(({ count }) => count > 0)
}

/** How the cells of an array lie: sizes in CSS pixels. */
export interface Grid {
  columns: number
  rows: number
  /** From one cell to the next. */
  pitch: number
  gap: number
}

const PITCHES = [16, 12, 10, 8, 6, 5, 4, 3]

/** The largest cells with which so many are no higher than `height`, in a width. */
export function gridFor(count: number, width: number, height: number): Grid {
  const fits = (pitch: number) => Math.ceil(count / columnsOf(width, pitch)) * pitch <= height
  const pitch = PITCHES.find(fits) ?? 3
  const columns = Math.min(count, columnsOf(width, pitch))
  return { columns, rows: Math.ceil(count / columns), pitch, gap: pitch >= 6 ? 2 : 1 }
}

/** The index of the cell at a point of the grid, in CSS pixels; undefined beside all. */
export function cellAt({ columns, pitch }: Grid, count: number, x: number, y: number): number | undefined {
  const [column, row] = [Math.floor(x / pitch), Math.floor(y / pitch)]
  const index = row * columns + column
  return column >= 0 && column < columns && row >= 0 && index < count ? index : undefined
}

function columnsOf(width: number, pitch: number): number {
  return Math.max(1, Math.floor(width / pitch))
}
