// GPU hours by day, as bars: what came of attempts that succeeded below, what did not above it.
import type { Sum } from './add-up.ts'
import { hours } from './figures.ts'
import { type Html, html } from './html.ts'

const WIDTH = 680
const HEIGHT = 150
const LEFT = 52
const BOTTOM = 18
const TOP = 8
const US_OF_HOUR = 3_600_000_000

/** A chart of all days of the month, for one glance; the figures are in the title of each bar. */
export function bars(month: string, days: readonly Sum[]): Html {
  const byDay = new Map(days.map((day) => [day.key, day]))
  const dates = daysOf(month)
  const scale = niceScale(Math.max(...days.map(({ heldUs }) => heldUs / US_OF_HOUR), 0))
  const y = (value: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / scale.most)
  const step = (WIDTH - LEFT) / dates.length
  const drawn = dates.map((date, i) => {
    const sum = byDay.get(date)
    const x = LEFT + i * step + step * 0.15
    return html`${sum ? bar(sum, x, step * 0.7, y) : html``}<text x="${round(x + step * 0.35)}" y="${HEIGHT - 4}" text-anchor="middle">${i + 1}</text>`
  })
  const lines = scale.ticks.map(
    (tick) =>
      html`<line x1="${LEFT}" x2="${WIDTH}" y1="${round(y(tick))}" y2="${round(y(tick))}"/><text x="${LEFT - 6}" y="${round(y(tick) + 3)}" text-anchor="end">${tick.toLocaleString('en')}</text>`,
  )
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="GPU hours by day">${lines}${drawn}</svg>`
}

function bar({ key, heldUs, wastedUs }: Sum, x: number, width: number, y: (hours: number) => number): Html {
  const [all, wasted] = [heldUs / US_OF_HOUR, wastedUs / US_OF_HOUR]
  const rect = (kind: string, from: number, to: number) =>
    html`<rect class="${kind}" x="${round(x)}" width="${round(width)}" y="${round(y(to))}" height="${round(y(from) - y(to))}"/>`
  const title = `${key}: ${hours(heldUs)} GPU hours, ${hours(wastedUs)} of them of attempts that did not succeed`
  return html`<g><title>${title}</title>${rect('good', 0, all - wasted)}${rect('wasted', all - wasted, all)}</g>`
}

function daysOf(month: string): string[] {
  const first = new Date(`${month}-01T00:00:00Z`)
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return Array.from({ length: days }, (_, i) => `${month}-${String(i + 1).padStart(2, '0')}`)
}

/** Four round steps at the most, up to what is no less than `most`. */
function niceScale(most: number): { most: number; ticks: number[] } {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 1) / 4))
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size * 4 >= most) ?? 10 * power
  const steps = Math.max(Math.ceil(most / step), 1)
  return { most: steps * step, ticks: Array.from({ length: steps + 1 }, (_, i) => i * step) }
}

function round(n: number): string {
  return String(Math.round(n * 100) / 100)
}
