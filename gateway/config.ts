// What the gateway reads from the environment.
import { flag, port, serviceSettings, url } from '@constellation/platform/config.ts'
import * as v from 'valibot'

export const settings = v.object({
  ...serviceSettings,
  PORT: v.optional(port, '4000'),
  /** Where each subgraph answers, without a path: `http://127.0.0.1:4001`. */
  JOBS_URL: url,
  GPUS_URL: url,
  USAGE_URL: url,
  /** The public keys that tokens are checked with; read again when the file changes. */
  JWKS_FILE: v.string(),
  /** The private key of that issuer, where workers elsewhere are to get their tokens here. */
  WORKER_TOKEN_KEY_FILE: v.optional(v.string()),
  TOKEN_ISSUER: v.optional(v.string(), 'constellation-local'),
  TOKEN_AUDIENCE: v.optional(v.string(), 'constellation'),
  /** The OIDC issuer that people sign in with, beside the stack's own: as its tokens name it. */
  OIDC_ISSUER: v.optional(url),
  /** What its tokens must be meant for: the client, where nothing else is said. */
  OIDC_AUDIENCE: v.optional(v.string()),
  /** The page's client id there; without it nobody signs in by the page. */
  OIDC_CLIENT_ID: v.optional(v.string()),
  /** What the page asks for; `offline_access` for sessions that are renewed. */
  OIDC_SCOPE: v.optional(v.string(), 'openid profile email offline_access'),
  /** The claims that say who somebody is; a path such as `realm_access.roles` leads into one. */
  OIDC_SUBJECT_CLAIM: v.optional(v.string(), 'sub'),
  OIDC_ROLE_CLAIM: v.optional(v.string(), 'role'),
  OIDC_ACCOUNTS_CLAIM: v.optional(v.string(), 'accounts'),
  /** The folder of the built page; without it there is no page. */
  WEB_DIR: v.optional(v.string()),
  /** True where the gateway is ready only once a worker is online. */
  HEALTH_NEEDS_WORKER: v.optional(flag, 'false'),
  /** True where the process ends when its standard input closes. */
  EXIT_WITH_PARENT: v.optional(flag, 'false'),
})

export type GatewayConfig = v.InferOutput<typeof settings>
