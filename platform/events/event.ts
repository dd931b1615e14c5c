// What all messages of the services have in common.
import * as v from 'valibot'
import { readInstant } from '../instants.ts'

/** Of every event: who has seen its id knows it, and `ts` is when it happened. */
export const common = { id: v.string(), ts: v.string() }

/** A time as the services write it. */
export const instant = v.pipe(
  v.string(),
  v.check((text) => readInstant(text) !== null, 'is no instant'),
)

/** A service counts its events: of two about the same thing, the higher number is the newer one. The id is `gpus-17`. */
export function eventNumber(id: string): number {
  const number = Number(id.slice(id.lastIndexOf('-') + 1))
  if (!Number.isSafeInteger(number)) throw new Error(`${id} is no id of an event.`)
  return number
}
