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
  TOKEN_ISSUER: v.optional(v.string(), 'constellation-local'),
  TOKEN_AUDIENCE: v.optional(v.string(), 'constellation'),
  /** The composed graph; taken again when the file changes. The committed one if left out. */
  SUPERGRAPH_FILE: v.optional(v.string()),
  /** The folder of the built page; without it there is no page. */
  WEB_DIR: v.optional(v.string()),
  /** True where the gateway is ready only once a worker is online. */
  HEALTH_NEEDS_WORKER: v.optional(flag, 'false'),
  /** True where the process ends when its standard input closes. */
  EXIT_WITH_PARENT: v.optional(flag, 'false'),
})

export type GatewayConfig = v.InferOutput<typeof settings>
