// Months that are no longer kept go out of the lake; the ledger has them still.
import type { Lake } from './fill.ts'
import { withLock } from './lock.ts'
import { readManifest } from './manifest.ts'
import { nextState, publish } from './publish.ts'
import { pull } from './share.ts'

/** Keeps the present month and so many before it; 0 keeps all. True where something has gone. */
export async function retire(lake: Lake, keepMonths: number, now = new Date()): Promise<boolean> {
  if (keepMonths === 0) return false
  const { directory, bucket } = lake
  const from = firstKept(keepMonths, now)
  const done = await withLock(lake, async () => {
    if (bucket) await pull(directory, bucket)
    const before = await readManifest(directory)
    // What has gone does not come back, however long things are to be kept from now on.
    if (before.version === 0 || (before.from !== undefined && before.from >= from)) return false
    const files = before.files.filter(({ day }) => day >= from)
    await publish(lake, { ...before, version: nextState(before).version, from, files }, [])
    return true
  })
  return done ?? false
}

function firstKept(months: number, now: Date): string {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1)).toISOString().slice(0, 10)
}

/** The instant from which on a lake is complete, of its first day; null where all is kept. */
export function firstInstant(day: string | null | undefined): string | null {
  return day == null ? null : `${day}T00:00:00.000Z`
}
