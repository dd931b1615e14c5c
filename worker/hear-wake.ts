// Whether a wake-up is meant for this worker: of many, only a share is to ask for what waits.
import { wake } from '@constellation/platform/events/notices.ts'
import * as v from 'valibot'

/** What says nothing, or nothing that is understood, is meant for all. `random` is from 0 to 1. */
export function isMeant(text: string, random: () => number = Math.random): boolean {
  if (text === '') return true
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), wake), text)
  return !parsed.success || random() < parsed.output.share
}
