// What is wrong with each simulated GPU: what the file of faults says, from the worker's earlier lives on.
import * as v from 'valibot'
import { type DirectoryWatch, watchDirectory } from '../runs/watch-directory.ts'
import { type Ailment, afflict, NO_AILMENT } from './ailment.ts'
import { fault as faultWord } from './fault.ts'
import { appendFault, type FaultLine, faultLogPath, faultReader } from './fault-log.ts'
import { openHints } from './hints.ts'
import type { GpuInfo, GpuProvider } from './provider.ts'
import type { DueFault } from './simulated-demand.ts'

export interface SimulatedFaults {
  of(uuid: string): Ailment
  /** True once after a GPU was healed. */
  wasReset(uuid: string): boolean
  /** Lets happen what has not happened yet of these. */
  bring(due: readonly DueFault[]): Promise<void>
  /** Takes note of what the file says by now. */
  look(): Promise<void>
  onEvent: GpuProvider['onEvent']
  close(): Promise<void>
}

/** Without a `home`, or where it cannot be written to, faults last as long as this process. */
export function openFaults(gpus: readonly GpuInfo[], home: string | null): SimulatedFaults {
  const path = home === null ? undefined : faultLogPath(home)
  const read = path === undefined ? async () => [] : faultReader(path)
  const watch = home === null ? undefined : watchDirectory(home)
  const state = newState(gpus)
  const hints = openHints()
  let first = true
  let looking: Promise<void> = Promise.resolve()
  const look = () => {
    looking = looking.then(async () => {
      // A file that cannot be read says nothing new.
      for (const line of await read().catch(() => [])) take(state, line, first ? undefined : hints.tell)
      first = false
    })
    return looking
  }
  const bring = async ({ uuid, word, cause }: DueFault) => {
    if (state.causes.has(cause)) return
    state.causes.add(cause)
    const line = { gpu: uuid, fault: word, cause }
    const written = path !== undefined && (await appendFault(path, line).then(...YES_OR_NO))
    if (!written) take(state, { ...line, fault: v.parse(faultWord, word) }, hints.tell)
  }
  const stopped = new AbortController()
  const watching = watch && follow(watch, look, stopped.signal)
  return {
    of: (uuid) => state.ailments.get(uuid) ?? NO_AILMENT,
    wasReset: (uuid) => state.reset.delete(uuid),
    bring: async (due) => {
      await look()
      for (const fault of due) await bring(fault)
      if (due.length > 0) await look()
    },
    look,
    onEvent: hints.onEvent,
    close: async () => {
      stopped.abort()
      watch?.close()
      await watching
    },
  }
}

const YES_OR_NO = [() => true, () => false] as const

interface State {
  /** By UUID, and by index for those who type one. */
  uuids: ReadonlyMap<string, string>
  ailments: Map<string, Ailment>
  /** Those that were healed, until that is told. */
  reset: Set<string>
  /** The faults of runs that have happened. */
  causes: Set<string>
}

function newState(gpus: readonly GpuInfo[]): State {
  return {
    uuids: new Map(gpus.flatMap(({ uuid, index }) => [[uuid, uuid] as const, [String(index), uuid] as const])),
    ailments: new Map(),
    reset: new Set(),
    causes: new Set(),
  }
}

/** Lets a fault happen. One that happened in an earlier life is not told of again. */
function take(state: State, { gpu, fault, cause }: FaultLine, tell: ReturnType<typeof openHints>['tell'] | undefined) {
  const uuid = state.uuids.get(gpu)
  if (uuid === undefined) return
  if (cause !== undefined) state.causes.add(cause)
  if (fault.kind === 'heal') state.reset.add(uuid)
  else state.reset.delete(uuid)
  state.ailments.set(uuid, afflict(state.ailments.get(uuid) ?? NO_AILMENT, fault))
  tell?.(fault.kind === 'xid' ? { type: 'xid', uuid, code: fault.code, at: Date.now() } : { type: 'look' })
}

/** Looks after each change of the directory, until the watch is closed. */
async function follow(watch: DirectoryWatch, look: () => Promise<void>, stopped: AbortSignal): Promise<void> {
  while (!stopped.aborted) {
    const change = watch.next()
    await look()
    await change
  }
}
