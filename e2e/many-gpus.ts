// A fleet larger than this machine could run workers for: registered as workers do, and its telemetry published as
// theirs is, once a second.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { natsUrls } from '@constellation/local/nats/nats-server.ts'
import { loadSecrets } from '@constellation/local/secrets.ts'
import { loadIssuer } from '@constellation/local/tokens/keys.ts'
import { mintToken } from '@constellation/local/tokens/token.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { NO_METRICS, type Telemetry } from '@constellation/platform/events/telemetry.ts'
import { connectNats } from '@constellation/platform/nats/nats.ts'
import { chanceOf } from './seeded.ts'
import type { World } from './testing.ts'

const PERIOD_MS = 1000

interface Host {
  workerId: string
  gpuIds: string[]
}

export interface ManyGpus {
  hosts: readonly Host[]
  stop(): Promise<void>
}

export interface Shape {
  workers: number
  gpusEach: number
  /** The first GPU of the first worker is in MIG mode: so many slices in its place. */
  slices?: number
}

const REGISTER = `mutation ($input: RegisterWorkerInput!) {
  registerWorker(input: $input) { worker { gpus { id } } }
}`

/** Adds them, and publishes what they do until stopped. */
export async function addManyGpus(world: World, shape: Shape): Promise<ManyGpus> {
  const issuer = await loadIssuer(world.stack.home)
  const hosts: Host[] = []
  for (let number = 1; number <= shape.workers; number++) {
    const workerId = `worker-${String(number).padStart(3, '0')}`
    const token = await mintToken(issuer, { subject: workerId, role: 'worker', accounts: [], ttlSeconds: 3600 })
    hosts.push({ workerId, gpuIds: await register(world, token, workerId, inputOf(number, shape)) })
  }
  const nats = await connectNats(await natsUrl(world.stack.home), 'many GPUs')
  const chance = chanceOf('many GPUs')
  const loads = new Map(
    hosts.flatMap(({ gpuIds }) => gpuIds).map((id) => [id, chance.happens(0.7) ? chance.next() : 0]),
  )
  const publish = () => {
    const at = new Date().toISOString()
    for (const { workerId, gpuIds } of hosts) {
      const samples = gpuIds.map((gpuId) => sampleOf(gpuId, at, loads.get(gpuId) ?? 0, chance.next()))
      const message: Telemetry = { workerId, at, samples, processes: [] }
      nats.publish(SUBJECTS.telemetry(workerId), JSON.stringify(message))
    }
  }
  publish()
  const timer = setInterval(publish, PERIOD_MS)
  return {
    hosts,
    async stop() {
      clearInterval(timer)
      await nats.close()
    },
  }
}

async function register(world: World, token: string, workerId: string, input: object): Promise<string[]> {
  const answer = await fetch(`${world.stack.url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: REGISTER, variables: { input } }),
  })
  const { data, errors }: { data?: { registerWorker: { worker: { gpus: { id: string }[] } } }; errors?: unknown } =
    await answer.json()
  if (!data) throw new Error(`${workerId} was not registered: ${JSON.stringify(errors)}`)
  return data.registerWorker.worker.gpus.map(({ id }) => id)
}

const MODELS = ['NVIDIA H100 80GB HBM3', 'NVIDIA A100-SXM4-80GB', 'NVIDIA L40S'] as const

function inputOf(number: number, { gpusEach, slices = 0 }: Shape) {
  const name = MODELS[number % MODELS.length]
  const uuid = (index: number) => `GPU-${String(number).padStart(4, '0')}-${index}`
  const whole = (index: number) => ({ uuid: uuid(index), name, index, totalMemoryMb: 81_920, simulated: true })
  const slice = (index: number) => ({
    ...whole(0),
    uuid: `MIG-${uuid(0)}-${index}`,
    totalMemoryMb: 9_728,
    mig: { parentUuid: uuid(0), gpuInstance: index + 1, computeInstance: 0 },
  })
  const gpus = Array.from({ length: gpusEach }, (_, index) => whole(index))
  const inMigMode = number === 1 && slices > 0
  return {
    hostname: `node-${String(number).padStart(3, '0')}`,
    version: '0.1.0',
    gpus: inMigMode ? [...Array.from({ length: slices }, (_, index) => slice(index)), ...gpus.slice(1)] : gpus,
  }
}

/** Around its load, which stays; a GPU without any rests. */
function sampleOf(gpuId: string, at: string, load: number, noise: number): Telemetry['samples'][number] {
  const busy = load === 0 ? 0 : Math.min(1, Math.max(0, load + (noise - 0.5) * 0.2))
  return {
    gpuId,
    at,
    runId: null,
    ...NO_METRICS,
    utilisationPercent: Math.round(busy * 100),
    memoryUsedMb: Math.round(load * 70_000),
    powerWatts: Math.round(60 + busy * 340),
    powerLimitWatts: 400,
    temperatureC: Math.round(34 + busy * 46),
    throttleReasons: busy > 0.97 ? ['POWER_CAP'] : [],
  }
}

/** Of the stack's own nats-server, for one who may speak for every worker. */
async function natsUrl(home: string): Promise<string> {
  const config = await readFile(path.join(home, 'nats', 'nats.conf'), 'utf8')
  const port = Number(config.match(/^listen: ".+:(\d+)"$/m)?.[1])
  const { nats } = await loadSecrets(home)
  return natsUrls(nats, port).services
}
