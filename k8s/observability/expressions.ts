// Every expression of PromQL that we hand out: those of the dashboards, of the alert rules and of what scales by them.
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse, parseAllDocuments } from 'yaml'
import { BOARDS } from './dashboards/boards.ts'

export interface Expression {
  /** Where it stands. */
  where: string
  expression: string
}

export interface Rule {
  alert: string
  expr: string
  for?: string
  labels: { severity: string }
  annotations: { summary: string; runbook_url: string }
}

const RULES = path.join(import.meta.dirname, 'rules')
const SCALED = path.join(import.meta.dirname, '../components/workers-by-queue/stateful-set.yaml')

/** The files of rules, each with its alerts. */
export function ruleFiles(): { file: string; rules: Rule[] }[] {
  return globSync('*.yaml', { cwd: RULES })
    .toSorted()
    .map((name) => {
      const file = path.join(RULES, name)
      const { groups }: { groups: { rules: Rule[] }[] } = parse(readFileSync(file, 'utf8'))
      return { file, rules: groups.flatMap(({ rules }) => rules) }
    })
}

export function allExpressions(): Expression[] {
  const ofBoards = BOARDS.flatMap(({ uid, rows }) =>
    rows.flatMap(({ panels }) =>
      panels.flatMap(({ title, questions }) =>
        questions.map(([expression]) => ({ where: `${uid}: ${title}`, expression })),
      ),
    ),
  )
  const ofRules = ruleFiles().flatMap(({ rules }) =>
    rules.map(({ alert, expr }) => ({ where: `alert ${alert}`, expression: expr })),
  )
  return [...ofBoards, ...ofRules, ...ofScalers()]
}

/** KEDA asks Prometheus, too. */
function ofScalers(): Expression[] {
  const documents = parseAllDocuments(readFileSync(SCALED, 'utf8')).map((document) => document.toJS())
  return documents
    .filter(({ kind }) => kind === 'ScaledObject')
    .flatMap(({ metadata, spec }) =>
      spec.triggers.map((trigger: { metadata: { query: string } }) => ({
        where: `scaler ${metadata.name}`,
        expression: trigger.metadata.query,
      })),
    )
}
