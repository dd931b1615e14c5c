// How many jobs a second one worker gets and ends by its own calls: HTTP, gateway, service, PostgreSQL.
import type { World } from '@constellation/e2e/testing.ts'
import { Agent, request } from 'undici'
import * as v from 'valibot'
import { fillQueue } from './fill-queue.ts'
import type { Section } from './section.ts'
import { countBy, settle } from './server.ts'
import { databaseOf, openWorldWithoutWork, workerToken } from './stack.ts'
import { median, rounded } from './statistics.ts'
import { withinSeconds } from './within.ts'

const BATCHES = [100, 500]
/** A worker claims while it reports ends. */
const AT_ONCE = 2
/** A round, in seconds. */
const LIMIT = 120

/** What the worker asks for. */
const CLAIM = `mutation ($input: ClaimRunsInput!) {
  claimRuns(input: $input) {
    runs { runId jobId attempt epoch leaseMs command shell env workingDirectory timeoutSeconds gpuUuids }
  }
}`
const FINISH = 'mutation ($inputs: [FinishRunInput!]!) { finishRuns(inputs: $inputs) { standing } }'

const claimed = v.object({
  claimRuns: v.object({ runs: v.array(v.object({ runId: v.string(), epoch: v.number() })) }),
})
const finished = v.object({ finishRuns: v.array(v.object({ standing: v.string() })) })
type ClaimedRun = v.InferOutput<typeof claimed>['claimRuns']['runs'][number]

type Send = <Schema extends v.GenericSchema>(
  schema: Schema,
  document: string,
  variables: object,
) => Promise<v.InferOutput<Schema>>

export async function measureWorkerApi(options: {
  jobs: number
  rounds: number
  say(line: string): void
}): Promise<Section> {
  const { jobs, rounds, say } = options
  const world = await openWorldWithoutWork()
  const agent = new Agent({ connections: AT_ONCE })
  const results = new Map<number, number[]>(BATCHES.map((batch) => [batch, []]))
  try {
    const send = sender(world, agent, await workerToken(world, 'worker-bench'))
    const adminUrl = await databaseOf(world)
    for (let round = 0; round <= rounds; round++) {
      for (const batch of BATCHES) {
        await fillQueue(adminUrl, jobs)
        await settle(adminUrl)
        const began = performance.now()
        await withinSeconds(
          LIMIT,
          'a worker by its API',
          Promise.all(Array.from({ length: AT_ONCE }, () => workUntilEmpty(send, batch))),
        )
        const speed = (jobs / (performance.now() - began)) * 1000
        const left = await countBy(adminUrl, `SELECT count(*) FROM jobs.jobs WHERE state <> 'completed'`)
        if (left !== 0) throw new Error(`${left} of ${jobs} jobs have not ended.`)
        say(`round ${round}: batches of ${batch}: ${rounded(speed)} jobs/s`)
        if (round > 0) results.get(batch)?.push(speed)
      }
    }
  } finally {
    await agent.destroy()
    await world.close()
  }
  return {
    title: 'Through the worker’s own API',
    method:
      `${jobs.toLocaleString('en')} jobs on a whole stack; medians of ${rounds} rounds after one that does not count. One worker claims a ` +
      `batch by \`claimRuns\` and ends it by \`finishRuns\`, ${AT_ONCE} calls at once, through the gateway over HTTP. Its events are ` +
      'published and entered in the ledger at the same time. No process is started.',
    head: ['batch', 'jobs/s', 'least–most'],
    rows: [...results].map(([batch, speeds]) => [
      String(batch),
      rounded(median(speeds)),
      `${rounded(Math.min(...speeds))}–${rounded(Math.max(...speeds))}`,
    ]),
  }
}

async function workUntilEmpty(send: Send, batch: number): Promise<void> {
  for (;;) {
    const { claimRuns } = await send(claimed, CLAIM, { input: { gpuIds: [], cpuSlots: batch } })
    if (claimRuns.runs.length === 0) return
    await finishAll(send, claimRuns.runs)
  }
}

async function finishAll(send: Send, runs: readonly ClaimedRun[]): Promise<void> {
  const inputs = runs.map(({ runId, epoch }) => ({ runId, epoch, outcome: 'EXITED', exitCode: 0, logChunks: 1 }))
  await send(finished, FINISH, { inputs })
}

function sender({ stack }: World, agent: Agent, token: string): Send {
  return async (schema, query, variables) => {
    const answer = await request(`${stack.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
      dispatcher: agent,
    })
    const body = v.parse(v.object({ data: v.unknown(), errors: v.optional(v.unknown()) }), await answer.body.json())
    if (body.errors) throw new Error(`refused: ${JSON.stringify(body.errors)}`)
    return v.parse(schema, body.data)
  }
}
