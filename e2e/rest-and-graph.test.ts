// REST and the graph say the same: whatever REST answers is held against the graph's own answer, by a correspondence
// that is derived from the contract.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Correspondence, correspondenceOf, isNode, type Schema } from './rest-and-graph/correspondence.ts'
import { generateSubmissions } from './rest-and-graph/generated-jobs.ts'
import { openWorld, serverSentEvents, type World } from './testing.ts'

interface Contract {
  paths: Record<string, Record<string, { operationId?: string }>>
  components: { schemas: Record<string, Schema> }
}

let world: World
let contract: Contract
beforeAll(async () => {
  world = await openWorld()
  contract = await json('/openapi.json')
  await json('/webhooks', { url: 'http://127.0.0.1:9/', events: ['job.completed'] })
  await json('/usage/exports', { format: 'parquet', users: ['alice'] })
  await json('/jobs/batch', { jobs: generateSubmissions(60) })
  // Those that can run have run.
  await vi.waitFor(
    async () => {
      const { jobs } = await json('/jobs?state=queued,running&limit=200')
      const busy = jobs.filter(({ state, queue }: { state: string; queue?: { reason: string } }) => {
        return state === 'running' || ['starting', 'busy', 'behind_others'].includes(queue?.reason ?? '')
      })
      expect(busy).toEqual([])
    },
    { timeout: 90_000, interval: 500 },
  )
}, 240_000)
afterAll(() => world?.close())

async function json(path: string, body?: object) {
  const init = body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const answer = await world.rest(path, init)
  const told = await answer.json()
  if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(told)}`)
  return told
}

async function graph(query: string, variables: object = {}): Promise<Record<string, unknown>> {
  const { data, errors } = await world.graphql(query, variables)
  if (!data || errors) throw new Error(JSON.stringify(errors))
  return data
}

const of = (name: string): Correspondence => correspondenceOf(contract.components.schemas, name)

/** Compared until both were asked in the same moment: GPUs are sampled each second, and estimates move on. */
async function same(rest: () => Promise<unknown>, expected: () => Promise<unknown>): Promise<void> {
  await vi.waitFor(async () => expect(await rest()).toEqual(await expected()), { timeout: 20_000, interval: 50 })
}

/** A list of REST, page by page, against the connection of the graph. */
async function samePages(path: string, list: string, schema: string, field: string, limit: number): Promise<number> {
  const { select, read } = of(schema)
  let seen = 0
  for (let cursor: string | null = ''; cursor !== null; ) {
    const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const page = async () => {
      const query = `query ($after: String) { it: ${field.replace('PAGE', `first: ${limit}, after: $after`)} }`
      const inner = `{ nodes ${select} pageInfo { hasNextPage endCursor } }`
      const { it } = await graph(query.replace('CONNECTION', inner), { after: cursor || null })
      const found = isNode(it) && 'deliveries' in it ? it.deliveries : it
      if (!isNode(found) || !Array.isArray(found.nodes) || !isNode(found.pageInfo)) throw new Error('no connection')
      const { hasNextPage, endCursor } = found.pageInfo
      return { [list]: found.nodes.map((node) => read(node, {})), next_cursor: hasNextPage ? endCursor : null }
    }
    const asked = `${path}${path.includes('?') ? '&' : '?'}limit=${limit}${after}`
    await same(() => json(asked), page)
    const answer = await json(asked)
    seen += answer[list].length
    cursor = answer.next_cursor
  }
  return seen
}

async function ids(path: string, list: string): Promise<string[]> {
  const answer = await json(path)
  return answer[list].map(({ id }: { id: string }) => id)
}

/** Each operation that reads from the graph, by the name that the contract has for it. */
const COMPARED: Record<string, () => Promise<void>> = {
  async listJobs() {
    expect(await samePages('/jobs', 'jobs', 'Job', 'jobs(PAGE) CONNECTION', 25)).toBeGreaterThanOrEqual(60)
    for (const [query, args] of SEARCHES) {
      const field = `jobs(${args} PAGE) CONNECTION`
      expect(await samePages(`/jobs?${query}`, 'jobs', 'Job', field, 25), query).toBeGreaterThan(0)
    }
  },
  async getJob() {
    const { select, read } = of('Job')
    for (const id of await ids('/jobs?limit=200', 'jobs')) {
      const query = `query ($id: ID!) { job(id: $id) ${select} }`
      await same(
        () => json(`/jobs/${id}`),
        async () => read((await graph(query, { id })).job, {}),
      )
    }
  },
  async followJobLogs() {
    const { select, read } = of('LogEvent')
    const chunks = select.replace(/\b(attempt|runId)\b/g, '')
    const query = `query ($id: ID!) { job(id: $id) { runs { id attempt log(first: 500) { chunks ${chunks.replace('}', ' end }')} } } } }`
    let pieces = 0
    for (const id of await ids('/jobs?state=completed,failed&limit=200', 'jobs')) {
      const told = []
      for await (const { event, data } of serverSentEvents(await world.rest(`/jobs/${id}/logs`))) {
        if (event === 'log') told.push(data)
      }
      const { job } = await graph(query, { id })
      const runs = isNode(job) && Array.isArray(job.runs) ? job.runs : []
      const expected = runs.flatMap((run) =>
        run.log.chunks
          .filter(({ end }: { end: boolean }) => !end)
          .map((chunk: object) => read({ ...chunk, attempt: run.attempt, runId: run.id }, {})),
      )
      expect(told).toEqual(expected)
      pieces += told.length
    }
    expect(pieces).toBeGreaterThan(5)
  },
  async listGpus() {
    expect(await samePages('/gpus', 'gpus', 'Gpu', 'gpus(PAGE) CONNECTION', 1)).toBe(2)
  },
  async getGpu() {
    const { select, read } = of('Gpu')
    for (const id of await ids('/gpus', 'gpus')) {
      const query = `query ($id: ID!) { gpu(id: $id) ${select} }`
      await same(
        () => json(`/gpus/${id}`),
        async () => read((await graph(query, { id })).gpu, {}),
      )
    }
  },
  async getAccountUsage() {
    const rows = of('UsageRow')
    // The sum of all is told as a row is.
    const sum = rows.select.replace(/\b(user|model)\b/g, '').replaceAll(/usage { (.*?) }(?= |$)/g, '$1')
    const asked = 'filter: {account: "default"}, groupBy: [USER, MODEL], metrics: [COST, WASTED_GPU_TIME, UTILISATION]'
    const query = `{ usage(${asked}) { rows ${rows.select} total ${sum} } }`
    await same(
      async () => ({ ...(await json('/usage/accounts/default')), as_of: 'now' }),
      async () => {
        const { usage } = await graph(query)
        if (!isNode(usage)) throw new Error('no usage')
        const { user: _, model: __, ...total } = Object(rows.read({ user: '', model: '', usage: usage.total }, {}))
        const told = Array.isArray(usage.rows) ? usage.rows.map((row) => rows.read(row, {})) : []
        return { account: 'default', from: null, to: null, as_of: 'now', ...total, rows: told }
      },
    )
  },
  async getStatement() {
    const month = new Date().toISOString().slice(0, 7)
    const query = `{ usageStatement(account: "default", month: "${month}") { html } }`
    await same(
      async () => ({ html: await (await world.rest(`/usage/accounts/default/statements/${month}`)).text() }),
      async () => (await graph(query)).usageStatement,
    )
  },
  async listExports() {
    const { select, read } = of('UsageExport')
    await same(
      async () => (await json('/usage/exports')).exports.map(withoutLink),
      async () => {
        const { usageExports } = await graph(`{ usageExports ${select} }`)
        return Array.isArray(usageExports) ? usageExports.map((one) => withoutLink(read(one, {}))) : usageExports
      },
    )
  },
  async getExport() {
    const { select, read } = of('UsageExport')
    for (const id of await ids('/usage/exports', 'exports')) {
      const query = `query ($id: ID!) { usageExport(id: $id) ${select} }`
      await same(
        async () => withoutLink(await json(`/usage/exports/${id}`)),
        async () => withoutLink(read((await graph(query, { id })).usageExport, {})),
      )
    }
  },
  async getLeaderboard() {
    const { select, read } = of('LeaderboardEntry')
    const now = (entry: unknown) => (isNode(entry) ? { ...entry, as_of: 'now' } : entry)
    for (const by of ['account', 'user', 'model']) {
      await same(
        async () => (await json(`/usage/leaderboard?by=${by}`)).entries.map(now),
        async () => {
          const { usageLeaderboard: entries } = await graph(`{ usageLeaderboard(by: ${by.toUpperCase()}) ${select} }`)
          return Array.isArray(entries) ? entries.map((entry) => now(read(entry, {}))) : entries
        },
      )
    }
  },
  async listWebhooks() {
    const { select, read } = of('Webhook')
    await same(
      () => json('/webhooks'),
      async () => {
        const { webhooks } = await graph(`{ webhooks ${select} }`)
        return { webhooks: Array.isArray(webhooks) ? webhooks.map((one) => read(one, {})) : webhooks }
      },
    )
  },
  async getWebhook() {
    const { select, read } = of('Webhook')
    for (const id of await ids('/webhooks', 'webhooks')) {
      const query = `query ($id: ID!) { webhook(id: $id) ${select} }`
      await same(
        () => json(`/webhooks/${id}`),
        async () => read((await graph(query, { id })).webhook, {}),
      )
    }
  },
  async listDeliveries() {
    const [id] = await ids('/webhooks', 'webhooks')
    const field = `webhook(id: "${id}") { deliveries(PAGE) CONNECTION }`
    expect(await samePages(`/webhooks/${id}/deliveries`, 'deliveries', 'Delivery', field, 7)).toBeGreaterThan(0)
  },
}

/** Those that tell of the service itself; files; and /stream, whose messages have the shape of `getJob`'s answer. */
const NOT_OF_THE_GRAPH = ['getRoot', 'getHealth', 'getDocs', 'getOpenApi', 'getExportFile', 'openStream']

/** What a list of jobs is asked for in REST, and in the graph. */
const SEARCHES = [
  ['text=job&order=name', 'search: {text: "job"} orderBy: {by: NAME, direction: ASCENDING}'],
  ['state=completed,failed&order=-finished', 'filter: {states: [COMPLETED, FAILED]} orderBy: {by: FINISHED}'],
  ['gpu_model=A100&order=-priority', 'search: {gpuModel: "A100"} orderBy: {by: PRIORITY}'],
  [
    'created_from=2026-01-01T00:00:00Z&created_before=2099-01-01T00:00:00Z&order=created',
    'search: {createdFrom: "2026-01-01T00:00:00.000Z", createdBefore: "2099-01-01T00:00:00.000Z"} ' +
      'orderBy: {by: CREATED, direction: ASCENDING}',
  ],
] as const

/** An export's link is signed anew each time. */
function withoutLink(told: unknown): unknown {
  return isNode(told) ? { ...told, link: typeof told.link, link_expires_at: typeof told.link_expires_at } : told
}

describe('REST answers what the graph answers', () => {
  test.each(Object.entries(COMPARED))('%s', (_, compare) => compare(), 120_000)

  test('and no operation that reads is left out', () => {
    const reads = Object.values(contract.paths).flatMap(({ get }) => get?.operationId ?? [])
    expect(reads.toSorted()).toEqual([...Object.keys(COMPARED), ...NOT_OF_THE_GRAPH].toSorted())
  })
})
