// From a submit to the first instruction of the job's process, on a worker that has nothing else to do.
import { openWorld, serverSentEvents, submit, type World } from '@constellation/e2e/testing.ts'
import type { Section } from './section.ts'
import { median, percentile, rounded } from './statistics.ts'

const JOBS = 100
const WARM_UP = 5
/** The job's whole work: its own start, in nanoseconds since 1970. */
const COMMAND = ['date', '+%s%N']

export async function measureFirstInstruction(): Promise<Section> {
  const world = await openWorld()
  const rows: string[][] = []
  try {
    for (const gpus of [0, 1]) {
      const offset = calendarOffset()
      const times: number[] = []
      for (let i = 0; i < JOBS + WARM_UP; i++) {
        const took = await firstInstruction(world, gpus, offset)
        if (i >= WARM_UP) times.push(took)
      }
      rows.push([
        gpus === 0 ? 'no GPU' : '1 simulated GPU',
        String(JOBS),
        rounded(median(times)),
        rounded(percentile(times, 0.95)),
        rounded(percentile(times, 1)),
      ])
    }
  } finally {
    await world.close()
  }
  return {
    title: 'Submit to the first instruction of the process',
    method:
      'One job after the other on a whole stack. The job is `date +%s%N` without a shell, and what it prints is compared with the clock ' +
      'of the client before its POST, on the same machine.',
    head: ['job', 'jobs', 'p50 ms', 'p95 ms', 'max ms'],
    rows,
  }
}

async function firstInstruction(world: World, gpus: number, offset: number): Promise<number> {
  const began = offset + performance.now()
  const { id } = await submit(world, { command: COMMAND, gpus })
  let printed = ''
  // Read to its end, so that the next job does not wait for this one.
  for await (const { event, data } of serverSentEvents(await world.rest(`/jobs/${id}/logs`))) {
    if (event === 'log' && data.stream === 'stdout') printed += data.text
  }
  const startedMs = Number(printed) / 1e6
  if (!(startedMs > 0)) throw new Error(`The job ${id} printed ${JSON.stringify(printed)}.`)
  return startedMs - began
}

/** What makes milliseconds since 1970 of `performance.now()`, exactly: the calendar alone counts whole ones. */
function calendarOffset(): number {
  const before = Date.now()
  for (;;) {
    const now = Date.now()
    if (now !== before) return now - performance.now()
  }
}
