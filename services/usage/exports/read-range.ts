// The part of a file that a request asks for.

/** Of bytes, both included; undefined for all of it, `none` where no byte of it is meant. Of several parts none is told apart: all of it is sent. */
export function readRange(header: string | undefined, size: number): { from: number; to: number } | 'none' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? []
  if (first === '' && last === '') return undefined
  const from = first === '' ? Math.max(size - Number(last), 0) : Number(first)
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (from >= size) return 'none'
  // One that ends before it begins is none that HTTP knows.
  return to < from ? undefined : { from, to }
}
