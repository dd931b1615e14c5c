// Shims for tests of containers: the real program, with a run in a container laid out for it.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LogRecord } from '@constellation/platform/events/log-record.ts'
import { uptimeMs } from '../clock.ts'
import { watchDirectory } from '../runs/watch-directory.ts'
import {
  type DockerSettings,
  type Order,
  type RunExit,
  type RunSpec,
  readJson,
  runFiles,
  type ShimState,
  writeJson,
} from '../shim/files.ts'

const SHIM = fileURLToPath(new URL('../shim/main.ts', import.meta.url))

/** Where tests run their containers. */
export interface Place {
  home: string
  socket: string
  image: string
}

export interface Wanted {
  spec?: Partial<RunSpec>
  docker?: Partial<DockerSettings>
  /** How long the lease lasts, in milliseconds. */
  leaseMs?: number
}

/** Starts a shim with a shell line in a container. */
export async function startShim(place: Place, line: string, { spec = {}, docker = {}, leaseMs = 60_000 }: Wanted = {}) {
  const files = runFiles(await mkdtemp(join(place.home, 'run-')))
  const whole: RunSpec = {
    runId: randomUUID(),
    jobId: 'job',
    epoch: 3,
    attempt: 1,
    command: [line],
    shell: true,
    environment: { PATH: '/usr/bin:/bin' },
    secrets: [],
    workingDirectory: null,
    timeoutSeconds: null,
    idleLimit: null,
    gpuUuids: [],
    warning: null,
    takesUp: false,
    container: { image: place.image, mounts: [] },
    kubernetes: null,
    docker: { socket: place.socket, mountSources: [], user: null, gpuUuids: [], home: place.home, ...docker },
    trace: null,
    requireLimits: false,
    user: null,
    scratch: files.scratch,
    limits: { memoryMb: null, cpus: null },
    graceMs: 300,
    logLimitBytes: 2 ** 30,
    ...spec,
  }
  await writeJson(files.spec, whole)
  await writeJson(files.deadline, { warnAt: uptimeMs() + leaseMs, killAt: uptimeMs() + leaseMs + 500 })
  const shim = spawn(process.execPath, [SHIM], {
    stdio: ['pipe', 'ignore', 'inherit'],
    // That of all tests: compiling takes a shim longer than all else.
    env: { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE },
  })
  const exited = once(shim, 'exit')
  shim.stdin.end(files.directory)
  return {
    runId: whole.runId,
    startedAt: Date.now(),
    /** Waits for the end, and reads what is left of the run. */
    ended: async () => {
      await exited
      return { exit: await readJson<RunExit>(files.exit), ...(await readLog(files.output)) }
    },
    /** Waits until the log has this text, in any of its streams. */
    said: (text: string) => until(files.directory, async () => (await readLog(files.output)).all.includes(text)),
    started: () =>
      until(files.directory, async () => typeof (await readJson<ShimState>(files.state))?.container === 'string'),
    order: async (order: Order) => {
      await writeJson(files.order, order)
      shim.kill('SIGTERM')
    },
  }
}

async function until(directory: string, check: () => Promise<boolean>): Promise<void> {
  const watch = watchDirectory(directory)
  try {
    for (;;) {
      const change = watch.next()
      if (await check()) return
      await change
    }
  } finally {
    watch.close()
  }
}

async function readLog(path: string) {
  const text = await readFile(path, 'utf8').catch(() => '')
  const records: LogRecord[] = text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))
  const join = (of: readonly LogRecord[]) => of.map((record) => record.text).join('')
  return {
    records,
    all: join(records),
    say: (stream: LogRecord['stream']) => join(records.filter((record) => record.stream === stream)),
  }
}
