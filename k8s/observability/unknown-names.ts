// Which names of an expression nobody tells: of metrics and of their labels.
import type { Named } from './promql.ts'

/** Metrics as they are scraped, each with its labels. */
export type Scraped = ReadonlyMap<string, ReadonlySet<string>>

/** What Prometheus itself adds, or the configurations beside: `program` says which of ours it is. */
const ADDED: readonly string[] = ['program', 'instance']
/** What Prometheus itself tells of each that it scrapes. */
const OF_PROMETHEUS: readonly string[] = ['up']

/** In a sentence each; none where all of it is known. */
export function unknownNames({ metrics, grouping }: Named, scraped: Scraped): string[] {
  const faults: string[] = []
  const anyLabel = new Set(ADDED)
  for (const [metric, chosenBy] of metrics) {
    const labels = OF_PROMETHEUS.includes(metric) ? new Set<string>() : scraped.get(metric)
    if (!labels) faults.push(`Nobody tells ${metric}.`)
    for (const label of labels ?? []) anyLabel.add(label)
    const unknown = [...chosenBy].filter((label) => labels && !labels.has(label) && !ADDED.includes(label))
    for (const label of unknown) faults.push(`${metric} has no label ${label}.`)
  }
  const unknown = [...grouping].filter((label) => !anyLabel.has(label))
  return [...faults, ...unknown.map((label) => `None of ${[...metrics.keys()].join(', ')} has a label ${label}.`)]
}

/** The metrics of texts in Prometheus's format. */
export function readScrape(texts: Iterable<string>): Scraped {
  const scraped = new Map<string, Set<string>>()
  for (const line of [...texts].flatMap((text) => text.split('\n'))) {
    const found = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? /.exec(line)
    if (!found?.[1]) continue
    const labels = scraped.get(found[1]) ?? new Set()
    scraped.set(found[1], labels)
    for (const [, label] of (found[2] ?? '').matchAll(/(\w+)="(?:[^"\\]|\\.)*"/g)) if (label) labels.add(label)
  }
  return scraped
}
