// Links by which a file may be fetched without a token, for a time: whoever has one has the file.
import { createHmac, timingSafeEqual } from 'node:crypto'

/** A link that was made now holds so long, or until the file is removed. */
const LINK_MS = 15 * 60_000

/** A link to an export's file. */
export type SignLink = (id: string, expiresAt: Date) => { path: string; expiresAt: Date }
/** Whether it is a link of ours that still holds; `expires` is in seconds since 1970. */
export type CheckLink = (id: string, expires: string, signature: string, now?: number) => boolean

/** Signs links, and checks them, with a key that is made of `secret` for nothing else. */
export function createLinks(secret: string): { sign: SignLink; check: CheckLink } {
  const key = createHmac('sha256', secret).update('links to usage exports').digest()
  const signatureOf = (id: string, expires: string) => createHmac('sha256', key).update(`${id}.${expires}`).digest()
  return {
    sign(id, expiresAt) {
      const until = Math.floor(Math.min(Date.now() + LINK_MS, expiresAt.getTime()) / 1000)
      const signature = signatureOf(id, String(until)).toString('base64url')
      return {
        path: `/usage/exports/${id}/file?expires=${until}&signature=${signature}`,
        expiresAt: new Date(until * 1000),
      }
    },
    check(id, expires, signature, now = Date.now()) {
      const given = Buffer.from(signature, 'base64url')
      const expected = signatureOf(id, expires)
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false
      return /^\d{1,12}$/.test(expires) && Number(expires) * 1000 > now
    },
  }
}
