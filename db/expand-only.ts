// Holds a migration to the rule by which two releases can be in service at once: it adds, and takes nothing away that the
// programs of the release before it use. What goes, goes a release later, in a file that says so in its first line.
import type { SqlFile } from './sql-files.ts'

interface Rule {
  pattern: RegExp
  why: string
}

const DROPS: Rule = {
  pattern:
    /\bDROP\s+(TABLE|COLUMN|VIEW|MATERIALIZED VIEW|FUNCTION|PROCEDURE|TRIGGER|TYPE|DOMAIN|SEQUENCE|SCHEMA|DEFAULT|EXPRESSION|IDENTITY)\b/i,
  why: 'takes something away',
}
const RENAMES: Rule = { pattern: /\bRENAME\b/i, why: 'renames something' }
const RETYPES: Rule = {
  pattern: /\bALTER\s+(COLUMN\s+)?\w+\s+(SET\s+DATA\s+)?TYPE\b/i,
  why: 'gives a column another type',
}
const REQUIRES: Rule = { pattern: /\bSET\s+NOT\s+NULL\b/i, why: 'requires a value that earlier programs may leave out' }
const RULES: readonly Rule[] = [DROPS, RENAMES, RETYPES, REQUIRES]

/** Adds of one ALTER TABLE that earlier programs' rows may break. */
const ADDS_CHECK = /^ADD\s+(CONSTRAINT\s+(?<name>\w+)\s+)?(CHECK|UNIQUE|PRIMARY|FOREIGN|EXCLUDE)\b/i
const ADDS_COLUMN = /^ADD\s+(COLUMN\s+)?(IF\s+NOT\s+EXISTS\s+)?\w+\s/i
/** `COLUMN` may be left out; where it is not, a rule for all statements tells. */
const DROPS_COLUMN = /^DROP\s+(?!CONSTRAINT\b|COLUMN\b)/i
const FILLED = /\b(DEFAULT|GENERATED)\b/i

/**
 * What in a migration earlier programs could not work beside, a sentence for each; none where it says that it contracts, and
 * since which migration that is prepared for. `released` is the number of the last migration that is in service.
 */
export function contractions({ name, sql, needs }: SqlFile, released: number): string[] {
  const number = Number(name.slice(0, 4))
  if (number <= released) return []
  if (needs > released) {
    return [
      `${name}.sql contracts since ${needs}, which is not released yet: programs that do not know it are in service.`,
    ]
  }
  if (needs > 0) return []
  const statements = statementsOf(sql)
  return statements.flatMap((statement) =>
    faultsOf(statement, statements).map((why) => `${name}.sql ${why}: ${statement.slice(0, 80)}`),
  )
}

function faultsOf(statement: string, all: readonly string[]): string[] {
  const faults = RULES.filter(({ pattern }) => pattern.test(statement)).map(({ why }) => why)
  const [, table = '', actions = ''] =
    /^ALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?(?:ONLY\s+)?([\w.]+)\s+(.*)$/i.exec(statement) ?? []
  if (table === '' || isMadeHere(table, all)) return table === '' ? [...faults, ...uniqueIndex(statement, all)] : []
  return [...faults, ...partsOf(actions).flatMap((action) => addedBy(action, actions))]
}

function addedBy(action: string, actions: string): string[] {
  const check = ADDS_CHECK.exec(action)
  if (check) {
    const name = check.groups?.name
    // One that takes the place of another in the same statement is made wider, and is looked at by people.
    const replaces = name !== undefined && new RegExp(`\\bDROP\\s+CONSTRAINT\\s+${name}\\b`, 'i').test(actions)
    return replaces ? [] : ['adds a rule that rows of earlier programs may break']
  }
  if (DROPS_COLUMN.test(action)) return [DROPS.why]
  const isBare = ADDS_COLUMN.test(action) && /\bNOT\s+NULL\b/i.test(action) && !FILLED.test(action)
  return isBare ? ['adds a column that earlier programs do not fill'] : []
}

function uniqueIndex(statement: string, all: readonly string[]): string[] {
  const [, table] = /^CREATE\s+UNIQUE\s+INDEX\b.*?\bON\s+(?:ONLY\s+)?([\w.]+)/i.exec(statement) ?? []
  return table === undefined || isMadeHere(table, all) ? [] : ['adds a rule that rows of earlier programs may break']
}

/** Nobody uses yet what the same file has made. */
function isMadeHere(table: string, all: readonly string[]): boolean {
  return all.some((statement) =>
    new RegExp(`^CREATE\\s+TABLE\\s+(IF\\s+NOT\\s+EXISTS\\s+)?${table}\\b`, 'i').test(statement),
  )
}

/** One line each, without comments, and without what stands in quotes. */
function statementsOf(sql: string): string[] {
  return sql
    .replaceAll(/--.*$/gm, '')
    .replaceAll(/\$(\w*)\$[\s\S]*?\$\1\$/g, "''")
    .replaceAll(/'(?:[^']|'')*'/g, "''")
    .split(';')
    .map((statement) => statement.replaceAll(/\s+/g, ' ').trim())
    .filter((statement) => statement !== '')
}

/** Split at the commas that are in no brackets. */
function partsOf(actions: string): string[] {
  let depth = 0
  const parts = ['']
  for (const character of actions) {
    if (character === '(') depth += 1
    if (character === ')') depth -= 1
    if (character === ',' && depth === 0) parts.push('')
    else parts[parts.length - 1] += character
  }
  return parts.map((part) => part.trim())
}
