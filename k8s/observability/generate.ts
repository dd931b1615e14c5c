// Writes what is made of code here: the dashboards as Grafana reads them, the alert rules as the Prometheus operator reads
// them, and the table of metrics in docs/observability.md. Part of `npm run generate`.
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parse, stringify } from 'yaml'
import { BOARDS } from './dashboards/boards.ts'
import { toDashboard } from './dashboards/panel.ts'
import { allMetrics, toTables } from './metrics-table.ts'

const here = import.meta.dirname
const target = path.join(here, 'generated')
const guide = path.join(here, '../../docs/observability.md')

rmSync(target, { recursive: true, force: true })
mkdirSync(target)
for (const board of BOARDS) {
  writeFileSync(path.join(target, `${board.uid}.json`), `${JSON.stringify(toDashboard(board), null, 2)}\n`)
}
writeFileSync(path.join(target, 'prometheus-rule.yaml'), prometheusRule())
writeFileSync(guide, withTables(readFileSync(guide, 'utf8'), toTables(await allMetrics())))

/** All groups of rules in the operator's own kind. */
function prometheusRule(): string {
  const files = globSync('rules/*.yaml', { cwd: here }).toSorted()
  const groups = files.flatMap((file) => parse(readFileSync(path.join(here, file), 'utf8')).groups)
  const rule = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: 'constellation', labels: { 'app.kubernetes.io/part-of': 'constellation' } },
    spec: { groups },
  }
  return `# Made of rules/*.yaml by npm run generate.\n${stringify(rule, { lineWidth: 0 })}`
}

/** The guide with these tables between its marks. */
function withTables(text: string, tables: string): string {
  const marks = /(<!-- metrics: made by npm run generate -->\n)[\s\S]*(<!-- end of metrics -->)/
  if (!marks.test(text)) throw new Error('docs/observability.md has no place for the metrics.')
  return text.replace(marks, (_all, begin: string, end: string) => `${begin}\n${tables}\n\n${end}`)
}
