// The OIDC issuer that people sign in with, as the gateway's settings describe it.
import type { Logger } from '@constellation/platform/log.ts'
import type { GatewayConfig } from '../config.ts'
import { createDiscovery, type Discovery } from './discover.ts'
import type { OidcTimes } from './oidc-keys.ts'
import type { ClaimNames } from './read-claims.ts'

export interface Oidc {
  issuer: string
  /** What its tokens must be meant for. */
  audience: string
  /** The page's, where people sign in there. */
  clientId: string | undefined
  /** What the page asks for. */
  scope: string
  claims: ClaimNames
  discovery: Discovery
  /** Other times than the usual ones. */
  times?: Partial<OidcTimes>
}

/** The issuer of the settings, if they name one. It need not be there yet. */
export function openOidc(config: GatewayConfig, log: Logger): Oidc | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId } = config
  const audience = config.OIDC_AUDIENCE ?? clientId
  if (issuer === undefined) return undefined
  if (audience === undefined) throw new Error('OIDC_ISSUER needs OIDC_CLIENT_ID, OIDC_AUDIENCE or both.')
  const discovery = createDiscovery(issuer, log)
  // So that the page's first visitor finds it known; where it fails it is asked again when needed.
  discovery.read().catch(() => {})
  const claims = {
    subject: config.OIDC_SUBJECT_CLAIM,
    role: config.OIDC_ROLE_CLAIM,
    accounts: config.OIDC_ACCOUNTS_CLAIM,
  }
  return { issuer, audience, clientId, scope: config.OIDC_SCOPE, claims, discovery }
}
