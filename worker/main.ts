// The worker: takes runs from the queue and runs them on this machine and its GPUs.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Lifecycle, runMain } from '@constellation/platform/lifecycle.ts'
import { createLogger, type Logger } from '@constellation/platform/log.ts'
import { serveMetrics } from '@constellation/platform/metrics/serve-metrics.ts'
import { startTracing } from '@constellation/platform/tracing/trace.ts'
import { openApi } from './api.ts'
import { openBus } from './bus.ts'
import { readWorkerConfig, type WorkerConfig } from './config.ts'
import { closeCgroups, openCgroups } from './executors/cgroup-home.ts'
import { settingsOf } from './executors/kubernetes/config.ts'
import { kubernetesGpus } from './executors/kubernetes/gpus.ts'
import { homeOf } from './executors/kubernetes/labels.ts'
import { seesMachine } from './executors/process-tree.ts'
import { chooseGpus } from './gpu/choose.ts'
import type { GpuProvider } from './gpu/provider.ts'
import { lookAtHealth, newHealth } from './health/health.ts'
import { lockHome } from './lock.ts'
import { startLoop } from './loop.ts'
import { rememberReadings, tellWorker } from './metrics.ts'
import { oneByOne } from './pace/one-by-one.ts'
import { createPatience } from './pace/patience.ts'
import { endReporter } from './report.ts'
import { openUsers } from './run-as.ts'
import { adoptRuns } from './runs/adopt.ts'
import { runsDirectory } from './runs/launch.ts'
import { closeScratch, openScratch } from './runs/scratch.ts'
import { openShims } from './runs/shims.ts'
import { keepNatsLogin } from './sign-in/nats-login.ts'
import { presentToken } from './sign-in/present-token.ts'
import { workerIdOf } from './sign-in/token.ts'
import { sampler } from './telemetry/telemetry.ts'
import type { Worker } from './worker.ts'

/** Until the server says otherwise. */
const USUAL_LEASE_MS = 45_000

const config = readWorkerConfig()
const log = createLogger('worker', config.LOG_LEVEL)
await runMain(log, (lifecycle) => start(config, log, lifecycle), { exitWithParent: config.EXIT_WITH_PARENT })

async function start(config: WorkerConfig, log: Logger, lifecycle: Lifecycle): Promise<void> {
  const home = lockHome(config.WORKER_HOME)
  lifecycle.onStop('the lock', home.release)
  await serveMetrics(config, log, lifecycle)
  await startTracing('worker', config, lifecycle)
  const presented = await presentToken(config.GATEWAY_URL, config.TOKEN_FILE)
  const id = workerIdOf(presented.token)
  const login = keepNatsLogin(config.NATS_URL, presented)
  const api = openApi(config.GATEWAY_URL, config.TOKEN_FILE, log, login.take)
  lifecycle.onStop('the calls to the gateway', api.close)
  const bus = openBus(login.url, `worker ${id}`, log)
  lifecycle.onStop('NATS', bus.close)
  const { gpus, last } = rememberReadings(openGpus(config, id))
  lifecycle.onStop('the GPUs', gpus.close)

  const users = openUsers(config.RUN_AS)
  const scratch = openScratch(config.WORKER_HOME, users.areOthers, (name) =>
    existsSync(join(runsDirectory(config.WORKER_HOME), name)),
  )
  lifecycle.onStop('the scratch directories', () => closeScratch(scratch))
  const cgroups = openCgroups(config.WORKER_HOME, config.WORKER_CGROUP)
  log.info(
    { cgroups },
    cgroups.length > 0 ? 'runs are kept in groups of processes' : 'no groups of processes can be made',
  )
  lifecycle.onStop('the groups of processes', () => closeCgroups(cgroups))
  const shims = openShims(config, cgroups, log)
  lifecycle.onStop('the shim that waits', shims.close)

  const worker = assemble({ id, config, log, api, bus, gpus, shims, users, scratch })
  lifecycle.onStop('the telling of the worker', tellWorker(worker, last))
  await adoptRuns(worker)
  const loop = startLoop(worker)
  lifecycle.onStop('the runs', loop.stop)
}

function openGpus(config: WorkerConfig, id: string): GpuProvider {
  if (config.EXECUTORS.includes('kubernetes')) return kubernetesGpus(settingsOf(config, homeOf(id)))
  const own = chooseGpus({
    workerId: id,
    simulated: config.CONSTELLATION_SIMULATED_GPUS,
    nvmlLibrary: config.NVML_LIBRARY,
    home: config.WORKER_HOME,
  })
  // Who only tells of GPUs does not know whose processes are on them: everybody's would be a stranger's.
  return config.EXECUTORS.includes('none') ? { ...own, processes: async () => null } : own
}

type Parts = 'id' | 'config' | 'log' | 'api' | 'bus' | 'gpus' | 'shims' | 'users' | 'scratch'

function assemble(parts: Pick<Worker, Parts>): Worker {
  const nothing = () => undefined
  const stopped = new AbortController()
  const worker: Worker = {
    ...parts,
    registered: [],
    gpuNotice: null,
    executors: [],
    runs: new Map(),
    lives: new Set(),
    leaseMs: USUAL_LEASE_MS,
    finish: endReporter(parts.api, stopped.signal),
    patience: createPatience(),
    wakeClaims: nothing,
    wakeRegistration: nothing,
    wakeRenewals: nothing,
    sampleNow: async () => undefined,
    health: newHealth(parts.api, seesMachine()),
    lookAtHealth: async () => undefined,
    stopped,
  }
  worker.sampleNow = oneByOne(sampler(worker))
  worker.lookAtHealth = oneByOne(() => lookAtHealth(worker))
  return worker
}
