// Tokens of the stack's own issuer: who the bearer is, and which accounts may pay for them.
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Role } from '@constellation/platform/identity.ts'
import { jwtVerify, SignJWT } from 'jose'
import { writeFileAtomically } from '../write-file.ts'
import { ALGORITHM, type Issuer } from './keys.ts'

export const TOKEN_ISSUER = 'constellation-local'
const TOKEN_AUDIENCE = 'constellation'

export interface TokenContent {
  subject: string
  role: Role
  accounts: readonly string[]
  /** How long the token holds, in seconds. */
  ttlSeconds: number
}

const DAY_SECONDS = 86_400
/** The administrator's token is made anew when it has less than this left, in seconds. */
const RENEW_BELOW_SECONDS = 30 * DAY_SECONDS

/** A signed token. */
export function mintToken(issuer: Issuer, content: TokenContent): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({ role: content.role, accounts: content.accounts })
    .setProtectedHeader({ alg: ALGORITHM, kid: issuer.kid, typ: 'JWT' })
    .setIssuer(TOKEN_ISSUER)
    .setAudience(TOKEN_AUDIENCE)
    .setSubject(content.subject)
    .setIssuedAt(now)
    .setExpirationTime(now + content.ttlSeconds)
    .setJti(randomUUID())
    .sign(issuer.privateKey)
}

/** The administrator's token in `<home>/admin.token`, made anew when it does not hold for another month. */
export async function adminToken(home: string, issuer: Issuer): Promise<string> {
  const file = path.join(home, 'admin.token')
  const existing = await readToken(file)
  if (existing && (await holds(issuer, existing))) return existing
  const ttlSeconds = 365 * DAY_SECONDS
  const token = await mintToken(issuer, { subject: 'admin', role: 'admin', accounts: ['default'], ttlSeconds })
  await writeFileAtomically(file, `${token}\n`, 0o600)
  return token
}

async function readToken(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

async function holds(issuer: Issuer, token: string): Promise<boolean> {
  try {
    const { payload } = await jwtVerify(token, issuer.publicKey, {
      algorithms: [ALGORITHM],
      issuer: TOKEN_ISSUER,
      audience: TOKEN_AUDIENCE,
      requiredClaims: ['exp', 'sub'],
    })
    return (payload.exp ?? 0) - Date.now() / 1000 > RENEW_BELOW_SECONDS
  } catch {
    return false // Expired, of another key, or damaged: a new one takes its place.
  }
}
