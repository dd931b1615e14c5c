// What a webhook is asked to be, checked: its address, what it hears of, and whether this principal may hear of it.
import type { Problem } from '@constellation/platform/errors.ts'
import { JOB_EVENT_TYPES } from '@constellation/platform/events/job-event.ts'
import { type Principal, personName } from '@constellation/platform/identity.ts'
import * as v from 'valibot'
import type { SaveWebhookInput, WebhookScope } from '../generated/resolvers.ts'
import { problemsOf } from '../submission/spec.ts'
import { text } from '../submission/spec-fields.ts'
import { ADDRESS_REFUSED, namesForbiddenAddress } from './addresses.ts'
import { BUDGET_CROSSED } from './note-budgets.ts'
import { isSecret } from './signature.ts'

/** Whose jobs a webhook hears of. */
export type Scope = 'own' | 'account' | 'all'

export interface Wanted {
  url: string
  /** Null where none is given. */
  secret: string | null
  /** None stands for all. */
  eventTypes: string[]
  scope: Scope
  account: string | null
}

const SCOPES: Readonly<Record<WebhookScope, Scope>> = { OWN: 'own', ACCOUNT: 'account', ALL: 'all' }

/** What webhooks hear of. */
const EVENT_TYPES = [...JOB_EVENT_TYPES, BUDGET_CROSSED] as const

const webhook = v.object({
  url: v.pipe(
    text(2_048),
    v.check((url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol), 'must be a URL of http or https'),
    v.check((url) => !URL.canParse(url) || !hasCredentials(new URL(url)), 'must hold no name and password'),
  ),
  secret: v.nullish(v.pipe(v.string(), v.check(isSecret, 'must be whsec_ and 24 to 64 bytes in base64')), null),
  eventTypes: v.nullish(
    v.pipe(v.array(v.picklist(EVENT_TYPES, `must be one of ${EVENT_TYPES.join(', ')}`)), v.maxLength(50)),
    [],
  ),
  account: v.nullish(personName, null),
})

/** The webhook that is asked for, or what is wrong with it. */
export function readInput(
  who: Principal,
  input: SaveWebhookInput,
  allowPrivate: boolean,
): { wanted: Wanted } | { problems: Problem[] } {
  const checked = v.safeParse(webhook, input)
  if (!checked.success) return { problems: problemsOf(checked.issues) }
  const { url, secret, eventTypes, account } = checked.output
  const scope = SCOPES[input.scope ?? 'OWN']
  const problems = [...addressProblems(url, allowPrivate), ...scopeProblems(who, scope, account)]
  if (problems.length > 0) return { problems }
  return { wanted: { url: new URL(url).href, secret, eventTypes: [...new Set(eventTypes)], scope, account } }
}

/** Of a name it is seen each time when it is looked up. */
function addressProblems(url: string, allowPrivate: boolean): Problem[] {
  return namesForbiddenAddress(new URL(url).hostname, allowPrivate) ? [{ path: 'url', message: ADDRESS_REFUSED }] : []
}

function scopeProblems({ role, accounts }: Principal, scope: Scope, account: string | null): Problem[] {
  if (scope === 'all')
    return role === 'admin' ? notWith(account) : [{ path: 'scope', message: 'ALL is for administrators' }]
  if (scope === 'own') return notWith(account)
  if (account === null) return [{ path: 'account', message: 'is missing' }]
  if (role === 'admin') return []
  if (role !== 'account-manager') return [{ path: 'scope', message: 'ACCOUNT is for managers of accounts' }]
  return accounts.includes(account) ? [] : [{ path: 'account', message: 'is none of yours' }]
}

function notWith(account: string | null): Problem[] {
  return account === null ? [] : [{ path: 'account', message: 'goes with the scope ACCOUNT' }]
}

function hasCredentials({ username, password }: URL): boolean {
  return username !== '' || password !== ''
}
