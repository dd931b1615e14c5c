// How far a client has come, as it is given with each result and taken as `after`. Opaque to clients.
import * as v from 'valibot'
import type { Place } from '../feeds/place.ts'

export interface Cursor extends Place {
  /** The newest version of the job that the client was told of; for lists 0. */
  version: number
}

export function writeCursor({ stream, seq }: Place, version = 0): string {
  return Buffer.from(`${stream}.${seq}.${version}`).toString('base64url')
}

const FORM = /^([0-9a-z]{1,16})\.(\d{1,15})\.(\d{1,10})$/
const MAX_LENGTH = 64

/** What `writeCursor` has written. */
export const cursor = v.pipe(
  v.string(),
  v.maxLength(MAX_LENGTH, 'must be the extensions.cursor of a result'),
  v.transform((text) => FORM.exec(Buffer.from(text, 'base64url').toString('latin1'))),
  v.check((found) => found !== null, 'must be the extensions.cursor of a result'),
  v.transform((found): Cursor => ({ stream: found?.[1] ?? '', seq: Number(found?.[2]), version: Number(found?.[3]) })),
)
