// Our own throughput: what the jobs service does for a worker that claims and ends many runs at a time.
import { createAnnounce } from '@constellation/jobs/announce.ts'
import { claimRuns } from '@constellation/jobs/claim.ts'
import { startOwnNats } from '@constellation/local/testing/own-nats.ts'
import { linkNats } from '@constellation/platform/nats/nats.ts'
import { startOutbox } from '@constellation/platform/nats/outbox.ts'
import type { Contender } from './contender.ts'
import { fillQueue } from './fill-queue.ts'
import { finishBatch } from './finish-batch.ts'
import { log, type OurService, openService, WORKER } from './ours-service.ts'
import { countBy, type Server, settle } from './server.ts'

/** Workers that claim so many jobs at once, so many of them at the same time; all on one database. */
export async function ours(server: Server, shapes: readonly { batch: number; loops: number }[]): Promise<Contender[]> {
  const service = await openService(server, 'ours')
  let open = shapes.length
  return shapes.map(({ batch, loops }) => ({
    ...contender(service, `ours, batches of ${batch}, ${loops === 1 ? '1 loop' : `${loops} loops`}`, batch, loops),
    async close() {
      open -= 1
      if (open === 0) await service.close()
    },
  }))
}

/** The same while the relay publishes every event to NATS, as it does in the service. */
export async function oursWithRelay(server: Server, batch: number, loops: number): Promise<Contender> {
  const service = await openService(server, `ours_relay_${batch}_${loops}`)
  const ownNats = await startOwnNats()
  const nats = linkNats(ownNats.servicesUrl, 'bench', log)
  const outbox = startOutbox({ service: 'jobs', messages: 'event_messages', pool: service.pool, nats, log })
  service.announceBy(createAnnounce(nats, outbox))
  const plain = contender(
    service,
    `ours, batches of ${batch}, ${loops} loops, events published meanwhile`,
    batch,
    loops,
  )
  return {
    ...plain,
    async close() {
      await outbox.stop()
      await nats.close()
      await ownNats.stop()
      await plain.close()
    },
  }
}

function contender(service: OurService, name: string, batch: number, loops: number): Contender {
  const loop = async () => {
    for (;;) {
      const claims = await claimRuns(service.as(WORKER), { gpuIds: [], cpuSlots: batch })
      if (claims.length === 0) return
      await finishBatch(service.as(WORKER), claims)
    }
  }
  return {
    name,
    writes: 'job, run, 2 events',
    async fill(jobs) {
      await fillQueue(service.adminUrl, jobs)
      await settle(service.adminUrl)
    },
    async work(_jobs, watch) {
      watch.start()
      await Promise.all(Array.from({ length: loops }, loop))
      watch.stop()
    },
    left: () => countBy(service.adminUrl, `SELECT count(*) FROM jobs.jobs WHERE state <> 'completed'`),
    close: service.close,
  }
}
