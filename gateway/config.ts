// What the gateway reads from the environment.
import { isIP } from 'node:net'
import { flag, port, serviceSettings, url, wholeNumber } from '@constellation/platform/config.ts'
import * as v from 'valibot'

/** A list with commas between. An origin is a scheme, a host and perhaps a port. */
const origins = v.pipe(
  v.string(),
  v.transform((text) => text.split(',').flatMap((part) => part.trim() || [])),
  v.array(
    v.pipe(v.string(), v.check(isOrigin, 'must be origins, such as https://a.example, with commas between them')),
  ),
)

/** Addresses and networks with commas between, such as `10.0.0.0/8, 192.168.1.1`. */
const networks = v.pipe(
  v.string(),
  v.transform((text) => text.split(',').flatMap((part) => part.trim() || [])),
  v.array(
    v.pipe(v.string(), v.check(isNetwork, 'must be addresses or networks, such as 10.0.0.0/8, with commas between')),
  ),
)

export const settings = v.object({
  ...serviceSettings,
  /** The port that it listens on; 0 for any that is free. */
  PORT: v.optional(port, '4000'),
  /** Where the jobs service answers, without a path: `http://127.0.0.1:4001`. */
  JOBS_URL: url,
  /** Likewise of the gpus service. */
  GPUS_URL: url,
  /** Likewise of the usage service. */
  USAGE_URL: url,
  /** The public keys that tokens are checked with; read again when the file changes. */
  JWKS_FILE: v.string(),
  /** The private key of that issuer, where workers elsewhere are to get their tokens here. */
  WORKER_TOKEN_KEY_FILE: v.optional(v.string()),
  /** What signs their credentials of NATS: a file of `account`, a public key, and `seed`, of one of its signing keys. */
  WORKER_NATS_KEY_FILE: v.optional(v.string()),
  /** Who must have issued the tokens. */
  TOKEN_ISSUER: v.optional(v.string(), 'constellation-local'),
  /** What they must be meant for. */
  TOKEN_AUDIENCE: v.optional(v.string(), 'constellation'),
  /** The composed graph; taken again when the file changes. The committed one if left out. */
  SUPERGRAPH_FILE: v.optional(v.string()),
  /** The OIDC issuer that people sign in with, beside the stack's own: as its tokens name it. */
  OIDC_ISSUER: v.optional(url),
  /** What its tokens must be meant for: the client, where nothing else is said. */
  OIDC_AUDIENCE: v.optional(v.string()),
  /** The page's client id there; without it nobody signs in by the page. */
  OIDC_CLIENT_ID: v.optional(v.string()),
  /** What the page asks for; `offline_access` for sessions that are renewed. */
  OIDC_SCOPE: v.optional(v.string(), 'openid profile email offline_access'),
  /** The claim that says who somebody is; a path such as `realm_access.roles` leads into one. */
  OIDC_SUBJECT_CLAIM: v.optional(v.string(), 'sub'),
  /** Likewise which role they have. */
  OIDC_ROLE_CLAIM: v.optional(v.string(), 'role'),
  /** Likewise which accounts pay for their jobs. */
  OIDC_ACCOUNTS_CLAIM: v.optional(v.string(), 'accounts'),
  /** Which pages of other sites may ask, such as `https://a.example, https://b.example:8443`. Our own always may. */
  ALLOWED_ORIGINS: v.optional(origins, ''),
  /** The proxies that stand before this, whose word of whom they ask for is taken. Without any, nobody's is. */
  TRUSTED_PROXIES: v.optional(networks, ''),
  /** `persisted`: only documents of our own clients are answered, which are known when this is built. */
  ALLOWED_DOCUMENTS: v.optional(v.picklist(['any', 'persisted'], 'must be any or persisted'), 'any'),
  /** Whether the schema is for everybody to read. By default not in production. */
  INTROSPECTION: v.optional(flag),
  /** `production` keeps the schema and what went wrong inside. */
  NODE_ENV: v.optional(v.string()),
  /** What each principal may ask for in a second, in values of `operationCost`, 1,000 being the least. 0: no limit. */
  RATE_PER_SECOND: v.optional(wholeNumber(0, 1_000_000_000), '5000000'),
  /** And at once, likewise. */
  RATE_BURST: v.optional(wholeNumber(1, 1_000_000_000), '50000000'),
  /** How many sockets and streams of events each principal may have open at this gateway. */
  CONNECTIONS_PER_PRINCIPAL: v.optional(wholeNumber(1, 1_000_000), '100'),
  /** And how many subscriptions, over all of them. */
  SUBSCRIPTIONS_PER_PRINCIPAL: v.optional(wholeNumber(1, 1_000_000), '500'),
  /** Where records of the audit log wait on disk until NATS has them, for this gateway alone; else in memory alone. */
  AUDIT_FILE: v.optional(v.string()),
  /** The folder of the built page; without it there is no page. */
  WEB_DIR: v.optional(v.string()),
  /** True where the gateway is ready only once a worker is online. */
  HEALTH_NEEDS_WORKER: v.optional(flag, 'false'),
  /** True where the process ends when its standard input closes. */
  EXIT_WITH_PARENT: v.optional(flag, 'false'),
})

export type GatewayConfig = v.InferOutput<typeof settings>

/** Whether clients may read the schema. */
export function allowsIntrospection({
  INTROSPECTION,
  NODE_ENV,
}: Pick<GatewayConfig, 'INTROSPECTION' | 'NODE_ENV'>): boolean {
  return INTROSPECTION ?? NODE_ENV !== 'production'
}

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/')
  const longest = isIP(address) === 6 ? 128 : 32
  return (
    isIP(address) !== 0 &&
    rest.length === 0 &&
    (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= longest))
  )
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text
}
