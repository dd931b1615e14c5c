// How our panels look: what they have in common is said once.
import { DashboardBuilder, RowBuilder } from '@grafana/grafana-foundation-sdk/dashboard'
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus'
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat'
import { PanelBuilder as SeriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries'

/** A question to Prometheus, and what its answers are called: `{{label}}` stands for a label's value. */
export type Question = readonly [expression: string, legend: string]

/** Of Grafana: `s`, `reqps`, `percentunit`, `short`, `bytes`, `watt`, `celsius`, `ops`. */
type Unit = 's' | 'reqps' | 'percentunit' | 'short' | 'bytes' | 'watt' | 'celsius' | 'ops' | 'bool_yes_no'

export interface Panel {
  kind: 'series' | 'stat'
  title: string
  unit: Unit
  questions: readonly Question[]
  description?: string
}

export interface Board {
  /** Also the name of its file. */
  uid: string
  title: string
  description: string
  rows: readonly { title: string; panels: readonly Panel[] }[]
}

/** The data source that the folder beside provisions, and that operators' charts call so too. */
const SOURCE = { type: 'prometheus', uid: 'prometheus' }
const TAGS = ['constellation']

/** Lines over time. */
export function series(title: string, unit: Unit, questions: readonly Question[], description?: string): Panel {
  return { kind: 'series', title, unit, questions, ...(description !== undefined && { description }) }
}

/** The newest figure, large. */
export function stat(title: string, unit: Unit, question: string): Panel {
  return { kind: 'stat', title, unit, questions: [[question, '']] }
}

/** The share of observations of a histogram, as quantiles over time. */
export function quantiles(histogram: string, by = ''): Question[] {
  const labels = by === '' ? 'le' : `le, ${by}`
  const legend = by === '' ? '' : ` {{${by}}}`
  return [0.5, 0.95, 0.99].map(
    (quantile): Question => [
      `histogram_quantile(${quantile}, sum by (${labels}) (rate(${histogram}_bucket[$__rate_interval])))`,
      `p${quantile * 100}${legend}`,
    ],
  )
}

/** The JSON that Grafana reads. */
export function toDashboard({ uid, title, description, rows }: Board): object {
  const board = new DashboardBuilder(`Constellation: ${title}`)
    .uid(`constellation-${uid}`)
    .description(description)
    .tags(TAGS)
    .refresh('30s')
    .time({ from: 'now-3h', to: 'now' })
    .timezone('browser')
    .readonly()
  for (const row of rows) {
    board.withRow(new RowBuilder(row.title))
    for (const panel of row.panels) board.withPanel(toPanel(panel))
  }
  return board.build()
}

function toPanel({ kind, title, unit, questions, description }: Panel) {
  const panel = kind === 'stat' ? new StatBuilder().span(4).height(4) : new SeriesBuilder().span(12).height(8).min(0)
  panel.title(title).unit(unit).datasource(SOURCE)
  if (description !== undefined) panel.description(description)
  for (const [expression, legend] of questions) {
    const query = new DataqueryBuilder().expr(expression).datasource(SOURCE)
    panel.withTarget(legend === '' ? query : query.legendFormat(legend))
  }
  return panel
}
