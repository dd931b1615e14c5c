// Faults of the way between the first worker and the rest: packets are lost, and nobody is told.
import { setTimeout as delay } from 'node:timers/promises'
import type { Fault, Scene } from '../fault.ts'
import type { Cut } from '../proxy.ts'
import { FIRST_WORKER, FOUND_MS, LONG_ENOUGH, leaveOneWorker, untilItHasRuns } from './one-worker.ts'

export const workerPartition: Fault = {
  name: 'worker-partition',
  about: 'a worker is cut off past its leases, both ways: its copies end before others begin',
  shape: LONG_ENOUGH,
  cutsViews: false,
  prepare: leaveOneWorker,
  async strike(scene) {
    await untilItHasRuns(scene)
    await noteWhenFound(scene)
    await cutFor(scene, 'both', scene.rig.leaseMs + FOUND_MS)
  },
}

export const workerDeaf: Fault = {
  name: 'worker-deaf',
  about: 'a worker is heard and hears nothing, past its leases: what it asks for is done and it does not know',
  shape: LONG_ENOUGH,
  cutsViews: false,
  prepare: leaveOneWorker,
  async strike(scene) {
    await untilItHasRuns(scene)
    await cutFor(scene, 'answers', scene.rig.leaseMs + FOUND_MS)
  },
}

export const workerFlapping: Fault = {
  name: 'worker-flapping',
  about: 'the way to a worker comes and goes, one way or the other or both, for about as long as a lease',
  shape: { jobs: 8, spanMs: 2_000, mostBeats: 40 },
  cutsViews: false,
  async strike(scene) {
    await scene.untilRunning(FIRST_WORKER)
    for (let left = scene.size === 'long' ? 12 : 3; left > 0; left--) {
      await cutFor(
        scene,
        scene.chance.pick(['both', 'requests', 'answers']),
        scene.chance.between(500, scene.rig.leaseMs),
      )
      await delay(scene.chance.between(100, 1_000))
    }
  },
}

/** How long after now the first of the lost jobs runs on the other worker, by the database's clock. */
async function noteWhenFound({ rig, plan, note, beforeReading }: Scene): Promise<void> {
  const { rows } = await rig.jobs.query<{ now: Date }>('SELECT now()')
  const AGAIN = `SELECT (extract(epoch FROM min(r.started_at) - $2) * 1000)::integer AS ms
    FROM runs r JOIN jobs j ON j.id = r.job_id WHERE j.name = ANY ($1) AND r.worker_id <> $3 AND r.attempt > 1`
  beforeReading(async () => {
    const again = await rig.jobs.query(AGAIN, [plan.map(({ name }) => name), rows[0]?.now, FIRST_WORKER])
    note(`runs again ${again.rows[0].ms} ms after the cut, with a lease of ${rig.leaseMs} ms`)
  })
}

/** Cuts the lines of the first worker for a while. */
export async function cutFor({ rig }: Scene, cut: Cut, forMs: number): Promise<void> {
  const lines = [rig.lines.gateway, rig.lines.nats]
  for (const line of lines) line.cut(cut)
  try {
    await delay(forMs)
  } finally {
    for (const line of lines) line.cut('none')
  }
}
