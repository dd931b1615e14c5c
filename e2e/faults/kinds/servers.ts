// Faults of the servers that the services stand on.
import { setTimeout as delay } from 'node:timers/promises'
import type { Fault } from '../fault.ts'
import { until } from '../until.ts'
import { kill } from './processes.ts'

export const natsKill: Fault = {
  name: 'nats-kill',
  about: 'kill -9 of NATS under load: submits are accepted, and every event is told in the end',
  shape: { jobs: 12, spanMs: 2_500, mostBeats: 10 },
  cutsViews: true,
  async strike(scene) {
    for (let left = scene.size === 'long' ? 5 : 1; left > 0; left--) {
      await delay(scene.chance.between(0, 1_500))
      await kill(scene, 'nats', 'SIGKILL')
    }
  },
}

export const natsStop: Fault = {
  name: 'nats-stop',
  about: 'NATS stands still: it takes connections and answers nothing',
  shape: { jobs: 10, spanMs: 2_500, mostBeats: 10 },
  cutsViews: true,
  async strike(scene) {
    const { rig, chance, size } = scene
    await delay(chance.between(0, 1_000))
    const pid = rig.pid('nats') ?? 0
    process.kill(pid, 'SIGSTOP')
    try {
      await delay(size === 'long' ? 60_000 : 3_000)
    } finally {
      process.kill(pid, 'SIGCONT')
    }
  },
}

export const postgresKill: Fault = {
  name: 'postgres-kill',
  about: 'kill -9 of PostgreSQL under load: clean refusals, recovery, nothing acknowledged lost',
  shape: { jobs: 12, spanMs: 3_000, mostBeats: 10 },
  cutsViews: false,
  async strike(scene) {
    for (let left = scene.size === 'long' ? 4 : 1; left > 0; left--) {
      await delay(scene.chance.between(0, 1_500))
      await kill(scene, 'postgres', 'SIGKILL')
      await until('the gateway is well', async () => (await scene.rig.rest('/health')).ok)
    }
  },
}

export const postgresStop: Fault = {
  name: 'postgres-stop',
  about: 'a fast and an immediate stop of PostgreSQL, each followed by a start',
  shape: { jobs: 12, spanMs: 3_000, mostBeats: 10 },
  cutsViews: false,
  async strike(scene) {
    for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
      await delay(scene.chance.between(0, 1_000))
      await kill(scene, 'postgres', signal)
      await until('the gateway is well', async () => (await scene.rig.rest('/health')).ok)
    }
  },
}
