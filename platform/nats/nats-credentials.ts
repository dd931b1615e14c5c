// Credentials of NATS's own kind: a user's JWT, signed by the key of an account, and the user's key, which proves at each
// connection that the JWT is theirs. A URL of NATS carries both in the place of a password: `<JWT>.<key>`.
import { randomBytes } from 'node:crypto'
import { nkeys } from '@nats-io/transport-node'

/** Subjects, with the wildcards of NATS. Without `allow` all of them. */
export interface NatsPermissions {
  publish: { allow?: readonly string[]; deny?: readonly string[] }
  subscribe: { allow?: readonly string[]; deny?: readonly string[] }
}

/** What a user of NATS shows. */
export interface NatsCredentials {
  jwt: string
  /** The user's key, which begins with `SU`. */
  seed: string
}

interface NewUser {
  name: string
  /** Left out where the signing key's own scope says what its users may. */
  permissions?: NatsPermissions
  /** The account's public key, where another key signs for it. */
  account?: string
  /** In milliseconds since 1970; without it, never. */
  expiresAt?: number
}

/** A new user with a new key, signed by the seed of an account or of one of its signing keys. */
export function makeNatsUser(signerSeed: string, { name, permissions, account, expiresAt }: NewUser): NatsCredentials {
  const user = nkeys.createUser()
  const jwt = signNatsJwt(signerSeed, {
    name,
    sub: user.getPublicKey(),
    ...(expiresAt !== undefined && { exp: Math.floor(expiresAt / 1_000) }),
    nats: {
      type: 'user',
      ...(account !== undefined && { issuer_account: account }),
      // With a scope these must be as if nobody had said anything.
      ...(account === undefined && { subs: -1, data: -1, payload: -1, ...toClaims(permissions) }),
    },
  })
  return { jwt, seed: Buffer.from(user.getSeed()).toString() }
}

/** Permissions as a JWT has them. */
export function toClaims(permissions: NatsPermissions | undefined) {
  return { pub: permissions?.publish ?? {}, sub: permissions?.subscribe ?? {} }
}

interface Claims {
  name: string
  /** A public key: whom it is about. */
  sub: string
  exp?: number
  nats: Readonly<Record<string, unknown>>
}

/** A JWT as NATS has them (https://github.com/nats-io/jwt), which no library of JOSE's algorithms signs. */
export function signNatsJwt(signerSeed: string, { nats, ...claims }: Claims): string {
  const signer = nkeys.fromSeed(Buffer.from(signerSeed))
  const about = { ...claims, iss: signer.getPublicKey(), iat: Math.floor(Date.now() / 1_000) }
  const payload = { ...about, jti: randomBytes(16).toString('hex'), nats: { ...nats, version: 2 } }
  const signed = `${toBase64url({ typ: 'JWT', alg: 'ed25519-nkey' })}.${toBase64url(payload)}`
  return `${signed}.${Buffer.from(signer.sign(Buffer.from(signed))).toString('base64url')}`
}

function toBase64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** The form in which a URL carries them as its password. */
export function toPassword({ jwt, seed }: NatsCredentials): string {
  return `${jwt}.${seed}`
}

/** What a password holds, or undefined where it is an ordinary one. */
export function fromPassword(password: string): NatsCredentials | undefined {
  const [, jwt, seed] = /^(eyJ[\w-]+\.[\w-]+\.[\w-]+)\.(SU[A-Z2-7]{56})$/.exec(password) ?? []
  return jwt !== undefined && seed !== undefined ? { jwt, seed } : undefined
}

/** The public key of a seed. */
export function publicKeyOf(seed: string): string {
  return nkeys.fromSeed(Buffer.from(seed)).getPublicKey()
}
