// Queries of one hop and of two through each gateway, under load, and of one hop to the service itself.
import autocannon, { type Client } from 'autocannon'
import type { Section } from '../queue/section.ts'
import { median, ratio, rounded } from '../queue/statistics.ts'
import { askGraph } from './ask.ts'
import type { Contender } from './contenders.ts'
import { cpuMs } from './cpu.ts'

const FIELDS = 'id name state version priority account submittedBy createdAt'
const QUERIES = {
  '1 hop': `query Job($id: ID!) { job(id: $id) { ${FIELDS} } }`,
  '2 hops': `query JobAndUsage($id: ID!) { job(id: $id) { ${FIELDS} usage { gpuSeconds runs provisional } } }`,
} as const
type Hops = keyof typeof QUERIES

const CONNECTIONS = 32
const WARM_UP_SECONDS = 2
const ROUND_SECONDS = 2
const ROUNDS = 3

interface Round {
  perSecond: number
  p50: number
  p99: number
  /** Of the gateway's process, in microseconds. */
  cpuPerRequest: number
}

interface Target extends Contender {
  queries: readonly Hops[]
}

/**
 * The gateways by turns; ours comes last among them. `direct` is the service asked without a gateway.
 * @throws Error where an answer is not a job without errors
 */
export async function measureQueries(
  direct: Contender,
  gateways: readonly Contender[],
  jobIds: readonly string[],
): Promise<Section> {
  const all: Hops[] = ['1 hop', '2 hops']
  const targets: Target[] = [{ ...direct, queries: ['1 hop'] }, ...gateways.map((each) => ({ ...each, queries: all }))]
  const rounds = new Map<string, Round[]>()
  for (let round = 0; round <= ROUNDS; round++) {
    for (const target of targets) {
      for (const hops of target.queries) {
        const measured = await load(target, hops, jobIds, round === 0 ? WARM_UP_SECONDS : ROUND_SECONDS)
        const key = `${target.name} ${hops}`
        if (round > 0) rounds.set(key, [...(rounds.get(key) ?? []), measured])
      }
    }
  }
  return sectionOf(targets, jobIds.length, (target, hops) => middleOf(rounds.get(`${target.name} ${hops}`) ?? []))
}

async function load(target: Target, hops: Hops, jobIds: readonly string[], seconds: number): Promise<Round> {
  const query = QUERIES[hops]
  await askGraph(target.url, query, { id: jobIds[0] }, target.headers)
  const before = cpuMs(target.pid)
  const result = await autocannon({
    url: `${target.url}/graphql`,
    connections: CONNECTIONS,
    duration: seconds,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...target.headers },
    setupClient: eachItsOwn(jobIds, (id) => JSON.stringify({ query, variables: { id } })),
    verifyBody: (body) => typeof body === 'string' && body.includes('"state":"QUEUED"') && !body.includes('"errors"'),
  })
  const used = cpuMs(target.pid) - before
  const faults = result.errors + result.non2xx + result.mismatches
  if (faults > 0) throw new Error(`${target.name} gave ${faults} answers that are none.`)
  return {
    perSecond: result.requests.total / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    cpuPerRequest: (used * 1000) / result.requests.total,
  }
}

/** Gives each connection a share of the ids to ask for by turns, so that no two ask for the same at once. */
function eachItsOwn(ids: readonly string[], body: (id: string) => string): (client: Client) => void {
  let connection = 0
  return (client) => {
    const share = ids.filter((_, i) => i % CONNECTIONS === connection % CONNECTIONS)
    connection += 1
    client.setRequests(share.map((id) => ({ body: body(id) })))
  }
}

function middleOf(rounds: readonly Round[]): Round {
  const of = (name: keyof Round) => median(rounds.map((round) => round[name]))
  return { perSecond: of('perSecond'), p50: of('p50'), p99: of('p99'), cpuPerRequest: of('cpuPerRequest') }
}

function sectionOf(targets: readonly Target[], jobs: number, middle: (target: Target, hops: Hops) => Round): Section {
  const [direct] = targets
  const ours = targets.at(-1)
  if (!direct || !ours) throw new Error('There is nothing to compare.')
  const base = middle(direct, '1 hop')
  return {
    title: 'Queries',
    method:
      `One job by its id: from the jobs service (1 hop), and with its usage from the usage service (2 hops). autocannon, ` +
      `${CONNECTIONS} connections, each of which asks for other jobs than the rest, ${Math.floor(jobs / CONNECTIONS)} of ` +
      `them by turns: what gateways answer once for several who ask for the same is not measured. Medians of ${ROUNDS} rounds of ${ROUND_SECONDS} s by turns after one that does not ` +
      'count; every answer is checked. All gateways have the same supergraph and the same services of ours over ' +
      'PostgreSQL, with the check of the signature of our gateway taken out, as the others have none. Ours checks the ' +
      "bearer's token, depth, cost and the services' answers, and signs its requests all the same. Load, services and " +
      'gateway share the processors. CPU is that of the gateway process, from /proc (of the service, where it is asked ' +
      'directly). `direct ÷ it` is by how much it is slower than the service; `it ÷ ours` above 1: ours is cheaper.',
    head: ['who', 'query', 'req/s', 'p50 ms', 'p99 ms', 'CPU µs', 'direct ÷ it: req/s', 'CPU: it ÷ ours'],
    rows: targets.flatMap((target) =>
      target.queries.map((hops) => {
        const { perSecond, p50, p99, cpuPerRequest } = middle(target, hops)
        return [
          target.name,
          hops,
          rounded(perSecond),
          rounded(p50),
          rounded(p99),
          rounded(cpuPerRequest),
          ratio(base.perSecond, perSecond),
          target === direct ? '–' : ratio(cpuPerRequest, middle(ours, hops).cpuPerRequest),
        ]
      }),
    ),
  }
}
