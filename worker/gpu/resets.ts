// Which cards were reset, or had their driver loaded anew, since they were last looked at, a worker's earlier lives
// included: a counter of energy that has fallen, another boot, or an answer from a card that was lost.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { writeJson } from '../shim/files.ts'

const marks = v.object({
  bootId: v.nullable(v.string()),
  /** By UUID. */
  cards: v.record(v.string(), v.object({ lost: v.boolean(), energyJoules: v.nullable(v.number()) })),
})
type Marks = v.InferOutput<typeof marks>

/** How a card is. */
export interface Card {
  uuid: string
  lost: boolean
  /** Since the driver was loaded; null where it is not known. */
  energyJoules: number | null
}

const NO_MARKS: Marks = { bootId: null, cards: {} }
/** A counter that grows all the time need not be on the disk each time. */
const NOTE_MS = 30_000

/** Pure. `before` is what was known. */
export function resetsSince(before: Marks, now: Marks): string[] {
  const booted = before.bootId !== null && now.bootId !== null && before.bootId !== now.bootId
  return Object.entries(now.cards).flatMap(([uuid, card]) => {
    const known = before.cards[uuid]
    if (!known || card.lost) return []
    const counter = [known.energyJoules, card.energyJoules] as const
    const fell = counter[0] !== null && counter[1] !== null && counter[1] < counter[0]
    return known.lost || booted || fell ? [uuid] : []
  })
}

export interface Resets {
  /** Notes how these cards are now. */
  see(cards: readonly Card[]): void
  /** The driver was loaded anew, and every card with it. */
  loadedAnew(): void
  /** Those of these cards, by UUID, that were reset since this was asked before. */
  take(uuids: readonly string[]): ReadonlySet<string>
  /** Resolves when what was seen is written down. */
  written(): Promise<void>
}

/** `clock` is in milliseconds. What cannot be written down is known as long as this process lives. */
export function openResets(home: string | null, clock: () => number): Resets {
  const path = home === null ? undefined : join(home, 'gpu-marks.json')
  const bootId = readText('/proc/sys/kernel/random/boot_id')?.trim() ?? null
  const untold = new Set<string>()
  let known = readMarks(path)
  let notedAt = Number.NEGATIVE_INFINITY
  let writing: Promise<void> = Promise.resolve()
  return {
    see: (cards) => {
      const before = known
      known = marksWith(before, bootId, cards)
      for (const uuid of resetsSince(before, known)) untold.add(uuid)
      const changed = cards.some(({ uuid, lost }) => before.cards[uuid]?.lost !== lost)
      if (path === undefined || (!changed && clock() - notedAt < NOTE_MS)) return
      notedAt = clock()
      const noted = known
      writing = writing.then(() => writeJson(path, noted)).catch(() => undefined)
    },
    loadedAnew: () => {
      for (const uuid of Object.keys(known.cards)) untold.add(uuid)
    },
    take: (uuids) => new Set(uuids.filter((uuid) => untold.delete(uuid))),
    written: () => writing,
  }
}

/** A counter that is not known now is as it was. */
function marksWith(before: Marks, bootId: string | null, cards: readonly Card[]): Marks {
  const now = cards.map(({ uuid, lost, energyJoules }) => {
    return [uuid, { lost, energyJoules: energyJoules ?? before.cards[uuid]?.energyJoules ?? null }] as const
  })
  return { bootId, cards: { ...before.cards, ...Object.fromEntries(now) } }
}

function readMarks(path: string | undefined): Marks {
  try {
    const text = path === undefined ? undefined : readText(path)
    const result = v.safeParse(marks, text === undefined ? undefined : JSON.parse(text))
    return result.success ? result.output : NO_MARKS
  } catch {
    return NO_MARKS
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
