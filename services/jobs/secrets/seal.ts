// Secrets as they are stored: AES-256-GCM, bound to the account and the name that they belong to.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const ALGORITHM = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Where a secret belongs; what was sealed for one place cannot be opened for another. */
export interface Place {
  account: string
  name: string
}

/** Nonce, text and tag in one. `key` has 32 bytes. */
export function seal(key: Buffer, place: Place, value: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(context(place))
  return Buffer.concat([nonce, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

/** @throws Error where it was sealed with another key, for another place, or was changed since */
export function unseal(key: Buffer, place: Place, sealed: Buffer): string {
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(context(place)).setAuthTag(sealed.subarray(-TAG_BYTES))
  const text = sealed.subarray(NONCE_BYTES, -TAG_BYTES)
  return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')
}

function context({ account, name }: Place): Buffer {
  return Buffer.from(JSON.stringify([account, name]))
}
