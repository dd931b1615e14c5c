// What has happened to GPUs and was not heard by the server yet. Pure.
import type { GpuHealthInput } from './generated/documents.ts'

/** An XID, or that a GPU was reset. */
export interface Happening {
  /** Counts up: later ones have larger numbers. */
  seq: number
  uuid: string
  /** The run that held the GPU. */
  runId: string | null
  /** `at` is in milliseconds since 1970. */
  what: { xid: number; at: number } | 'reset'
}

/** The part of a report that tells of happenings. */
export type Portion = Pick<GpuHealthInput, 'xids' | 'wasReset'> & { runId: string | null; lastSeq: number }

/** How many of one GPU are kept: as many as a report holds. */
const MOST = 64

/** With one more. Where there are too many of a GPU, the oldest of a kind that came again goes, or else the oldest. */
export function addHappening(unheard: readonly Happening[], happening: Happening): Happening[] {
  const all = [...unheard, happening]
  const ofGpu = all.filter(({ uuid }) => uuid === happening.uuid)
  if (ofGpu.length <= MOST) return all
  const repeated = ofGpu.find((one, i) => ofGpu.slice(i + 1).some((other) => kind(other) === kind(one)))
  const dropped = repeated ?? ofGpu[0]
  return all.filter((one) => one !== dropped)
}

/** What happened to one GPU, oldest first, so divided that each part has one run, and begins where there was a reset. */
export function portionsOf(unheard: readonly Happening[], uuid: string): Portion[] {
  const portions: Portion[] = []
  for (const { seq, runId, what, ...happening } of unheard) {
    if (happening.uuid !== uuid) continue
    const last = portions.at(-1)
    if (what === 'reset') {
      portions.push({ runId, xids: [], wasReset: true, lastSeq: seq })
    } else {
      const xid = { code: what.xid, at: new Date(what.at).toISOString() }
      // What came before a reset must not be told with it, nor what came after.
      if (last && !last.wasReset && last.runId === runId) portions.splice(-1, 1, add(last, xid, seq))
      else portions.push({ runId, xids: [xid], wasReset: false, lastSeq: seq })
    }
  }
  return portions
}

function add(portion: Portion, xid: Portion['xids'][number], lastSeq: number): Portion {
  return { ...portion, xids: [...portion.xids, xid], lastSeq }
}

function kind({ what }: Happening): number | 'reset' {
  return what === 'reset' ? what : what.xid
}
