// One subject of the report: how it was measured, and its table.

export interface Section {
  title: string
  /** In a few sentences. */
  method: string
  head: readonly string[]
  rows: readonly (readonly string[])[]
}

/** Markdown, its columns aligned as the formatter of documents would. */
export function toMarkdown({ title, method, head, rows }: Section): string {
  const widths = head.map((cell, i) => Math.max(3, cell.length, ...rows.map((row) => (row[i] ?? '').length)))
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, i) => (cells[i] ?? '').padEnd(width)).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [`## ${title}`, '', method, '', line(head), rule, ...rows.map(line), ''].join('\n')
}
