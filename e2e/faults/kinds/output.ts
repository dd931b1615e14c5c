// Faults of what runs print.
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Fault } from '../fault.ts'
import { watchMemory } from '../memory.ts'
import { processesOf } from '../processes.ts'
import { SECOND_WORKER } from '../second-worker.ts'
import { diskOfThisProcess, removeDisk } from '../sweep.ts'
import { flood } from './flood.ts'

/** What a part may grow by, in MiB, however much is printed. */
const FLAT_MB = 220

export const bigLog: Fault = {
  name: 'big-log',
  about: 'one job prints very much: the log is whole and memory stays flat',
  shape: { jobs: 4, spanMs: 500, mostBeats: 6 },
  cutsViews: false,
  async strike(scene) {
    const { rig, size } = scene
    const bytes = size === 'long' ? 1_000_000_000 : 20_000_000
    let run = ''
    const memory = watchMemory(() => ({
      jobs: rig.pid('jobs'),
      gateway: rig.pid('gateway'),
      worker: rig.pid('worker'),
      'worker-two': rig.pid('worker-two'),
      shim: run === '' ? undefined : processesOf(({ command }) => command.includes(`constellation-shim ${run}`))[0],
    }))
    await flood(scene, bytes, async (runId) => {
      run = runId
    })
    for (const [part, { first, most }] of Object.entries(memory.stop())) {
      scene.note(`${part} ${first} → ${most} MB`)
      if (most - first > FLAT_MB) {
        scene.found({ invariant: 'I7', what: `${bytes} bytes of output made ${part} grow by ${most - first} MB` })
      }
    }
  },
}

/** Of the small disk, in MiB: room for the shims' compiled code and some logs. */
const DISK_MB = 24

export const logDiskFull: Fault = {
  name: 'log-disk-full',
  about: 'the disk of a worker is full in the middle of runs, and has room again',
  shape: { jobs: 8, spanMs: 1_500, mostBeats: 30 },
  cutsViews: false,
  missing: () => (process.getuid?.() === 0 ? undefined : 'only root can mount a small disk'),
  async prepare({ rig, onEnd }) {
    const disk = diskOfThisProcess()
    mkdirSync(disk)
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m,mode=711`, 'constellation-faults', disk])
    onEnd(async () => removeDisk(disk))
    onEnd(() => rig.startSecondWorker({}))
    await rig.startSecondWorker({ WORKER_HOME: disk })
  },
  async strike(scene) {
    const { rig, chance, size } = scene
    await scene.untilRunning(SECOND_WORKER)
    const ballast = path.join(diskOfThisProcess(), 'ballast')
    for (let left = size === 'long' ? 6 : 1; left > 0; left--) {
      await delay(chance.between(0, 500))
      fill(ballast)
      await delay(chance.between(1_000, rig.leaseMs * 2))
      rmSync(ballast)
      await delay(500)
    }
  },
}

/** Writes until there is no room. */
function fill(file: string): void {
  const piece = Buffer.alloc(65_536)
  for (const size of [piece.length, 4_096, 1]) {
    try {
      for (;;) writeFileSync(file, piece.subarray(0, size), { flag: 'a' })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
    }
  }
}
