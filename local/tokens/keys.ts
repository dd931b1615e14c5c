// The stack's own issuer of tokens: a key pair in `<home>/issuer/`, of which the gateway reads the public half.
import { randomUUID } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import { createFileAtomically, writeFileAtomically } from '../write-file.ts'

export const ALGORITHM = 'ES256'

export interface Issuer {
  kid: string
  privateKey: CryptoKey
  publicKey: CryptoKey
  /** The file of public keys, for the gateway. */
  jwksFile: string
}

/**
 * The home's issuer; the first call makes its keys.
 * @throws Error where the key's file is not as it was written
 */
export async function loadIssuer(home: string): Promise<Issuer> {
  const folder = path.join(home, 'issuer')
  const privateFile = path.join(folder, 'private.jwk')
  const jwksFile = path.join(folder, 'jwks.json')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const jwk = (await readKey(privateFile)) ?? (await makeKey(privateFile))
  // Written each time, so that it always fits the private key.
  const { d: _private, ...publicJwk } = jwk
  await writeFileAtomically(jwksFile, `${JSON.stringify({ keys: [publicJwk] }, null, 2)}\n`, 0o600)
  return { kid: jwk.kid, privateKey: await importKey(jwk), publicKey: await importKey(publicJwk), jwksFile }
}

type KeyWithId = JWK & { kid: string }

async function readKey(file: string): Promise<KeyWithId | undefined> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  const jwk: JWK = JSON.parse(text)
  if (!jwk.kid || !jwk.d)
    throw new Error(`${file} is damaged. Remove it for a new key; every token made so far then ends.`)
  return { ...jwk, kid: jwk.kid }
}

async function makeKey(file: string): Promise<KeyWithId> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true })
  const jwk = { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: ALGORITHM, use: 'sig' }
  if (await createFileAtomically(file, `${JSON.stringify(jwk)}\n`, 0o600)) return jwk
  const other = await readKey(file) // Another process made one in the same moment.
  if (!other) throw new Error(`${file} was removed as it was made.`)
  return other
}

async function importKey(jwk: JWK): Promise<CryptoKey> {
  const key = await importJWK(jwk, ALGORITHM)
  if (key instanceof Uint8Array) throw new Error('The issuer has a symmetric key, which cannot be.')
  return key
}
