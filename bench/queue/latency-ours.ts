// Our own queue for the race of latency: submit, wake-up through NATS, claim, in one process.
import { createAnnounce } from '@constellation/jobs/announce.ts'
import { claimRuns } from '@constellation/jobs/claim.ts'
import type { Claim } from '@constellation/jobs/sql/bind.ts'
import { submitJob } from '@constellation/jobs/submit.ts'
import { startOwnNats } from '@constellation/local/testing/own-nats.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { linkNats } from '@constellation/platform/nats/nats.ts'
import { startOutbox } from '@constellation/platform/nats/outbox.ts'
import { finishBatch } from './finish-batch.ts'
import type { Probe } from './latency.ts'
import { log, openService, USER, WORKER } from './ours-service.ts'
import type { Server } from './server.ts'

export async function ourProbe(server: Server): Promise<Probe> {
  const service = await openService(server, 'ours_latency')
  const ownNats = await startOwnNats()
  const nats = linkNats(ownNats.servicesUrl, 'bench', log)
  const worker = linkNats(ownNats.workerUrl, 'bench worker', log)
  const outbox = startOutbox({ service: 'jobs', messages: 'event_messages', pool: service.pool, nats, log })
  service.announceBy(createAnnounce(nats, outbox))

  let started = (_at: number) => {}
  let claims: Claim[] = []
  let faults = 0
  worker.subscribe(SUBJECTS.wakeQueue, () => {
    claimRuns(service.as(WORKER), { gpuIds: [], cpuSlots: 1 }).then(
      (found) => {
        if (found.length === 0) return
        claims = found
        started(performance.now())
      },
      () => {
        faults += 1
      },
    )
  })
  await (await worker.connection).flush()
  await (await nats.connection).flush()
  return {
    name: 'ours, wake-up through NATS',
    onStart(listener) {
      started = listener
    },
    submit: () => submitJob(service.as(USER), { command: ['true'] }),
    rest: () => finishBatch(service.as(WORKER), claims),
    async close() {
      await outbox.stop()
      await worker.close()
      await nats.close()
      await ownNats.stop()
      await service.close()
      if (faults > 0) throw new Error(`${faults} claims failed.`)
    },
  }
}
