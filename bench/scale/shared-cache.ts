// What a cache that all gateways and services share could save, beside what it costs to ask it: what is made once in each
// process and kept there is made for the first time here, and then asked for again.
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import path from 'node:path'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { parse } from 'graphql'
import { Agent, request } from 'undici'
import * as v from 'valibot'
import { treeCpuMs } from '../queue/cpu.ts'
import type { Section } from '../queue/section.ts'
import { rounded } from '../queue/statistics.ts'
import { startWorker } from '../telemetry/orders.ts'
import { VALUE_BYTES } from './store.ts'
import type { System } from './system.ts'

const AGAIN = 40
const USAGE_ASKED = 40
const LOOK_UPS = 20_000
const AT_ONCE = 16

const DAY_MS = 86_400_000
const USAGE = `query ($from: DateTime!, $to: DateTime!) { usage(range: { from: $from, to: $to }, groupBy: [ACCOUNT, MODEL]) {
  rows { account model usage { gpuSeconds runs } } } }`

export async function measureSharing(system: System): Promise<Section> {
  const agent = new Agent({ connections: 1 })
  try {
    const ask = asker(system, agent)
    const documents = queriesWithoutVariables()
    const first = await costOf(system, documents.length, async (i) => ask(documents[i] ?? ''))
    const later = await costOf(system, documents.length * AGAIN, async (i) =>
      ask(documents[i % documents.length] ?? ''),
    )
    const now = Date.now()
    const others = await costOf(system, USAGE_ASKED, (i) => ask(USAGE, rangeOf(now - i * 3_600_000)))
    const same = await costOf(system, USAGE_ASKED, () => ask(USAGE, rangeOf(now)))
    const store = await costOfStore()
    return section(documents.length, { first, later, others, same, store })
  } finally {
    await agent.destroy()
  }
}

function rangeOf(to: number) {
  return { from: new Date(to - 30 * DAY_MS).toISOString(), to: new Date(to).toISOString() }
}

/** Of those that our own clients ask, by their text. */
function queriesWithoutVariables(): string[] {
  const file = path.join(repositoryRoot, 'schema/generated/documents.json')
  const texts = Object.values(v.parse(v.record(v.string(), v.string()), JSON.parse(readFileSync(file, 'utf8'))))
  return texts.filter((text) => {
    const operations = parse(text).definitions.filter(({ kind }) => kind === 'OperationDefinition')
    return operations.every(
      (one) =>
        one.kind === 'OperationDefinition' &&
        one.operation === 'query' &&
        (one.variableDefinitions ?? []).every(({ type }) => type.kind !== 'NonNullType'),
    )
  })
}

function asker({ url, adminToken }: System, agent: Agent) {
  return async (query: string, variables: object = {}): Promise<void> => {
    const { statusCode, body } = await request(`${url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
      dispatcher: agent,
    })
    const text = await body.text()
    if (statusCode !== 200) throw new Error(`It was not answered: ${statusCode} ${text.slice(0, 200)}`)
  }
}

interface Cost {
  ms: number
  gatewayMs: number
  usageMs: number
}

/** Of one, where `work` is done so many times: until it was answered, and processor time. */
async function costOf({ pids }: System, times: number, work: (i: number) => Promise<void>): Promise<Cost> {
  const [gateway = 0, usage = 0] = [pids.gateway, pids.usage]
  const before = { at: performance.now(), gateway: treeCpuMs(gateway), usage: treeCpuMs(usage) }
  for (let i = 0; i < times; i++) await work(i)
  return {
    ms: (performance.now() - before.at) / times,
    gatewayMs: (treeCpuMs(gateway) - before.gateway) / times,
    usageMs: (treeCpuMs(usage) - before.usage) / times,
  }
}

/** Of one look-up: how long it takes alone, and the processor time of both sides where several are under way. */
async function costOfStore(): Promise<{ ms: number; clientMs: number; storeMs: number }> {
  const store = startWorker(path.join(import.meta.dirname, 'store.ts'))
  const port = await store.order({ kind: 'port' }, v.number())
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  const waiting: (() => void)[] = []
  let bytes = 0
  socket.on('data', ({ length }) => {
    for (bytes += length; bytes >= VALUE_BYTES; bytes -= VALUE_BYTES) waiting.shift()?.()
  })
  const look = () =>
    new Promise<void>((resolve) => {
      waiting.push(resolve)
      socket.write('GET what is kept\n')
    })
  try {
    const alone = performance.now()
    for (let i = 0; i < LOOK_UPS / AT_ONCE; i++) await look()
    const ms = ((performance.now() - alone) * AT_ONCE) / LOOK_UPS
    const before = { client: process.cpuUsage(), store: treeCpuMs(store.pid) }
    for (let i = 0; i < LOOK_UPS; i += AT_ONCE) await Promise.all(Array.from({ length: AT_ONCE }, look))
    const { user, system } = process.cpuUsage(before.client)
    return {
      ms,
      clientMs: (user + system) / 1_000 / LOOK_UPS,
      storeMs: (treeCpuMs(store.pid) - before.store) / LOOK_UPS,
    }
  } finally {
    socket.destroy()
    await store.stop()
  }
}

interface Costs {
  first: Cost
  later: Cost
  others: Cost
  same: Cost
  store: Awaited<ReturnType<typeof costOfStore>>
}

function section(documents: number, { first, later, others, same, store }: Costs): Section {
  const ofGateway = ({ ms, gatewayMs }: Cost) => [rounded(ms), rounded(gatewayMs)]
  const ofUsage = ({ ms, usageMs }: Cost) => [rounded(ms), rounded(usageMs)]
  return {
    title: 'What a shared cache could save',
    method:
      `One question at a time. The ${documents} documents of our own clients that take no variables, for the first time in a gateway's life, ` +
      `when they are read, checked, planned and compiled, and ${AGAIN} times again; usage of ${USAGE_ASKED} different months, and of the same one. ` +
      `Beside that a look-up of ${VALUE_BYTES} bytes in a process that does nothing but answer, over a socket on the same machine: less than any store costs.`,
    head: ['', 'until answered, ms', 'CPU ms'],
    rows: [
      ['a document for the first time (gateway)', ...ofGateway(first)],
      ['a document that is known (gateway)', ...ofGateway(later)],
      ['all documents once, at each start of a gateway', '', rounded((first.gatewayMs - later.gatewayMs) * documents)],
      ['usage of another month (usage service)', ...ofUsage(others)],
      ['usage of the same month (usage service)', ...ofUsage(same)],
      [
        'a look-up elsewhere (who asks / store)',
        rounded(store.ms),
        `${rounded(store.clientMs)} / ${rounded(store.storeMs)}`,
      ],
    ],
  }
}
