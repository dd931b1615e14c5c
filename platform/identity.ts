// Who asks, what they may see, and how the gateway tells a subgraph about it.
import { createHmac, timingSafeEqual } from 'node:crypto'
import * as v from 'valibot'
import { ConstellationError } from './errors.ts'

export const ROLES = ['user', 'account-manager', 'analyst', 'operator', 'admin', 'worker'] as const
export type Role = (typeof ROLES)[number]

/** What a token may be limited to: reading; submitting and changing jobs; running the place. */
export const SCOPES = ['READ', 'SUBMIT', 'OPERATE'] as const
export type Scope = (typeof SCOPES)[number]

/** A name of a person, an account or a worker. */
export const personName = v.pipe(
  v.string(),
  v.regex(/^[\w.@+-]{1,128}$/, 'must be 1 to 128 letters, digits or . _ - @ +'),
)

export const principal = v.object({
  /** The subject of the token: a person, or a worker's service account. */
  id: personName,
  role: v.picklist(ROLES),
  /** The accounts that may pay for this principal's jobs; the first one is the default. */
  accounts: v.pipe(v.array(personName), v.maxLength(64)),
  /** What the token is limited to, within the role; absent where it is not. */
  scopes: v.optional(v.pipe(v.array(v.picklist(SCOPES)), v.maxLength(SCOPES.length))),
  /** The API token that is shown, where it is one: what is made with it may end with it. */
  tokenId: v.optional(v.pipe(v.string(), v.uuid())),
})

/** Who asks. */
export type Principal = v.InferOutput<typeof principal>

/** What the rules on a job look at. */
interface OwnedJob {
  account: string
  submittedBy: string
}

/** True where the principal may read the job: its own, its accounts' for a manager, all for those who run the place. */
export function maySeeJob(who: Principal, job: OwnedJob): boolean {
  switch (who.role) {
    case 'admin':
    case 'operator':
    case 'analyst':
      return true
    case 'account-manager':
      return who.accounts.includes(job.account) || job.submittedBy === who.id
    case 'user':
      return job.submittedBy === who.id
    case 'worker':
      return false
  }
}

/** True where the principal may cancel or change the job. */
export function mayChangeJob(who: Principal, job: OwnedJob): boolean {
  return who.role !== 'analyst' && maySeeJob(who, job)
}

/** @throws ConstellationError FORBIDDEN unless the principal has one of the roles */
export function requireRole(who: Principal, ...roles: readonly Role[]): void {
  if (!roles.includes(who.role)) {
    throw new ConstellationError('FORBIDDEN', `This is for the role ${roles.join(' or ')}; yours is ${who.role}.`)
  }
}

type GivenHeaders = Readonly<Record<string, string | string[] | undefined>>

const HEADERS = {
  principal: 'x-constellation-principal',
  sentAt: 'x-constellation-sent-at',
  signature: 'x-constellation-signature',
} as const

/** How far the clocks of the gateway and a subgraph may differ, in milliseconds. */
const CLOCK_TOLERANCE_MS = 60_000

/** The headers by which the gateway vouches for the principal of a request with this body. */
export function vouch(secret: string, who: Principal, body: string): Record<string, string> {
  const encoded = Buffer.from(JSON.stringify(who)).toString('base64url')
  const sentAt = String(Date.now())
  return {
    [HEADERS.principal]: encoded,
    [HEADERS.sentAt]: sentAt,
    [HEADERS.signature]: sign(secret, encoded, sentAt, body).toString('base64url'),
  }
}

/**
 * The principal that the gateway vouched for.
 * @throws ConstellationError UNAUTHENTICATED where the headers are missing, old, or not the gateway's
 */
export function vouchedPrincipal(secret: string, headers: GivenHeaders, body: string): Principal {
  const encoded = headers[HEADERS.principal]
  // What stands for a body is no base64url, and so is not read as a principal even where it is signed.
  if (typeof encoded !== 'string' || encoded === OF_BODY) throw notTheGateway()
  requireSigned(secret, headers, encoded, body)
  return v.parse(principal, JSON.parse(Buffer.from(encoded, 'base64url').toString()))
}

/** Stands where the principal does in what is signed; no principal is encoded so, and neither passes for the other. */
const OF_BODY = '(in the body)'

/** The headers by which the gateway vouches for a body that itself says in whose name each of its parts is. */
export function vouchForBody(secret: string, body: string): Record<string, string> {
  const sentAt = String(Date.now())
  return {
    [HEADERS.sentAt]: sentAt,
    [HEADERS.signature]: sign(secret, OF_BODY, sentAt, body).toString('base64url'),
  }
}

/** @throws ConstellationError UNAUTHENTICATED where the gateway did not vouch for this body just now */
export function requireVouchedBody(secret: string, headers: GivenHeaders, body: string): void {
  requireSigned(secret, headers, OF_BODY, body)
}

function requireSigned(secret: string, headers: GivenHeaders, encoded: string, body: string): void {
  const sentAt = headers[HEADERS.sentAt]
  const signature = headers[HEADERS.signature]
  if (typeof sentAt !== 'string' || typeof signature !== 'string') throw notTheGateway()
  const expected = sign(secret, encoded, sentAt, body)
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw notTheGateway()
  if (!(Math.abs(Date.now() - Number(sentAt)) <= CLOCK_TOLERANCE_MS)) throw notTheGateway()
}

function sign(secret: string, encoded: string, sentAt: string, body: string): Buffer {
  return createHmac('sha256', secret).update(`${encoded}.${sentAt}.${body}`).digest()
}

function notTheGateway(): ConstellationError {
  return new ConstellationError('UNAUTHENTICATED', 'A subgraph answers the gateway only.')
}
