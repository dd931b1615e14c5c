// Several faults one upon the other, as they come in life: what each alone survives must not meet in a way that does not.
import { setTimeout as delay } from 'node:timers/promises'
import type { Fault, Scene } from '../fault.ts'
import { SECOND_WORKER } from '../second-worker.ts'
import { until } from '../until.ts'
import { cutFor } from './network.ts'
import { freeze, kill } from './processes.ts'

/** What may happen, and for how long where it has a length: a share from 0 to 1 of twice a lease. */
const HAPPENINGS: readonly ((scene: Scene, share: number) => Promise<void>)[] = [
  (scene) => kill(scene, 'worker', 'SIGKILL'),
  (scene) => kill(scene, SECOND_WORKER, 'SIGKILL'),
  (scene) => kill(scene, 'jobs', 'SIGKILL'),
  (scene) => kill(scene, 'gpus', 'SIGKILL'),
  (scene) => kill(scene, 'usage', 'SIGKILL'),
  (scene) => kill(scene, 'gateway', 'SIGKILL'),
  (scene) => kill(scene, 'nats', 'SIGKILL'),
  (scene) => kill(scene, 'postgres', 'SIGKILL'),
  (scene, share) => cutFor(scene, 'both', share * 2 * scene.rig.leaseMs),
  (scene, share) => cutFor(scene, 'answers', share * 2 * scene.rig.leaseMs),
  (scene, share) => freeze(scene.rig.pid(SECOND_WORKER), share * 2 * scene.rig.leaseMs),
]

export const chaos: Fault = {
  name: 'chaos',
  about: 'kills, cuts and standstills of anything, at any moment and upon each other',
  shape: { jobs: 16, spanMs: 4_000, mostBeats: 30 },
  cutsViews: true,
  async strike(scene) {
    const { chance } = scene
    const chosen = Array.from({ length: scene.size === 'long' ? 24 : 5 }, () => ({
      happen: chance.pick(HAPPENINGS),
      share: chance.next(),
      afterMs: chance.between(0, scene.size === 'long' ? 30_000 : 5_000),
    }))
    await Promise.all(
      chosen.map(async ({ happen, share, afterMs }) => {
        await delay(afterMs)
        await happen(scene, share)
      }),
    )
    await until('the gateway is well', async () => (await scene.rig.rest('/health')).ok)
  },
}
