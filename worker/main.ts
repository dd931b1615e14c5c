// The worker: takes runs from the queue and runs them on this machine and its GPUs.

import { type Lifecycle, runMain } from '@constellation/platform/lifecycle.ts'
import { createLogger, type Logger } from '@constellation/platform/log.ts'
import { adoptRuns } from './adopt.ts'
import { openApi } from './api.ts'
import { openBus } from './bus.ts'
import { readWorkerConfig, type WorkerConfig } from './config.ts'
import { chooseGpus } from './gpu/choose.ts'
import { lockHome } from './lock.ts'
import { startLoop } from './loop.ts'
import { openShims } from './shims.ts'
import { sampler } from './telemetry.ts'
import { readToken, workerIdOf } from './token.ts'
import type { Worker } from './worker.ts'

/** Until the server says otherwise. */
const USUAL_LEASE_MS = 45_000

const config = readWorkerConfig()
const log = createLogger('worker', config.LOG_LEVEL)
await runMain(log, (lifecycle) => start(config, log, lifecycle), { exitWithParent: config.EXIT_WITH_PARENT })

async function start(config: WorkerConfig, log: Logger, lifecycle: Lifecycle): Promise<void> {
  const home = lockHome(config.WORKER_HOME)
  lifecycle.onStop('the lock', home.release)
  const id = workerIdOf(await readToken(config.TOKEN_FILE))
  const api = openApi(config.GATEWAY_URL, config.TOKEN_FILE, log)
  lifecycle.onStop('the calls to the gateway', api.close)
  const bus = openBus(config.NATS_URL, `worker ${id}`, log)
  lifecycle.onStop('NATS', bus.close)
  const gpus = chooseGpus(id, config.CONSTELLATION_SIMULATED_GPUS, config.NVML_LIBRARY)
  lifecycle.onStop('the GPUs', gpus.close)

  const shims = openShims(config, log)
  lifecycle.onStop('the shim that waits', shims.close)

  const worker = assemble({ id, config, log, api, bus, gpus, shims })
  await adoptRuns(worker)
  const loop = startLoop(worker)
  lifecycle.onStop('the runs', loop.stop)
}

function assemble(parts: Pick<Worker, 'id' | 'config' | 'log' | 'api' | 'bus' | 'gpus' | 'shims'>): Worker {
  const nothing = () => undefined
  const worker: Worker = {
    ...parts,
    registered: [],
    executors: [],
    runs: new Map(),
    lives: new Set(),
    leaseMs: USUAL_LEASE_MS,
    wakeClaims: nothing,
    wakeRenewals: nothing,
    sampleNow: async () => undefined,
    stopped: new AbortController(),
  }
  worker.sampleNow = sampler(worker)
  return worker
}
