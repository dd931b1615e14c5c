// Records that wait, so many at most: the oldest refusal goes first, and a change only where nothing else waits.
import type { AuditRecord } from '@constellation/platform/events/audit-record.ts'

/** At most so many, and so much text, in UTF-16 units: what waits is held in memory. */
interface WaitingLimits {
  records: number
  text: number
}

const LIMITS: WaitingLimits = { records: 10_000, text: 64 * 2 ** 20 }
/** How often it is said that records were lost, in records. */
const SAY_EACH = 1_000

/** A record that is to be sent. */
export interface Unsent {
  id: string
  isRefusal: boolean
  /** Its JSON. */
  text: string
}

export interface Waiting {
  put(unsent: Unsent): void
  /** The oldest. */
  first(count: number): Unsent[]
  has(unsent: Unsent): boolean
  remove(unsent: readonly Unsent[]): void
  size(): number
}

/** The record as it waits. */
export function toUnsent(record: AuditRecord): Unsent {
  return { id: record.id, isRefusal: record.outcome === 'refused', text: JSON.stringify(record) }
}

/** `onLoss` hears how many were lost so far: of the first, and now and then. */
export function createWaiting(onLoss: (lost: number) => void, limits = LIMITS): Waiting {
  // Both in the order in which they came, as a Set keeps it.
  const all = new Set<Unsent>()
  const refusals = new Set<Unsent>()
  let text = 0
  let lost = 0

  function drop(): void {
    const [oldest] = refusals.size > 0 ? refusals : all
    if (!oldest) return
    remove(oldest)
    if (lost % SAY_EACH === 0) onLoss(lost + 1)
    lost += 1
  }

  function remove(unsent: Unsent): void {
    if (all.delete(unsent)) text -= unsent.text.length
    refusals.delete(unsent)
  }

  return {
    put(unsent) {
      all.add(unsent)
      if (unsent.isRefusal) refusals.add(unsent)
      text += unsent.text.length
      while (all.size > limits.records || text > limits.text) drop()
    },
    first(count) {
      const oldest: Unsent[] = []
      for (const unsent of all) {
        if (oldest.length === count) break
        oldest.push(unsent)
      }
      return oldest
    },
    has: (unsent) => all.has(unsent),
    remove: (unsent) => unsent.forEach(remove),
    size: () => all.size,
  }
}
