// Records that wait, so many at most: the oldest refusal goes first, and a change only where nothing else waits.
import type { AuditRecord } from '@constellation/platform/audit-record.ts'

const MOST = 10_000
/** How often it is said that records were lost, in records. */
const SAY_EACH = 1_000

export interface Waiting {
  put(record: AuditRecord): void
  /** The oldest. */
  first(count: number): AuditRecord[]
  remove(records: readonly AuditRecord[]): void
  size(): number
}

/** `onLoss` hears how many were lost so far: of the first, and now and then. */
export function createWaiting(onLoss: (lost: number) => void, most = MOST): Waiting {
  // Both in the order in which they came, as a Set keeps it.
  const all = new Set<AuditRecord>()
  const refusals = new Set<AuditRecord>()
  let lost = 0

  function drop(): void {
    const [oldest] = refusals.size > 0 ? refusals : all
    if (!oldest) return
    all.delete(oldest)
    refusals.delete(oldest)
    if (lost % SAY_EACH === 0) onLoss(lost + 1)
    lost += 1
  }

  return {
    put(record) {
      all.add(record)
      if (record.outcome === 'refused') refusals.add(record)
      if (all.size > most) drop()
    },
    first(count) {
      const oldest: AuditRecord[] = []
      for (const record of all) {
        if (oldest.length === count) break
        oldest.push(record)
      }
      return oldest
    },
    remove(records) {
      for (const record of records) {
        all.delete(record)
        refusals.delete(record)
      }
    },
    size: () => all.size,
  }
}
