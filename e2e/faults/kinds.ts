// Every fault by its name.
import type { Fault } from './fault.ts'
import { chaos } from './kinds/chaos.ts'
import { clockSkew } from './kinds/clock.ts'
import { deepQueue } from './kinds/deep-queue.ts'
import { idempotency } from './kinds/idempotency.ts'
import { duplicateMessages, manySubscribers, slowConsumer } from './kinds/messages.ts'
import { workerDeaf, workerFlapping, workerPartition } from './kinds/network.ts'
import { bigLog, logDiskFull } from './kinds/output.ts'
import { packetLoss } from './kinds/packets.ts'
import { calm, gatewayKill, shimKill, subgraphKill, workerKill, zombie, zombieShim } from './kinds/processes.ts'
import { migrationUnderLoad, twinWorker, twoSchedulers } from './kinds/queue.ts'
import { natsKill, natsStop, postgresKill, postgresStop } from './kinds/servers.ts'
import { forkStorm } from './kinds/trees.ts'

const ALL: readonly Fault[] = [
  calm,
  workerKill,
  shimKill,
  subgraphKill,
  gatewayKill,
  natsKill,
  natsStop,
  postgresKill,
  postgresStop,
  workerPartition,
  workerDeaf,
  workerFlapping,
  packetLoss,
  duplicateMessages,
  slowConsumer,
  zombie,
  zombieShim,
  logDiskFull,
  manySubscribers,
  bigLog,
  forkStorm,
  deepQueue,
  clockSkew,
  idempotency,
  twoSchedulers,
  twinWorker,
  migrationUnderLoad,
  chaos,
]

export const FAULTS: ReadonlyMap<string, Fault> = new Map(ALL.map((fault) => [fault.name, fault]))

/** @throws Error that lists the names there are */
export function faultNamed(name: string): Fault {
  const fault = FAULTS.get(name)
  if (!fault) throw new Error(`There is no fault ${name}; there are ${[...FAULTS.keys()].join(', ')}.`)
  return fault
}
