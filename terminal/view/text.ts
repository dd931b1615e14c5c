// Text in a terminal: how wide it is, and how numbers look. Pure.
import stringWidth from 'string-width'

/** What comes from outside may hold what a terminal obeys, or what turns the direction of writing: none of it stays. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}

/** The text in exactly `width` columns, cut or filled up; of numbers, at the right. */
export function fit(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const cut = shorten(text, width)
  const room = ' '.repeat(Math.max(0, width - stringWidth(cut)))
  return align === 'left' ? cut + room : room + cut
}

/** At most `width` columns; `…` stands for what is cut. */
export function shorten(text: string, width: number): string {
  if (stringWidth(text) <= width) return text
  if (width < 1) return ''
  let kept = ''
  let used = 0
  for (const { segment } of GRAPHEMES.segment(text)) {
    used += stringWidth(segment)
    if (used > width - 1) break
    kept += segment
  }
  return `${kept}…`
}

/** The text in lines of at most `width` columns, broken between words where they fit. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    const longer = last === undefined ? word : `${last} ${word}`
    if (last !== undefined && stringWidth(longer) <= width) lines[lines.length - 1] = longer
    else lines.push(shorten(word, width))
  }
  return lines
}

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' })
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']
const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']

/** A bar of `width` columns that is filled to `share`, from 0 to 1; empty where it is not known. */
export function bar(share: number | null, width: number): string {
  const eighths = Math.round(clamp(share ?? 0) * width * EIGHTHS.length)
  const full = '█'.repeat(Math.floor(eighths / EIGHTHS.length))
  const part = EIGHTHS[eighths % EIGHTHS.length] ?? ''
  return (full + part).padEnd(width, '░')
}

/** The newest `width` of these shares, a column each, the newest at the right. */
export function sparkline(shares: readonly (number | null)[], width: number): string {
  const drawn = shares
    .slice(Math.max(0, shares.length - width))
    .map((share) => (share === null ? ' ' : (LEVELS[Math.round(clamp(share) * (LEVELS.length - 1))] ?? ' ')))
  return drawn.join('').padStart(width)
}

/** A whole number with its unit; `-` where it is not known. */
export function amount(value: number | null, unit: string): string {
  return value === null ? '-' : `${Math.round(value)}${unit}`
}

/** Of MiB, such as `512M` or `79.6G`. */
export function memory(mb: number | null): string {
  if (mb === null) return '-'
  return mb < 1_000 ? `${Math.round(mb)}M` : `${(mb / 1_024).toFixed(1)}G`
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share))
}
