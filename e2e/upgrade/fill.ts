// Something of everything, for the data of a release.
import { settled, submit, type World, watchJob } from '../testing.ts'

/** What clients of REST are told; later releases may add to it. */
export interface ToldByRest {
  /** Those that have ended. */
  jobs: { id: string }[]
  /** The output of each, by its id. */
  logs: Record<string, string[]>
  /** One that holds all GPUs, and one that waits for them. */
  running: string
  waiting: string
}

const MUTATIONS = [
  'savePrice(input: {model: "*", perGpuHour: "3600", currency: "EUR", validFrom: "2026-01-01T00:00:00Z"}) { model }',
  'saveBudget(input: {account: "default", amount: "100", currency: "EUR", thresholds: [50]}) { account }',
  'saveSecret(input: {name: "WORD", value: "xyzzy"}) { problems { message } }',
  'saveWebhook(input: {url: "http://127.0.0.1:9/", eventTypes: ["job.completed"]}) { problems { message } }',
  'createApiToken(input: {name: "script", scopes: [READ]}) { problems { message } }',
  'saveSchedule(input: {name: "yearly", cron: "0 0 1 1 *", timeZone: "UTC", job: {command: ["true"]}}) { problems { message } }',
]

/** Fills a stack of two GPUs. */
export async function fill(world: World): Promise<ToldByRest> {
  for (const mutation of MUTATIONS) {
    const { data, errors } = await world.graphql(`mutation { ${mutation} }`)
    if (errors || JSON.stringify(data).includes('"message"')) throw new Error(JSON.stringify({ data, errors }))
  }
  const ended = [
    await submit(world, { command: ['sh', '-c', 'echo one; echo zwei ü'], gpus: 2 }, 'completes'),
    await submit(world, { command: ['sh', '-c', 'echo no >&2; exit 3'], gpus: 1, max_retries: 1 }, 'fails'),
  ]
  for (const { id } of ended) await watchJob(world, id, settled)
  const { id: running } = await submit(world, { command: ['sleep', '600'], gpus: 2 }, 'runs')
  await watchJob(world, running, (job) => job.state === 'RUNNING')
  const { id: waiting } = await submit(world, { command: ['echo', 'at last'], gpus: 1 }, 'waits')
  return {
    ...(await tell(
      world,
      ended.map(({ id }) => id),
    )),
    running,
    waiting,
  }
}

/** What REST says of these jobs. */
export async function tell(world: World, ids: readonly string[]): Promise<Omit<ToldByRest, 'running' | 'waiting'>> {
  const get = async (path: string) => (await world.rest(path)).json()
  const jobs = await Promise.all(ids.map((id) => get(`/jobs/${id}`)))
  const logs = await Promise.all(ids.map(async (id) => [id, await outputOf(world, id)] as const))
  return { jobs, logs: Object.fromEntries(logs) }
}

async function outputOf(world: World, id: string): Promise<string[]> {
  const text = await (await world.rest(`/jobs/${id}/logs`)).text()
  return [...text.matchAll(/^data: (.*)$/gm)].flatMap(([, line = '']) => {
    const { text: output } = JSON.parse(line)
    return typeof output === 'string' ? [output] : []
  })
}
