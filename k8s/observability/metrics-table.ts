// The metrics of every program, as its own registry has them.
import { Registry, register } from 'prom-client'

/** What is loaded in this order tells which metrics come with which program. */
const PARTS: readonly { title: string; load: () => Promise<object> }[] = [
  { title: 'Every program', load: () => import('@constellation/platform/metrics/metrics.ts') },
  { title: 'jobs, gpus and usage', load: () => import('@constellation/platform/metrics/service-metrics.ts') },
  { title: 'gateway', load: () => import('@constellation/gateway/metrics.ts') },
  { title: 'jobs', load: () => import('@constellation/jobs/metrics/metrics.ts') },
  { title: 'gpus', load: () => import('@constellation/gpus/metrics/metrics.ts') },
  { title: 'usage', load: () => import('@constellation/usage/metrics/metrics.ts') },
  { title: 'npm run usage:reconcile', load: () => import('@constellation/usage/metrics/differences.ts') },
  { title: 'worker', load: () => import('@constellation/worker/metrics.ts') },
]

export interface Metric {
  part: string
  name: string
  help: string
  type: string
  labels: readonly string[]
}

/** All of them, in the order of the parts and of their definition. */
export async function allMetrics(): Promise<Metric[]> {
  const metrics: Metric[] = []
  const known = new Set<string>()
  for (const { title, load } of PARTS) {
    const loaded = await load()
    const reckoned = 'reckoned' in loaded && loaded.reckoned instanceof Registry ? loaded.reckoned : undefined
    for (const registry of reckoned ? [register, reckoned] : [register]) {
      for (const metric of ofRegistry(registry)) {
        if (!known.has(metric.name)) metrics.push({ part: title, ...metric })
        known.add(metric.name)
      }
    }
  }
  return metrics
}

function ofRegistry(registry: Registry): Omit<Metric, 'part'>[] {
  return registry.getMetricsAsArray().map((metric) => {
    const { name, help, type, labelNames = [] } = Object(metric)
    return { name, help, type, labels: labelNames }
  })
}

/** The same as tables of Markdown, with columns as wide as what stands in them. */
export function toTables(metrics: readonly Metric[]): string {
  return [...Map.groupBy(metrics, ({ part }) => part)]
    .map(([part, own]) => `### ${part}\n\n${toTable([['metric', 'type', 'labels', ''], ...own.map(toCells)])}`)
    .join('\n\n')
}

function toCells({ name, type, labels, help }: Metric): string[] {
  return [`\`${name}\``, type, labels.map((label) => `\`${label}\``).join(', '), help]
}

function toTable([head = [], ...rows]: readonly string[][]): string {
  const widths = head.map((cell, column) => Math.max(3, cell.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`
  return [head, widths.map((width) => '-'.repeat(width)), ...rows].map(line).join('\n')
}
