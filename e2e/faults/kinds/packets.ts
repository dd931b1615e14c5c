// A partition as a network makes it: the packets of a worker in a network of its own are lost, so that connections
// time out, are made anew in vain, and send again late what was lost.
import { setTimeout as delay } from 'node:timers/promises'
import { environmentGiven } from '../config.ts'
import type { Fault, Scene } from '../fault.ts'
import { makeNamespace, type Namespace, namespaceMissing } from '../namespace.ts'
import { type Cut, openProxy } from '../proxy.ts'
import { SECOND_WORKER } from '../second-worker.ts'
import { until } from '../until.ts'
import { FOUND_MS, LONG_ENOUGH } from './one-worker.ts'

const WAYS: readonly Cut[] = ['both', 'requests', 'answers']

/** The network of each scene that has one. */
const networks = new WeakMap<Scene, Namespace>()

export const packetLoss: Fault = {
  name: 'packet-loss',
  about: 'a worker in a network namespace whose packets are dropped, one way or both, past its leases',
  shape: LONG_ENOUGH,
  cutsViews: false,
  missing: namespaceMissing,
  async prepare(scene) {
    const { rig, onEnd } = scene
    const far = makeNamespace()
    networks.set(scene, far)
    onEnd(async () => far.remove())
    const lineTo = async (url: string) => {
      const line = await openProxy(() => [new URL(url).host], far.address)
      onEnd(() => line.close())
      const through = new URL(url)
      through.host = line.host
      return through.href
    }
    const { GATEWAY_URL = '' } = environmentGiven(rig.home, 'worker')
    const { NATS_URL = '' } = environmentGiven(rig.home, SECOND_WORKER)
    onEnd(() => rig.startSecondWorker({}))
    const env = { GATEWAY_URL: await lineTo(GATEWAY_URL), NATS_URL: await lineTo(NATS_URL) }
    await rig.startSecondWorker(env, far.name)
    // Until the far worker has runs, the other takes none.
    await setNearWorker(scene, 'SIGSTOP')
  },
  async strike(scene) {
    await scene.untilRunning(SECOND_WORKER).finally(() => setNearWorker(scene, 'SIGCONT'))
    for (const what of scene.size === 'long' ? WAYS : [scene.chance.pick(WAYS)]) {
      networks.get(scene)?.lose(what)
      try {
        await delay(scene.rig.leaseMs + FOUND_MS)
      } finally {
        networks.get(scene)?.lose('none')
      }
    }
    // What was lost is sent again late, and later each time.
    const HEARD = `SELECT count(*)::integer AS n FROM leases WHERE worker_id = $1 AND until < now()`
    await until('no lease is over', async () => (await scene.rig.jobs.query(HEARD, [SECOND_WORKER])).rows[0].n === 0)
  },
}

async function setNearWorker({ rig }: Scene, signal: 'SIGSTOP' | 'SIGCONT'): Promise<void> {
  const pid = rig.pid('worker')
  if (pid !== undefined) process.kill(pid, signal)
}
