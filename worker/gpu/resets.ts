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
  /** The UUIDs of those of the cards that were reset since they were last seen. */
  see(cards: readonly Card[]): string[]
  /** Resolves when what was seen is written down. */
  written(): Promise<void>
}

/** `clock` is in milliseconds. What cannot be written down is known as long as this process lives. */
export function openResets(home: string | null, clock: () => number): Resets {
  const path = home === null ? undefined : join(home, 'gpu-marks.json')
  const bootId = readText('/proc/sys/kernel/random/boot_id')?.trim() ?? null
  let known = readMarks(path)
  let notedAt = Number.NEGATIVE_INFINITY
  let writing: Promise<void> = Promise.resolve()
  return {
    see: (cards) => {
      const now: Marks = { bootId, cards: { ...known.cards } }
      for (const { uuid, lost, energyJoules } of cards) {
        now.cards[uuid] = { lost, energyJoules: energyJoules ?? known.cards[uuid]?.energyJoules ?? null }
      }
      const reset = resetsSince(known, now)
      const changed = cards.some(({ uuid, lost }) => known.cards[uuid]?.lost !== lost)
      known = now
      if (path !== undefined && (changed || reset.length > 0 || clock() - notedAt >= NOTE_MS)) {
        notedAt = clock()
        writing = writing.then(() => writeJson(path, now)).catch(() => undefined)
      }
      return reset
    },
    written: () => writing,
  }
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
