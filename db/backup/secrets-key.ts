// By what a key is recognised that is no part of a backup.
import { createHmac } from 'node:crypto'

/**
 * Tells whether two keys are the same, and nothing else of them: a key has 256 random bits, so none can be guessed.
 * @param key in hexadecimal digits, as SECRETS_KEY
 */
export function recogniseKey(key: string): string {
  return createHmac('sha256', Buffer.from(key, 'hex')).update('constellation backup').digest('hex').slice(0, 16)
}
