// Who may ask for a field, from the tables by which the services and the gateway decide it.
import { readFileSync } from 'node:fs'
import { SUBSCRIPTION_RULES } from '@constellation/gateway/live/rules.ts'
import { RULES as GPUS } from '@constellation/gpus/rules.ts'
import { RULES as JOBS } from '@constellation/jobs/rules.ts'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { ROLES, type Role } from '@constellation/platform/identity.ts'
import type { Rule, Rules } from '@constellation/platform/rules.ts'
import { RULES as USAGE } from '@constellation/usage/rules.ts'
import { listed } from '../markdown.ts'

const PEOPLE: Readonly<Record<Role, string>> = {
  user: 'users',
  'account-manager': 'account managers',
  analyst: 'analysts',
  operator: 'operators',
  admin: 'administrators',
  worker: 'workers',
}

const SERVICES: readonly Rules[] = [JOBS, GPUS, USAGE]

/** In a sentence or two, who may ask for a field of a root type. */
export function whoMay(root: 'Query' | 'Mutation' | 'Subscription', field: string): string {
  const rule = ruleOf(root, field)
  if (rule === undefined) return 'For everybody who is signed in.'
  const hidden = isHiddenFromOthers(root, field) ? ' What is another’s is as if it were not there.' : ''
  return `For ${people(rule.roles)}; of a token that is limited, the scope \`${rule.scope}\`.${hidden}`
}

function ruleOf(root: 'Query' | 'Mutation' | 'Subscription', field: string): Rule | undefined {
  if (root === 'Subscription') return SUBSCRIPTION_RULES[field]
  return SERVICES.map((rules) => rules[root][field]).find((rule) => rule !== undefined)
}

function people(roles: readonly Role[]): string {
  const missing = ROLES.filter((role) => !roles.includes(role))
  if (missing.length === 0) return 'everybody who is signed in'
  if (missing.length === 1 && missing[0] === 'worker') return 'everybody who is signed in but workers'
  return listed(ROLES.filter((role) => roles.includes(role)).map((role) => PEOPLE[role]))
}

/** As the matrix has it, which is compared with a real stack. */
function isHiddenFromOthers(root: string, field: string): boolean {
  const matrix = readFileSync(`${repositoryRoot}/e2e/matrix.expected.md`, 'utf8')
  const row = matrix.split('\n').find((line) => line.startsWith(`| ${root.toLowerCase()} ${field} `))
  return row?.split('|')[4]?.trim() === 'not found'
}
