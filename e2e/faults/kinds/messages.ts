// Faults of what is told, and of those it is told to.
import { jetstream } from '@nats-io/jetstream'
import type { Fault, Scene } from '../fault.ts'
import { openFeedView, openSubscription } from '../feed-views.ts'
import { watchMemory } from '../memory.ts'
import { until } from '../until.ts'
import { flood } from './flood.ts'

export const duplicateMessages: Fault = {
  name: 'duplicate-messages',
  about: 'events are published again, under their own id and under new ones, late and out of order',
  shape: { jobs: 10, spanMs: 2_000, mostBeats: 8 },
  cutsViews: false,
  async strike(scene) {
    for (let left = scene.size === 'long' ? 30 : 6; left > 0; left--) {
      await scene.untilRunning().catch(() => undefined)
      await publishAgain(scene)
    }
  },
}

interface Stored {
  id: string
  type: string
  payload: object
  ts: Date
  subject: string
}

/** Some of the events of before, as the outbox would have them, in an order of chance. */
async function publishAgain({ rig, chance }: Scene): Promise<void> {
  const { rows } = await rig.jobs.query<Stored>(
    'SELECT id, type, payload, ts, subject FROM event_messages WHERE published_at IS NOT NULL ORDER BY id DESC LIMIT 30',
  )
  const stream = jetstream(await rig.nats.connection)
  const chosen = rows.filter(() => chance.happens(0.5)).toSorted(() => chance.next() - 0.5)
  for (const { id, type, payload, ts, subject } of chosen) {
    const eventId = `jobs-${id}`
    const text = JSON.stringify({ ...payload, id: eventId, type, ts })
    // Under a new id the stream does not know it again, as after its window.
    await stream.publish(subject, text, { msgID: chance.happens(0.5) ? eventId : `again-${chance.next()}` })
  }
}

const NAME_OF_PLAN = (scene: Scene) => scene.plan[0]?.name.replace(/-\d+$/, '') ?? ''

/** Subscribers that are known to hear: each has heard of a job that was submitted for that. */
async function openCrowd(scene: Scene, size: number): Promise<void> {
  const { rig } = scene
  const name = NAME_OF_PLAN(scene)
  const views = await Promise.all(Array.from({ length: size }, (_, i) => openFeedView(rig, `subscriber ${i}`, name)))
  scene.onEnd(async () => {
    for (const view of views) view.close()
  })
  const probe = JSON.stringify({ name: `${name}-probe`, params: { command: ['true'] } })
  await until(
    'all subscribers hear',
    async () => {
      await rig.rest('/jobs', { method: 'POST', headers: { 'content-type': 'application/json' }, body: probe })
      const ended = views.find((view) => !view.alive())
      if (ended) throw new Error(`A subscriber was let go: ${ended.whyEnded()}`)
      await until('a subscriber hears', () => views.every((view) => view.count() > 0), 2_000 + size)
      return true
    },
    60_000,
  )
  scene.beforeReading(() => untilQuiet(() => views.reduce((sum, view) => sum + view.count(), 0)))
  scene.addViews((jobIds) => views.map((view) => ({ ...view.of(jobIds), interrupted: false })))
}

const QUIET_MS = 2_000
const QUIET_LIMIT_MS = 180_000

/** Resolves when nothing more has come for a while: to tell very many takes its time. */
async function untilQuiet(count: () => number): Promise<void> {
  let [known, since] = [count(), performance.now()]
  const isQuiet = () => {
    const now = count()
    if (now !== known) [known, since] = [now, performance.now()]
    return performance.now() - since > QUIET_MS
  }
  await until('the subscribers have heard all', isQuiet, QUIET_LIMIT_MS)
}

export const manySubscribers: Fault = {
  name: 'many-subscribers',
  about: 'very many sockets watch every change',
  shape: { jobs: 8, spanMs: 1_500, mostBeats: 6, longTimes: 1 },
  cutsViews: false,
  async prepare(scene) {
    const { rig, size } = scene
    const memory = watchMemory(() => ({ gateway: rig.pid('gateway') }))
    const crowd = size === 'long' ? 10_000 : 1_000
    await openCrowd(scene, crowd)
    scene.onEnd(async () => {
      const { first = 0, most = 0 } = memory.stop().gateway ?? {}
      scene.note(`${crowd} subscribers: the gateway went from ${first} MB to ${most} MB`)
    })
  },
  strike: async () => {},
}

const RUN_LOG = 'subscription ($runId: ID!) { runLog(runId: $runId) { seq text } }'
/** What one that does not read may cost the gateway, in MiB: some buffers, and not the flood. */
const SLOW_LIMIT_MB = 200

export const slowConsumer: Fault = {
  name: 'slow-consumer',
  about: 'a socket that follows a flood stops reading; the others do not notice, and memory is bounded',
  shape: { jobs: 8, spanMs: 1_500, mostBeats: 6 },
  cutsViews: false,
  prepare: (scene) => openCrowd(scene, 20),
  async strike(scene) {
    const { rig } = scene
    const memory = watchMemory(() => ({ gateway: rig.pid('gateway') }))
    const feed = await openFeedView(rig, 'one that does not read', '')
    feed.pause()
    scene.onEnd(async () => feed.close())
    await flood(scene, scene.size === 'long' ? 500_000_000 : 10_000_000, async (runId) => {
      const slow = await openSubscription(rig, 'one that does not read a log', RUN_LOG, { runId })
      slow.pause()
      scene.onEnd(async () => slow.close())
    })
    const { first = 0, most = 0 } = memory.stop().gateway ?? {}
    scene.note(`the gateway went from ${first} MB to ${most} MB`)
    if (most - first > SLOW_LIMIT_MB) {
      scene.found({ invariant: 'I5', what: `one that does not read cost the gateway ${most - first} MB` })
    }
  },
}
