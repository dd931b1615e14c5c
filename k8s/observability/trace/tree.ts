// A trace as a tree of lines.
import type { Span } from './receiver.ts'

/** The spans of one trace: each below what it follows from, in the order of their beginning. */
export function toTree(spans: readonly Span[]): string[] {
  const known = new Set(spans.map(({ id }) => id))
  const began = Math.min(...spans.map(({ from }) => from))
  const sorted = spans.toSorted((a, b) => a.from - b.from)
  const below = Map.groupBy(sorted, ({ parent }) => (parent !== undefined && known.has(parent) ? parent : ''))

  const linesOf = (parent: string, indent: string): string[] =>
    (below.get(parent) ?? []).flatMap((span, i, all) => {
      const isLast = i === all.length - 1
      const branch = parent === '' ? '' : isLast ? '└ ' : '├ '
      const further = parent === '' ? '' : isLast ? '  ' : '│ '
      return [lineOf(span, `${indent}${branch}`, began), ...linesOf(span.id, `${indent}${further}`)]
    })
  return linesOf('', '')
}

function lineOf({ service, name, from, to, failed }: Span, indent: string, began: number): string {
  const what = `${indent}${name}${failed ? ' ✗' : ''}`
  const program = service.replace(/^constellation-/, '')
  return `${`+${(from - began).toFixed(1)}`.padStart(9)} ${(to - from).toFixed(1).padStart(9)} ms  ${program.padEnd(8)} ${what}`
}
