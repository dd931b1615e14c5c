// What a new token is: the text that its owner keeps, and what it is known by here.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { type Principal, personName, SCOPES } from '@constellation/platform/identity.ts'
import { readInstant } from '@constellation/platform/instants.ts'
import * as v from 'valibot'
import { text } from '../submission/spec-fields.ts'

const DAY_MS = 86_400_000
const USUAL_DAYS = 90
const MOST_DAYS = 366

/** What may be asked for by this principal, at this time in milliseconds since 1970. */
export function newTokenSchema(who: Principal, now: number) {
  const ofTheirs = v.check((account: string) => who.accounts.includes(account), 'is none of your accounts')
  return v.object({
    name: v.pipe(text(200), v.trim(), v.minLength(1, 'must not be empty')),
    scopes: v.pipe(
      v.array(v.picklist(SCOPES)),
      v.minLength(1, 'must name at least one'),
      v.transform((scopes) => SCOPES.filter((scope) => scopes.includes(scope))),
    ),
    expiresAt: v.nullish(expiry(now), new Date(now + USUAL_DAYS * DAY_MS).toISOString()),
    accounts: v.nullish(
      v.pipe(
        v.array(v.pipe(personName, ofTheirs)),
        v.maxLength(64, 'must be at most 64'),
        v.transform((accounts) => [...new Set(accounts)]),
      ),
      who.accounts,
    ),
  })
}

function expiry(now: number) {
  return v.pipe(
    v.string(),
    v.check((value) => readInstant(value) !== null, 'must be an instant such as 2026-01-31T12:00:00Z'),
    v.transform((value) => readInstant(value) ?? ''),
    v.check((value) => Date.parse(value) > now, 'must not be over yet'),
    v.check((value) => Date.parse(value) <= now + MOST_DAYS * DAY_MS, 'must be within a year'),
  )
}

/** A token of 256 random bits. The id in it is no secret: it tells which one it is where one was found. */
export function makeToken(): { id: string; secret: string; hash: Buffer } {
  const id = randomUUID()
  const secret = `cst_${id}_${randomBytes(32).toString('base64url')}`
  return { id, secret, hash: createHash('sha256').update(secret).digest() }
}
