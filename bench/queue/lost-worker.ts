// A worker that dies with the shims of its runs: how long until its jobs run again on another one.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { submit, type World } from '@constellation/e2e/testing.ts'
import { inheritedEnvironment } from '@constellation/local/config.ts'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { commandLine } from '@constellation/local/setup/process-identity.mjs'
import { startChild } from '@constellation/local/stack/child.ts'
import { logPath } from '@constellation/local/stack/log-file.ts'
import type { Running } from '@constellation/local/stack/running.ts'
import { MAINS } from '@constellation/local/stack/stack-parts.ts'
import type { Section } from './section.ts'
import { countBy } from './server.ts'
import { databaseOf, natsOf, openWorldWithoutWork, workerToken } from './stack.ts'
import { median, rounded } from './statistics.ts'
import { waitFor } from './within.ts'

const JOBS = 3
/** The service's own default, and what may come on top of it, in seconds. */
const LEASE = 45
const MARGIN = 5
const START_LIMIT = 30
/** Writes its own start into the journal, and stays. */
const COMMAND = 'echo "$JOB $$ $(date +%s%N)" >> "$JOURNAL"; exec sleep 600'

interface Start {
  job: string
  pid: number
  atMs: number
}

export async function measureLostWorker(say: (line: string) => void): Promise<Section> {
  const world = await openWorldWithoutWork()
  const workers: Running[] = []
  const journal = path.join(world.stack.home, 'journal')
  try {
    await writeFile(journal, '')
    const first = await startWorker(world, 'worker-first')
    workers.push(first.running)
    for (let job = 0; job < JOBS; job++) {
      await submit(world, { command: COMMAND, shell: true, env: { JOURNAL: journal, JOB: String(job) } })
    }
    await startsWithin(START_LIMIT, journal, JOBS)
    const adminUrl = await databaseOf(world)
    await waitFor(START_LIMIT, 'the report of the starts', async () =>
      (await countBy(adminUrl, `SELECT count(*) FROM jobs.runs WHERE state = 'running'`)) === JOBS ? true : undefined,
    )
    const second = await startWorker(world, 'worker-second')
    workers.push(second.running)
    await waitFor(START_LIMIT, 'the registration of the second worker', async () =>
      (await countBy(adminUrl, `SELECT count(*) FROM gpus.workers WHERE id = 'worker-second'`)) === 1
        ? true
        : undefined,
    )
    const leftMs = await countBy(
      adminUrl,
      `SELECT extract(epoch FROM min(until) - now()) * 1000 AS count FROM jobs.leases`,
    )
    const killedAt = await killWithShims(first)
    say(`killed with ${rounded(leftMs / 1000)} s of the lease left`)
    const again = (await startsWithin(LEASE + 4 * MARGIN, journal, 2 * JOBS)).slice(JOBS)
    return report(
      again.map(({ atMs }) => (atMs - killedAt) / 1000),
      leftMs / 1000,
    )
  } finally {
    for (const worker of workers) await worker.stop()
    // A shim that was killed has left its command behind.
    for (const { pid } of await startsOf(journal)) if (commandLine(pid)?.startsWith('sleep')) process.kill(pid)
    await world.close()
  }
}

/** A worker of a name of its own, with a slot for every job. */
async function startWorker(world: World, name: string): Promise<{ running: Running; home: string }> {
  const home = path.join(world.stack.home, name)
  await mkdir(home, { mode: 0o700 })
  const tokenFile = path.join(world.stack.home, `${name}.token`)
  await writeFile(tokenFile, await workerToken(world, name), { mode: 0o600 })
  const running = await startChild({
    name,
    main: MAINS.worker,
    cwd: repositoryRoot,
    env: {
      ...inheritedEnvironment().all,
      GATEWAY_URL: world.stack.url,
      TOKEN_FILE: tokenFile,
      NATS_URL: await natsOf(world),
      WORKER_HOME: home,
      CONSTELLATION_SIMULATED_GPUS: '0',
      CPU_SLOTS: String(JOBS),
    },
    logFile: logPath(world.stack.home, name),
    show: () => {},
  })
  return { running, home }
}

/** Kills the worker and the shim of every run; returns when, in milliseconds since 1970. */
async function killWithShims({ running, home }: { running: Running; home: string }): Promise<number> {
  const runs = path.join(home, 'runs')
  const states = await Promise.all(
    (await readdir(runs)).map(async (run) => {
      const state: { shim: { pid: number } } = JSON.parse(await readFile(path.join(runs, run, 'state.json'), 'utf8'))
      return state.shim.pid
    }),
  )
  const at = Date.now()
  process.kill(running.pid, 'SIGKILL')
  for (const pid of states) process.kill(pid, 'SIGKILL')
  return at
}

async function startsWithin(seconds: number, journal: string, least: number): Promise<Start[]> {
  return waitFor(seconds, `the start of ${least} runs`, async () => {
    const starts = await startsOf(journal)
    return starts.length >= least ? starts : undefined
  })
}

async function startsOf(journal: string): Promise<Start[]> {
  const lines = (await readFile(journal, 'utf8')).trim().split('\n')
  return lines.flatMap((line) => {
    const [job, pid, at] = line.split(' ')
    return job && pid && at ? [{ job, pid: Number(pid), atMs: Number(at) / 1e6 }] : []
  })
}

function report(seconds: readonly number[], left: number): Section {
  return {
    title: 'A lost worker',
    method:
      `A worker with ${JOBS} running jobs and the shims of their runs get SIGKILL at the same moment, while another worker is idle. ` +
      'Counted is from the kill to the first instruction of the next attempt on the other worker.',
    head: ['runs', 'lease s', 'left of it at the kill s', 'runs again after s, median', 'least–most', 'lease + 5 s'],
    rows: [
      [
        String(seconds.length),
        String(LEASE),
        rounded(left),
        rounded(median(seconds)),
        `${rounded(Math.min(...seconds))}–${rounded(Math.max(...seconds))}`,
        Math.max(...seconds) <= LEASE + MARGIN ? 'kept' : 'missed',
      ],
    ],
  }
}
