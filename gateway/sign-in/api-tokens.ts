// Tokens that people make for their scripts: `cst_<id>_<secret>`. The jobs service keeps them, and is asked at
// most every ten seconds; that one was revoked comes by NATS at once, and with NATS away within that time.
import { createHash } from 'node:crypto'
import { boundedMap } from '@constellation/platform/bounded-map.ts'
import { tokenRevoked } from '@constellation/platform/events/notices.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { principal } from '@constellation/platform/identity.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { decode } from '@constellation/platform/nats/nats.ts'
import * as v from 'valibot'
import { ITSELF } from '../live/feeds/changed-gpus.ts'
import type { Listening, NatsLink } from '../live/feeds/nats-link.ts'
import type { Subgraph } from '../subgraphs/subgraph.ts'
import { issuerAway, notEnrolled, refusal } from './refusal.ts'
import type { Signed } from './signed.ts'
import { watchTokens } from './watch-tokens.ts'

/** @throws ConstellationError UNAUTHENTICATED where it does not hold, UNAVAILABLE where the service is away */
export type CheckApiToken = (token: string) => Promise<Signed>

interface ApiTokensOptions {
  jobs: Pick<Subgraph, 'ask'>
  link: Pick<NatsLink, 'subscribe'>
  log: Logger
  /** How long an answer counts, in milliseconds. */
  keptMs?: number
}

export interface ApiTokens {
  check: CheckApiToken
  /**
   * The same for the token that enrols a worker, asked anew each time: it stands for an hour of tokens.
   * @throws ConstellationError FORBIDDEN where it is another token, and as `check` does
   */
  checkEnrolment: CheckApiToken
  stop(): Promise<void>
}

const KEPT_MS = 10_000
/** Answers that are kept, of tokens that hold and of those that do not, and revocations that are remembered. */
const KEPT = 10_000
const FORM = /^cst_([0-9a-f-]{36})_[\w-]{43}$/

const QUESTION =
  'query CheckApiToken($hash: String!) { checkApiToken(hash: $hash) { id owner role accounts scopes expiresAt } }'
const answer = v.object({
  checkApiToken: v.nullable(
    v.object({
      id: v.string(),
      owner: principal.entries.id,
      role: principal.entries.role,
      accounts: principal.entries.accounts,
      scopes: v.unwrap(principal.entries.scopes),
      expiresAt: v.string(),
    }),
  ),
})
type Known = NonNullable<v.InferOutput<typeof answer>['checkApiToken']>

/** Checks API tokens until stopped. */
export function createApiTokens({ jobs, link, log, keptMs = KEPT_MS }: ApiTokensOptions): ApiTokens {
  const kept = boundedMap<string, { known: Promise<Known | null>; until: number }>(KEPT)
  // An answer may have been on its way when the word came.
  const revoked = boundedMap<string, true>(KEPT)
  const watched = watchTokens(keptMs, async (hash) => (await find(hash)) !== null, log)
  let listening: Listening | undefined

  function hear(data: Uint8Array): void {
    const message = decode(tokenRevoked, data)
    if ('fault' in message) {
      log.warn({ fault: message.fault }, 'a revocation cannot be read')
    } else {
      revoked.set(message.value.id, true)
      watched.end(message.value.id)
    }
  }

  function find(hash: string, { anew = false } = {}): Promise<Known | null> {
    const present = kept.get(hash)
    if (!anew && present && present.until > performance.now()) return present.known
    const known = ask(jobs, hash)
    kept.set(hash, { known, until: performance.now() + keptMs })
    // What could not be asked is asked again by the next request.
    known.catch(() => kept.set(hash, { known, until: 0 }))
    return known
  }

  /** What is known of a token that holds. */
  async function identify(token: string, fresh?: { anew: boolean }) {
    const id = FORM.exec(token)?.[1]
    if (id === undefined) throw refusal('The token is not valid.')
    // From the first token on: what is read after this is followed without a gap.
    listening ??= link.subscribe(SUBJECTS.tokenRevoked, hear)
    await listening.ready
    const hash = createHash('sha256').update(token).digest('hex')
    const known = await find(hash, fresh)
    if (known?.id !== id || revoked.get(id)) throw refusal('The token is not valid, or was revoked.')
    const expiresAt = Date.parse(known.expiresAt)
    if (expiresAt <= Date.now()) throw refusal('The token has expired.')
    return { ...known, hash, expiresAt }
  }

  return {
    async check(token) {
      const { id, hash, owner, role, accounts, scopes, expiresAt } = await identify(token)
      if (role === 'worker') throw refusal('An enrolment token is only exchanged, at POST /worker-token.')
      return {
        principal: { id: owner, role, accounts, scopes, tokenId: id },
        expiresAt,
        onRevoked: (listener) => watched.watch(id, hash, listener),
      }
    },
    async checkEnrolment(token) {
      if (!token.startsWith('cst_')) throw notEnrolled()
      const { owner, role, expiresAt } = await identify(token, { anew: true })
      if (role !== 'worker') throw notEnrolled()
      return { principal: { id: owner, role, accounts: [] }, expiresAt }
    },
    async stop() {
      listening?.stop()
      await watched.stop()
    },
  }
}

/** @throws ConstellationError UNAVAILABLE where the service does not say */
async function ask(jobs: Pick<Subgraph, 'ask'>, hash: string): Promise<Known | null> {
  const { data, errors } = await jobs.ask({ query: QUESTION, variables: { hash } }, ITSELF)
  if (errors?.length) throw issuerAway(errors[0])
  return v.parse(answer, data).checkApiToken
}
