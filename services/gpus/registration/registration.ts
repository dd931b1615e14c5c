// What a worker may say of itself and of its GPUs, within bounds.
import * as v from 'valibot'
import type { Executor } from '../entities.ts'
import type { Executor as ExecutorName } from '../generated/resolvers.ts'
import { labels, words } from '../words.ts'

const MOST_GPUS = 64
const MOST_LINKS = 64
/** The greatest index that a GPU of a host may have. */
export const MOST_INDEX = 1_023
/** The largest number of PostgreSQL's `integer`. */
const MOST_MB = 2 ** 31 - 1

const EXECUTORS: Record<ExecutorName, Executor> = { PROCESS: 'process', DOCKER: 'docker' }
/** None at all is a worker whose only way is gone for now. */
const executors = v.pipe(
  v.array(v.picklist(['PROCESS', 'DOCKER'])),
  v.transform((names) => [...new Set(names)].map((name) => EXECUTORS[name])),
)

const from = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))
const gpuUuid = v.pipe(v.string(), v.regex(/^[\w./:-]{1,128}$/, 'must be a UUID as NVML gives it'))

const gpu = v.object({
  uuid: gpuUuid,
  name: words(200),
  index: from(0, MOST_INDEX),
  totalMemoryMb: from(1, MOST_MB),
  computeCapability: v.nullish(v.pipe(v.string(), v.regex(/^\d{1,3}\.\d{1,3}$/, 'must be such as 8.0')), null),
  driverVersion: v.nullish(words(80), null),
  cudaVersion: v.nullish(words(32), null),
  pciBusId: v.nullish(v.pipe(v.string(), v.regex(/^[\w.:-]{1,32}$/, 'must be such as 00000000:65:00.0')), null),
  mig: v.nullish(v.object({ parentUuid: gpuUuid, gpuInstance: from(0, 255), computeInstance: from(0, 255) }), null),
  nvlinkPeers: v.pipe(
    v.nullish(v.array(v.object({ uuid: gpuUuid, links: from(1, MOST_LINKS) })), []),
    v.maxLength(MOST_GPUS, `must be at most ${MOST_GPUS}`),
    v.check((peers) => new Set(peers.map(({ uuid }) => uuid)).size === peers.length, 'must name each GPU once'),
  ),
  simulated: v.boolean(),
})

export const registration = v.object({
  hostname: words(253),
  version: words(64),
  gpuNotice: v.nullish(words(1000), null),
  labels: v.nullish(labels, {}),
  executors: v.nullish(executors, ['PROCESS']),
  capacity: v.nullish(v.object({ cpus: from(1, 65_536), memoryMb: from(1, MOST_MB), cpuSlots: from(0, 65_536) }), null),
  gpus: v.pipe(
    v.array(gpu),
    v.maxLength(MOST_GPUS, `must be at most ${MOST_GPUS}`),
    v.check((gpus) => new Set(gpus.map(({ uuid }) => uuid)).size === gpus.length, 'must each have a UUID of its own'),
  ),
})

/** What a worker said of itself. */
export type Host = Omit<v.InferOutput<typeof registration>, 'gpus'>
/** What a worker said of one of its GPUs. */
export type RegisteredGpu = v.InferOutput<typeof gpu>
