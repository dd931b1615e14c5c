// From a report and what is known of a GPU to what changes: pure.
import type { NewFault } from '../sql/faults.ts'
import type { FaultKind, Severity } from '../state.ts'
import { judgeLevels, judgeXid, LEVEL_KINDS, type LevelKind, type Levels, type Reading } from './policy.ts'

/** An XID that a worker has heard of; `at` is its clock's. */
export interface Xid {
  code: number
  at: string
}

/** What a worker says of one GPU. */
export interface Report extends Levels {
  xids: readonly Xid[]
  wasReset: boolean
}

/** A fault that stands, as far as it matters here. */
export interface KnownFault {
  id: string
  kind: FaultKind
  xid: number | null
  severity: Severity
  message: string
}

/** A fault to be opened, or to be counted where it stands. */
export interface Raised extends Omit<NewFault, 'gpuId' | 'runId'> {
  /** False where it stood before. */
  isNew: boolean
}

export interface Changes {
  raise: Raised[]
  /** XIDs of no consequence. */
  note: Raised[]
  clear: { id: string; by: string }[]
  /** Why all XIDs that stand are cleared, those of this report included; null where they are not. */
  clearXids: string | null
  /** What is to be known as heard from now on. */
  heard: Xid[]
}

/** A repeated report holds at most what one report may; older ones never come again. */
const HEARD_KEPT = 128

/** What a report changes, given the GPU's faults that stand and the XIDs that were heard of it last. */
export function assess(report: Report, standing: readonly KnownFault[], heard: readonly Xid[], now: Date): Changes {
  const fresh = unheard(report.xids, heard)
  const xids = countXids(fresh, standing, now)
  const readings = judgeLevels(report)
  const levels = LEVEL_KINDS.map((kind) => compare(kind, readings[kind], standing, now))
  const raise = [...xids.filter(({ severity }) => severity !== 'note'), ...levels.flatMap(({ raise }) => raise)]
  const clear = levels.flatMap(({ clear }) => clear)
  const isWell = !ailing(standing, raise, clear)
  return {
    raise,
    note: xids.filter(({ severity }) => severity === 'note'),
    clear,
    clearXids: report.wasReset && isWell ? 'It was reset, and all is well since.' : null,
    heard: [...heard, ...fresh].slice(-HEARD_KEPT),
  }
}

/** False for most reports: they say again what is known. */
export function changesAnything({ raise, note, clear, clearXids }: Changes): boolean {
  return raise.length + note.length + clear.length > 0 || clearXids !== null
}

function unheard(xids: readonly Xid[], heard: readonly Xid[]): Xid[] {
  const known = new Set(heard.map(keyOf))
  const fresh = new Map(xids.filter((xid) => !known.has(keyOf(xid))).map((xid) => [keyOf(xid), xid]))
  return [...fresh.values()]
}

function keyOf({ code, at }: Xid): string {
  return `${code} ${at}`
}

/** One fault for each code, counted. */
function countXids(xids: readonly Xid[], standing: readonly KnownFault[], now: Date): Raised[] {
  return [...Map.groupBy(xids, ({ code }) => code)].map(([code, all]) => {
    // A worker whose clock is ahead tells of no fault in times to come.
    const times = all.map(({ at }) => Math.min(Date.parse(at), now.getTime()))
    return {
      kind: 'xid',
      xid: code,
      ...judgeXid(code),
      firstAt: new Date(Math.min(...times)),
      lastAt: new Date(Math.max(...times)),
      count: all.length,
      isNew: !standing.some(({ xid }) => xid === code),
    }
  })
}

/** One signal held against the fault that stands of it. */
function compare(
  kind: LevelKind,
  reading: Reading,
  standing: readonly KnownFault[],
  now: Date,
): Pick<Changes, 'raise' | 'clear'> {
  const known = standing.find((fault) => fault.kind === kind)
  if (reading === 'unclear') return { raise: [], clear: [] }
  if ('good' in reading) return { raise: [], clear: known ? [{ id: known.id, by: reading.good }] : [] }
  const common = { kind, xid: null, firstAt: now, lastAt: now, count: 1 }
  if (!known) return { raise: [{ ...common, ...reading, isNew: true }], clear: [] }
  const isWorse = known.severity === 'drain' && reading.severity === 'fatal'
  // A temperature says something else each time, and is told of again only when it is worse.
  const isSame = kind === 'temperature' || known.message === reading.message
  if (isSame && !isWorse) return { raise: [], clear: [] }
  const severity = isWorse ? reading.severity : known.severity
  return { raise: [{ ...common, ...reading, severity, isNew: isWorse }], clear: [] }
}

/** True where anything but XIDs is wrong with the hardware. Strangers say nothing of it. */
function ailing(standing: readonly KnownFault[], raise: readonly Raised[], clear: Changes['clear']): boolean {
  const cleared = new Set(clear.map(({ id }) => id))
  return [...standing.filter(({ id }) => !cleared.has(id)), ...raise].some(
    ({ kind }) => kind !== 'xid' && kind !== 'strangers',
  )
}
