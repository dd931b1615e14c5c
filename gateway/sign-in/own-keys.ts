// The public keys of the stack's own issuer, in a file that is read again when it changes.
import { readFile, stat } from 'node:fs/promises'
import type { Logger } from '@constellation/platform/log.ts'
import { createLocalJWKSet, errors } from 'jose'
import type { IssuerKeys } from './verify-token.ts'

/** The file of keys is looked at no more often than this, in milliseconds. */
const LOOK_AGAIN_MS = 1_000

/**
 * The keys in the file. `onChange` runs after other ones were read.
 * @throws Error where the file cannot be read
 */
export async function watchOwnKeys(file: string, log: Logger, onChange: () => void): Promise<IssuerKeys> {
  let version = await versionOf(file)
  let keySet = await readKeys(file)
  let lookedAt = Date.now()

  /** Reads the file again where it has changed. A damaged file is logged, and the keys stay as they were. */
  async function refresh({ now = false } = {}): Promise<void> {
    if (!now && Date.now() - lookedAt < LOOK_AGAIN_MS) return
    lookedAt = Date.now()
    try {
      const present = await versionOf(file)
      if (present === version) return
      keySet = await readKeys(file)
      version = present
      onChange()
    } catch (error) {
      log.error({ err: error }, 'could not read the keys of tokens again')
    }
  }

  return {
    refresh,
    async find(header, token) {
      try {
        return await keySet(header, token)
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
      }
      // The key may have been added since the file was last looked at.
      await refresh({ now: true })
      return await keySet(header, token)
    },
  }
}

async function versionOf(file: string): Promise<string> {
  const { ino, size, mtimeMs } = await stat(file)
  return `${ino} ${size} ${mtimeMs}`
}

async function readKeys(file: string) {
  return createLocalJWKSet(JSON.parse(await readFile(file, 'utf8')))
}
