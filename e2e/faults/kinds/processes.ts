// Faults of our own processes: one is killed, or stands still past the lease and goes on.
import { writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { Fault, Scene } from '../fault.ts'
import { bombOf, type Side } from '../part.ts'
import { processesOf } from '../processes.ts'
import { SECOND_WORKER } from '../second-worker.ts'
import { until } from '../until.ts'
import { FOUND_MS, LONG_ENOUGH, leaveOneWorker, untilItHasRuns } from './one-worker.ts'

export const calm: Fault = {
  name: 'calm',
  about: 'nothing at all: what the others are held against',
  shape: { jobs: 10, spanMs: 1_000, mostBeats: 10 },
  cutsViews: false,
  strike: async () => {},
}

export const workerKill: Fault = {
  name: 'worker-kill',
  about: 'kill -9 of either worker in the middle of runs; the next process adopts them',
  shape: { jobs: 12, spanMs: 2_000, mostBeats: 25 },
  cutsViews: false,
  async strike(scene) {
    await scene.untilRunning()
    for (let left = scene.size === 'long' ? 12 : 2; left > 0; left--) {
      await delay(scene.chance.between(0, 1_000))
      await kill(scene, scene.chance.pick(['worker', SECOND_WORKER]), 'SIGKILL')
    }
  },
}

export const shimKill: Fault = {
  name: 'shim-kill',
  about: 'kill -9 of the process that keeps a run; what it kept is ended and the job queued again',
  shape: { jobs: 8, spanMs: 1_000, mostBeats: 20 },
  cutsViews: false,
  async strike(scene) {
    for (let left = scene.size === 'long' ? 12 : 2; left > 0; left--) {
      const pid = await aShim(scene)
      await delay(scene.chance.between(0, 300))
      send(pid, 'SIGKILL')
    }
  },
}

/** The process that keeps a run which is running. */
async function aShim(scene: Scene): Promise<number> {
  let found: number | undefined
  await until('a run has a shim', async () => {
    const run = await scene.untilRunning()
    found = processesOf(({ command }) => command.includes(`constellation-shim ${run}`))[0]
    return found !== undefined
  })
  return found ?? 0
}

export const subgraphKill: Fault = {
  name: 'subgraph-kill',
  about: 'kill -9 of the jobs service before, during and after a COMMIT, and of the ledger',
  shape: { jobs: 12, spanMs: 3_000, mostBeats: 10 },
  cutsViews: false,
  async strike(scene) {
    const sides: Side[] = ['after', 'before', 'during', 'after']
    for (const side of scene.size === 'long' ? [...sides, ...sides, ...sides] : sides) {
      const pid = scene.rig.pid('jobs') ?? 0
      writeFileSync(bombOf(scene.rig.home, 'jobs')[side], '')
      await causeCommits(scene, () => scene.rig.pid('jobs') !== pid)
      await scene.rig.restarted('jobs', pid)
      await delay(scene.chance.between(200, 800))
    }
    await kill(scene, 'usage', 'SIGKILL')
  },
}

/** The jobs of the plan may all have ended: others are submitted until it is `done`. */
async function causeCommits({ rig, plan }: Scene, done: () => boolean): Promise<void> {
  const body = JSON.stringify({ name: `${plan[0]?.name}-more`, params: { command: ['true'] } })
  const more = async () => {
    if (done()) return true
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
    await rig.rest('/jobs', init).catch(() => undefined)
    await delay(300)
    return done()
  }
  await until('a COMMIT has killed the service', more)
}

export const gatewayKill: Fault = {
  name: 'gateway-kill',
  about: 'kill -9 of the gateway under subscribers and submissions',
  shape: { jobs: 10, spanMs: 3_000, mostBeats: 15 },
  cutsViews: false,
  async strike(scene) {
    await scene.untilRunning()
    for (let left = scene.size === 'long' ? 6 : 1; left > 0; left--) {
      await delay(scene.chance.between(0, 1_000))
      await kill(scene, 'gateway', 'SIGKILL')
    }
    await until('the gateway answers', async () => (await scene.rig.rest('/health')).ok)
  },
}

export const zombie: Fault = {
  name: 'zombie',
  about: 'SIGSTOP of a worker past its leases, and then SIGCONT: what it says then is refused',
  shape: LONG_ENOUGH,
  cutsViews: false,
  prepare: leaveOneWorker,
  async strike(scene) {
    await untilItHasRuns(scene)
    await freeze(scene.rig.pid('worker'), scene.rig.leaseMs + FOUND_MS)
  },
}

export const zombieShim: Fault = {
  name: 'zombie-shim',
  about: 'SIGSTOP of the process that keeps a run, past a lease, and then SIGCONT',
  shape: { jobs: 6, spanMs: 500, mostBeats: 30 },
  cutsViews: false,
  async strike(scene) {
    await freeze(await aShim(scene), scene.rig.leaseMs + 1_000)
  },
}

/** Lets a process stand still for a while. One that has died meanwhile is none of our business. */
export async function freeze(pid: number | undefined, forMs: number): Promise<void> {
  if (pid === undefined) return
  send(pid, 'SIGSTOP')
  try {
    await delay(forMs)
  } finally {
    send(pid, 'SIGCONT')
  }
}

/** Sends a signal that ends the part, and waits for the next of it. */
export async function kill({ rig }: Scene, part: string, signal: NodeJS.Signals): Promise<void> {
  const pid = rig.pid(part)
  if (pid === undefined) return
  send(pid, signal)
  await rig.restarted(part, pid)
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    // It was quicker to end.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
