// How long it takes from submitting a job to seeing its first output, on a stack of its own, one job at a
// time: `npm run bench:first-output`. The clock runs from before the POST to the first log event at the
// client, so it holds everything: gateway, queue, claim, the shim's start, the command, log store and SSE.
import { openWorld, serverSentEvents, submit, type World } from '@constellation/e2e/testing.ts'

const JOBS = 100
const WARM_UP = 5

const world = await openWorld()
try {
  const times: number[] = []
  for (let i = 0; i < WARM_UP + JOBS; i++) {
    const took = await firstOutput(world)
    if (i >= WARM_UP) times.push(took)
  }
  times.sort((a, b) => a - b)
  console.log(`submit to first output over ${JOBS} jobs, one after the other, in ms:`)
  console.log(`p50 ${at(times, 0.5)}  p95 ${at(times, 0.95)}  max ${at(times, 1)}`)
} finally {
  await world.close()
}

async function firstOutput(world: World): Promise<number> {
  const began = performance.now()
  const { id } = await submit(world, { command: ['echo', 'first'], gpus: 1 })
  let first: number | undefined
  // Read to its end, so that the next job does not wait for this one.
  for await (const { event, at } of serverSentEvents(await world.rest(`/jobs/${id}/logs`))) {
    if (event === 'log') first ??= at
  }
  if (first === undefined) throw new Error(`The job ${id} ended without output.`)
  return first - began
}

/** The value below which this share of the sorted values lies. */
function at(sorted: readonly number[], share: number): string {
  return (sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN).toFixed(0)
}
