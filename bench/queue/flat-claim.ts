// How long one claim takes, and that it takes no longer where the queue is deep.
import { claimRuns } from '@constellation/jobs/claim.ts'
import { learnGpus } from '@constellation/jobs/hearing/learn-gpus.ts'
import { type Depth, fillDeepQueue } from './fill-queue.ts'
import { finishBatch } from './finish-batch.ts'
import { type OurService, openService, WORKER } from './ours-service.ts'
import type { Section } from './section.ts'
import { type Server, settle } from './server.ts'
import { median, percentile, ratio, rounded } from './statistics.ts'

const CLAIMS = 500
const WARM_UP = 20
/** As many as a large machine has; and as many jobs without a GPU at once. */
const GPUS = 8

const SHALLOW = { queued: 10_000, finished: 10_000 }
const DEEP = { queued: 1_000_000, finished: 1_000_000 }
const DEPTHS: readonly Depth[] = [
  { ...SHALLOW, accounts: 1 },
  { ...DEEP, accounts: 1 },
  { ...SHALLOW, accounts: 50 },
  { ...DEEP, accounts: 50 },
]

interface Queue {
  depth: Depth
  service: OurService
  gpuIds: string[]
  times: Times
}

interface Times {
  gpu: number[]
  cpu: number[]
  /** How many jobs a claim gave, on average. */
  gpuJobs: number
}

export async function measureFlatClaim(server: Server, say: (line: string) => void): Promise<Section> {
  const queues: Queue[] = []
  try {
    for (const [index, depth] of DEPTHS.entries()) {
      const service = await openService(server, `ours_depth_${index}`)
      queues.push({ depth, service, gpuIds: await registerGpus(service), times: { gpu: [], cpu: [], gpuJobs: 0 } })
      say(`filling in ${depth.queued} queued jobs of ${depth.accounts} accounts`)
      await fillDeepQueue(service.adminUrl, depth)
      await settle(service.adminUrl)
    }
    // By turns, so that what disturbs the machine disturbs all depths.
    for (let i = 0; i < CLAIMS + WARM_UP; i++) {
      for (const queue of queues) await claimFrom(queue, i >= WARM_UP)
    }
  } finally {
    for (const { service } of queues) await service.close()
  }
  return report(queues)
}

/** A claim of each kind. */
async function claimFrom({ service, gpuIds, times }: Queue, counts: boolean): Promise<void> {
  const gpu = await timedClaim(service, { gpuIds, cpuSlots: 0 })
  const cpu = await timedClaim(service, { gpuIds: [], cpuSlots: GPUS })
  if (!counts) return
  times.gpu.push(gpu.ms)
  times.cpu.push(cpu.ms)
  times.gpuJobs += gpu.jobs / CLAIMS
}

/** The runs end afterwards, uncounted, so that the GPUs are free again. */
async function timedClaim(
  service: OurService,
  offer: { gpuIds: string[]; cpuSlots: number },
): Promise<{ ms: number; jobs: number }> {
  const began = performance.now()
  const claims = await claimRuns(service.as(WORKER), offer)
  const ms = performance.now() - began
  if (claims.length === 0) throw new Error('There was nothing to claim in a queue that is not empty.')
  await finishBatch(service.as(WORKER), claims)
  return { ms, jobs: claims.length }
}

async function registerGpus(service: OurService): Promise<string[]> {
  const ids = Array.from({ length: GPUS }, (_, i) => `00000000-0000-7000-8000-${String(i).padStart(12, '0')}`)
  await learnGpus(
    service.pool,
    ids.map((id, i) => ({
      id: `gpus-${i + 1}`,
      ts: new Date().toISOString(),
      type: 'gpu.registered',
      gpu: {
        id,
        uuid: `GPU-${i}`,
        name: 'NVIDIA A100-SXM4-80GB',
        totalMemoryMb: 81_920,
        simulated: true,
        workerId: WORKER.id,
      },
    })),
  )
  return ids
}

function report(queues: readonly Queue[]): Section {
  const shallowOf = ({ accounts }: Depth) => queues.find(({ depth }) => depth.accounts === accounts)?.times
  return {
    title: 'Flat claims: time of one claim by depth of the queue',
    method:
      `${CLAIMS} claims of each kind from each queue by turns, one at a time, each a transaction of its own with the choice by the policy, run rows and ` +
      `events. A GPU claim offers ${GPUS} GPUs, a CPU claim ${GPUS} slots. Half of the queue asks for GPUs, in 20 kinds of request of ` +
      'which the offer serves some; every finished job has a run.',
    head: ['queued', 'finished', 'accounts', 'claim of', 'p50 ms', 'p99 ms', 'deep ÷ shallow, p50', 'p99'],
    rows: queues.flatMap(({ depth, times }) =>
      (['gpu', 'cpu'] as const).map((kind) => {
        const shallow = shallowOf(depth)?.[kind] ?? []
        const deep = depth.queued > SHALLOW.queued
        return [
          depth.queued.toLocaleString('en'),
          depth.finished.toLocaleString('en'),
          String(depth.accounts),
          kind === 'gpu' ? `${GPUS} GPUs (${rounded(times.gpuJobs)} jobs)` : `${GPUS} CPU slots`,
          rounded(median(times[kind])),
          rounded(percentile(times[kind], 0.99)),
          deep ? ratio(median(times[kind]), median(shallow)) : '',
          deep ? ratio(percentile(times[kind], 0.99), percentile(shallow, 0.99)) : '',
        ]
      }),
    ),
  }
}
