// The same refusal again and again is one record: told of at once, and then how often more within each minute.
import type { AuditRecord } from '@constellation/platform/events/audit-record.ts'

const PERIOD_MS = 60_000
/** Different refusals within a minute; all others of it are one, of nobody in particular. */
const MOST_KINDS = 1_000

/** A refusal before it has an id and a time. */
export type Refusal = Omit<AuditRecord, 'id' | 'at' | 'count' | 'outcome'>

interface MergedRefusals {
  add(refusal: Refusal): void
  /** Tells of what was counted and not told of. */
  flush(): void
}

const OTHERS: Refusal = {
  who: null,
  role: null,
  address: null,
  via: 'http',
  action: 'various',
  targets: [],
  arguments: {},
  error: null,
  requestId: '',
}

/** `flush` must be called every `PERIOD_MS`. */
export function mergeRefusals(tell: (refusal: Refusal, count: number) => void, mostKinds = MOST_KINDS): MergedRefusals {
  const kinds = new Map<string, { refusal: Refusal; untold: number }>()
  return {
    add(refusal) {
      const key = keyOf(refusal)
      const known = kinds.get(key)
      if (known) {
        known.untold += 1
      } else if (kinds.size < mostKinds) {
        kinds.set(key, { refusal, untold: 0 })
        tell(refusal, 1)
      } else {
        const others = kinds.get('') ?? { refusal: OTHERS, untold: 0 }
        others.untold += 1
        kinds.set('', others)
      }
    },
    flush() {
      for (const { refusal, untold } of kinds.values()) if (untold > 0) tell(refusal, untold)
      kinds.clear()
    },
  }
}

function keyOf({ who, role, address, via, action, error }: Refusal): string {
  return JSON.stringify([who, role, address, via, action, error])
}

export { PERIOD_MS as MERGE_PERIOD_MS }
