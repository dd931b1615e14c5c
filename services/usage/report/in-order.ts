// Rows in an order of which mostly the first page is looked at: only for who goes on are all of them sorted.

type Compare = (a: number, b: number) => number

/** Gives so many rows from one on, in the order of `compare`. */
export function inOrder(rows: Uint32Array, compare: Compare): (from: number, count: number) => Uint32Array {
  let sorted: Uint32Array | undefined
  return (from, count) => {
    const isFew = from === 0 && count < rows.length / 10
    if (!sorted && isFew) return firstOf(rows, compare, count)
    sorted ??= rows.toSorted(compare)
    return sorted.subarray(from, from + count)
  }
}

/** Nearly all rows are compared with the last of the first ones alone. */
function firstOf(rows: Uint32Array, compare: Compare, count: number): Uint32Array {
  const first = new Uint32Array(count)
  let length = 0
  for (const row of rows) {
    if (length === count && compare(row, first[count - 1] ?? 0) >= 0) continue
    const place = placeOf(row, first.subarray(0, length), compare)
    first.copyWithin(place + 1, place, Math.min(length, count - 1))
    first[place] = row
    length = Math.min(length + 1, count)
  }
  return first.subarray(0, length)
}

/** Where a row stands among others that are in order. */
function placeOf(row: number, others: Uint32Array, compare: Compare): number {
  let [low, high] = [0, others.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare(row, others[middle] ?? 0) < 0) high = middle
    else low = middle + 1
  }
  return low
}
