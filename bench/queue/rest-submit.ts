// Durable submissions through POST /jobs at a steady rate, whether or not the answers keep up.
import { setTimeout as delay } from 'node:timers/promises'
import type { World } from '@constellation/e2e/testing.ts'
import { Agent, request } from 'undici'
import { treeCpuMs } from './cpu.ts'
import type { Section } from './section.ts'
import { countBy } from './server.ts'
import { databaseOf, openWorldWithoutWork } from './stack.ts'
import { median, percentile, rounded } from './statistics.ts'

const PER_SECOND = 500
const CONNECTIONS = 64
/** With so many unanswered the rate cannot be held: what would come next is not sent, and counted. */
const MOST_WAITING = 2_000
/** How long one answer may take, in milliseconds. */
const ANSWER_LIMIT = 30_000
const WARM_UP_SECONDS = 3

const BODY = JSON.stringify({ name: 'rest-submit', params: { command: ['true'] } })

interface Load {
  /** In milliseconds, from when the request was due. */
  latencies: number[]
  acknowledged: Set<string>
  /** Answers that are no acknowledgement, by status or error. */
  refused: Map<string, number>
  unsent: number
}

export async function measureRestSubmit(options: { seconds: number; say(line: string): void }): Promise<Section> {
  const world = await openWorldWithoutWork()
  const agent = new Agent({ connections: CONNECTIONS, headersTimeout: ANSWER_LIMIT, bodyTimeout: ANSWER_LIMIT })
  try {
    const adminUrl = await databaseOf(world)
    const stored = () => countBy(adminUrl, `SELECT count(*) FROM jobs.jobs WHERE name = 'rest-submit'`)
    await load(world, agent, WARM_UP_SECONDS)
    const before = await stored()
    const cpu = watchParts(world)
    const began = performance.now()
    const result = await load(world, agent, options.seconds)
    const seconds = (performance.now() - began) / 1000
    const cpuMs = cpu()
    const kept = (await stored()) - before
    options.say(`${result.acknowledged.size} acknowledged, ${kept} stored`)
    return report(result, { asked: options.seconds, seconds, kept, cpuMs })
  } finally {
    await agent.destroy()
    await world.close()
  }
}

/** Watches how much processor time each part of the stack and this client use, in milliseconds. */
function watchParts({ stack }: World): () => Map<string, number> {
  const used = () => {
    const { user, system } = process.cpuUsage()
    const parts = Object.entries(stack.processes()).map(([part, pid]) => [part, treeCpuMs(pid)] as const)
    return new Map([...parts, ['this client', (user + system) / 1000] as const])
  }
  const before = used()
  return () => new Map([...used()].map(([part, ms]) => [part, ms - (before.get(part) ?? 0)]))
}

/** Every request is sent when it is due, in slices of a few milliseconds. Resolves when all are answered. */
async function load(world: World, agent: Agent, seconds: number): Promise<Load> {
  const state: Load = { latencies: [], acknowledged: new Set(), refused: new Map(), unsent: 0 }
  const waiting = new Set<Promise<void>>()
  const began = performance.now()
  const total = PER_SECOND * seconds
  for (let sent = 0; sent < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - began) / 1000) * PER_SECOND) + 1)
    for (; sent < due; sent++) {
      if (waiting.size >= MOST_WAITING) {
        state.unsent += 1
        continue
      }
      const answer = submitOne(world, agent, began + (sent / PER_SECOND) * 1000, state)
      waiting.add(answer)
      answer.then(() => waiting.delete(answer))
    }
    await delay(1)
  }
  await Promise.all(waiting)
  return state
}

/** Never rejects: what went wrong is counted. */
async function submitOne({ stack }: World, agent: Agent, dueAt: number, state: Load): Promise<void> {
  try {
    const answer = await request(`${stack.url}/jobs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${stack.adminToken}` },
      body: BODY,
      dispatcher: agent,
    })
    const text = await answer.body.text()
    if (answer.statusCode !== 201) return count(state, `status ${answer.statusCode}`)
    const { id }: { id: string } = JSON.parse(text)
    state.acknowledged.add(id)
    state.latencies.push(performance.now() - dueAt)
  } catch (error) {
    count(state, error instanceof Error ? error.message : String(error))
  }
}

function count(state: Load, what: string): void {
  state.refused.set(what, (state.refused.get(what) ?? 0) + 1)
}

function report(
  { latencies, acknowledged, refused, unsent }: Load,
  measured: { asked: number; seconds: number; kept: number; cpuMs: ReadonlyMap<string, number> },
): Section {
  const { asked, seconds, kept, cpuMs } = measured
  const parts = [...cpuMs].map(([part, ms]) => `${part} ${rounded(ms / kept)}`)
  const faults = [...refused].map(([what, times]) => `${times} ${what}`)
  if (unsent > 0) faults.push(`${unsent} not sent, as ${MOST_WAITING} were unanswered`)
  return {
    title: 'Durable submissions through REST',
    method:
      `POST /jobs at ${PER_SECOND} a second for ${asked} s, an open loop over ${CONNECTIONS} connections on a whole stack: a late answer ` +
      'holds no request back, and its time counts from when the request was due. Afterwards the stored jobs are counted. The client, ' +
      'all services and both servers share the machine.',
    head: [
      'asked /s',
      'acknowledged /s',
      'acknowledged',
      'stored',
      'p50 ms',
      'p99 ms',
      'max ms',
      'CPU ms/job',
      'faults',
    ],
    rows: [
      [
        String(PER_SECOND),
        rounded(acknowledged.size / seconds),
        acknowledged.size.toLocaleString('en'),
        kept.toLocaleString('en'),
        rounded(median(latencies)),
        rounded(percentile(latencies, 0.99)),
        rounded(percentile(latencies, 1)),
        parts.join(', '),
        faults.join('; ') || 'none',
      ],
    ],
  }
}
