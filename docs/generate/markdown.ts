// The parts that the pages of the reference are made of. Pure.

/** A table; rows without a word in a column lose nothing, columns without a word in any row are left out. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const kept = heads.map((_, at) => at).filter((at) => rows.some((row) => (row[at] ?? '') !== ''))
  const line = (cells: readonly string[]) => `| ${kept.map((at) => inCell(cells[at] ?? '')).join(' | ')} |`
  return [line(heads), `|${kept.map(() => ' --- |').join('')}`, ...rows.map(line)].join('\n')
}

function inCell(text: string): string {
  return text
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll('|', '\\|')
}

export const code = (text: string) => `\`${text}\``

/** `a, b and c`. */
export function listed(words: readonly string[], last = 'and'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`
}

/** A page of these parts, with a blank line between them. */
export function page(...parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

/** As a Git host names the anchor of a heading. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}

/** A block of code. */
export function block(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``
}

/** What every page of the reference begins with. */
export const MADE = '<!-- Made by `npm run generate`: change what it is made of, not this page. -->'
