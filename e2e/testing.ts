// What the whole-system tests share: a stack of their own, and its clients.
import { chmod, mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { readStackConfig } from '@constellation/local/config.ts'
import { type Stack, startStack } from '@constellation/local/stack/stack.ts'
import { fillHome } from '@constellation/local/testing/prepared-home.ts'
import { makeTestHome, removeTestHome } from '@constellation/local/testing/test-home.ts'
import { type Client, createClient } from 'graphql-ws'
import WebSocket from 'ws'

/** A stack with a home of its own, which stays when the stack is started again. */
export interface World {
  readonly stack: Stack
  /** Ends the stack in order and starts it on the same home. */
  restart(): Promise<void>
  /** Resolves when a part was started again after its death. */
  restarted(part: string): Promise<void>
  rest(path: string, init?: RequestInit): Promise<Response>
  graphql(query: string, variables?: object): Promise<{ data: Record<string, unknown> | null; errors?: unknown[] }>
  close(): Promise<void>
}

const JOURNALS = 'journals'

/** `prepare` may put something into its home before the first start. */
export async function openWorld(
  settings: Record<string, string> = {},
  prepare: (home: string) => Promise<void> = async () => {},
): Promise<World> {
  const home = await makeTestHome()
  await fillHome(home)
  // Jobs may run as other users than the one who tests.
  await mkdir(path.join(home, JOURNALS))
  await chmod(path.join(home, JOURNALS), 0o777)
  const restarts = new Map<string, PromiseWithResolvers<void>>()
  const config = readStackConfig({
    CONSTELLATION_HOME: home,
    PORT: '0',
    CONSTELLATION_SIMULATED_GPUS: '2',
    ...settings,
  })
  const start = () =>
    startStack({
      config,
      print: () => {},
      durable: false,
      onEvent(event) {
        if (event.kind === 'restarted') restarts.get(event.part)?.resolve()
      },
    })
  await prepare(home)
  let stack = await start()
  const rest: World['rest'] = (path, init = {}) =>
    fetch(`${stack.url}${path}`, { ...init, headers: { authorization: `Bearer ${stack.adminToken}`, ...init.headers } })
  return {
    get stack() {
      return stack
    },
    async restart() {
      await stack.stop()
      stack = await start()
    },
    restarted(part) {
      const restart = Promise.withResolvers<void>()
      restarts.set(part, restart)
      return restart.promise
    },
    rest,
    async graphql(query, variables = {}) {
      const body = JSON.stringify({ query, variables })
      const answer = await rest('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
      return answer.json()
    },
    async close() {
      await stack.stop()
      await removeTestHome(home)
    },
  }
}

/** Submits by REST and returns the answer's body. */
export async function submit(world: World, params: object, name = 'a test'): Promise<{ id: string; state: string }> {
  const answer = await world.rest('/jobs', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, params }),
  })
  if (answer.status !== 201) throw new Error(`not accepted: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

export interface WatchedJob {
  state: string
  version: number
  runs: {
    attempt: number
    state: string
    exitCode: number | null
    reason: string | null
    gpus: { name: string; simulated: boolean }[]
  }[]
  usage: { gpuSeconds: number; provisional: boolean }
}

/** Fields of all three services in one subscription. */
const JOB_CHANGED = `subscription ($id: ID!) {
  jobChanged(id: $id) {
    state version runs { attempt state exitCode reason gpus { name simulated } } usage { gpuSeconds provisional }
  }
}`

/** What a graphql-ws client sees of a job until `enough`. */
export async function watchJob(world: World, id: string, enough: (job: WatchedJob) => boolean): Promise<WatchedJob[]> {
  const client = openSocket(world)
  const seen: WatchedJob[] = []
  try {
    for await (const { data, errors } of client.iterate<{ jobChanged: WatchedJob }>({
      query: JOB_CHANGED,
      variables: { id },
    })) {
      if (!data) throw new Error(`the subscription failed: ${JSON.stringify(errors)}`)
      seen.push(data.jobChanged)
      if (enough(data.jobChanged)) break
    }
  } finally {
    await client.dispose()
  }
  return seen
}

/** True when a job has ended and its ledger entry is final. */
export function settled(job: WatchedJob): boolean {
  return ['COMPLETED', 'FAILED', 'CANCELLED'].includes(job.state) && !job.usage.provisional
}

/** A client of the graph over a WebSocket. */
export function openSocket(world: World): Client {
  return createClient({
    url: `${world.stack.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { token: world.stack.adminToken },
    retryAttempts: 0,
  })
}

/** A file that jobs append to, which is the truth about how often something ran. */
export function journalFile(world: World, name: string): string {
  return path.join(world.stack.home, JOURNALS, name)
}

/** Its lines. */
export async function journal(world: World, name: string): Promise<string[]> {
  const text = await readFile(journalFile(world, name), 'utf8')
  return text.trimEnd().split('\n')
}

/** The events of a server-sent stream, as they come. */
export async function* serverSentEvents(
  answer: Response,
): AsyncGenerator<{ event: string; data: Record<string, unknown>; at: number }> {
  let rest = ''
  for await (const part of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const blocks = (rest + part).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const field = (name: string) => block.match(new RegExp(`^${name}: (.*)$`, 'm'))?.[1]
      const data = field('data')
      if (data !== undefined)
        yield { event: field('event') ?? 'message', data: JSON.parse(data), at: performance.now() }
    }
  }
}
