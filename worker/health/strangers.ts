// Processes on a GPU that belong to no run, as they are told to the gpus service.
import { basename } from 'node:path'
import { uptimeMs } from '../clock.ts'
import type { StrangerInput } from '../generated/documents.ts'
import type { Run } from '../worker.ts'
import type { GpuUser } from './gpu-users.ts'

const MOST = 64
const MPS_SERVER = 'nvidia-cuda-mps-server'
const LONGEST_NAME = 256
/** In this time after it began or ended, what a run has on a GPU may not be known as its own. */
const UNCLEAR_MS = 10_000

/** What is known of one GPU. */
interface Place {
  uuid: string
  /** The run that holds it. */
  run: Run | undefined
  /** When a run let go of it: an instant of `uptimeMs`. */
  freedAt: number | undefined
  /** The strangers that were there before. */
  known: readonly StrangerInput[]
}

/** The strangers among those who use the GPU; about the beginning and the end of a run, nobody new is accused. */
export function strangersAmong(users: readonly GpuUser[], place: Place): StrangerInput[] {
  const known = new Set(place.known.map(({ pid }) => pid))
  const clear = isClear(place)
  return users
    .filter((user) => user.uuid === place.uuid && user.owner === 'stranger' && !isHarmless(user))
    .filter(({ pid }) => pid > 0 && (clear || known.has(pid)))
    .slice(0, MOST)
    .map(({ pid, name, memoryMb }) => ({ pid, name: name?.slice(0, LONGEST_NAME).toWellFormed() ?? null, memoryMb }))
}

/** A desktop's takes next to nothing, and a server of NVIDIA's works for those who compute through it. */
function isHarmless({ drawsOnly = false, name }: GpuUser): boolean {
  return drawsOnly || basename(name ?? '') === MPS_SERVER
}

function isClear({ run, freedAt = -Infinity }: Place): boolean {
  if (uptimeMs() - freedAt < UNCLEAR_MS) return false
  return !run || (run.begunAt !== undefined && Date.now() - run.begunAt >= UNCLEAR_MS)
}
