// What an expression of PromQL speaks of, by the grammar that Prometheus's own page uses.
import { parser } from '@prometheus-io/lezer-promql'

/** What is named. */
export interface Named {
  /** Metrics, each with the labels that it is chosen by. */
  metrics: ReadonlyMap<string, ReadonlySet<string>>
  /** Labels that results are put together by. */
  grouping: ReadonlySet<string>
}

/** What Grafana puts in before Prometheus sees it. */
const VARIABLES = /\$__rate_interval/g

/** @throws Error with the place where it cannot be read */
export function readPromql(expression: string): Named {
  const text = expression.replaceAll(VARIABLES, '5m')
  const metrics = new Map<string, Set<string>>()
  const grouping = new Set<string>()
  let chosen = new Set<string>()
  let inMatchers = false
  parser.parse(text).iterate({
    enter({ type, from, to }) {
      const named = text.slice(from, to)
      if (type.isError) throw new Error(`This is no PromQL, from "${text.slice(from, from + 20)}" on: ${text}`)
      if (type.name === 'Identifier') {
        chosen = metrics.get(named) ?? new Set()
        metrics.set(named, chosen)
      }
      if (type.name === 'LabelMatchers') inMatchers = true
      if (type.name === 'LabelName') (inMatchers ? chosen : grouping).add(named)
    },
    leave({ type }) {
      if (type.name === 'LabelMatchers') inMatchers = false
    },
  })
  return { metrics, grouping }
}
