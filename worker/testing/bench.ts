// A worker for tests: the real program, against a real nats-server and a gateway that plays the services.
import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startTestNats } from '@constellation/local/testing.ts'
import { type LogRecord, logRecord } from '@constellation/platform/events/log-record.ts'
import { STREAMS, SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { connectNats, decode, ensureStreams } from '@constellation/platform/nats/nats.ts'
import { jetstream } from '@nats-io/jetstream'
import { watchDirectory } from '../runs/watch-directory.ts'
import { readJson, runFiles } from '../shim/files.ts'
import { type FakeJob, type FakeRun, startFakeGateway } from './fake-gateway.ts'

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))

/** Everything a worker needs, without a worker. */
export async function startBench(options: { leaseMs?: number } = {}) {
  const home = await mkdtemp(join(tmpdir(), 'constellation-worker-'))
  const nats = await startTestNats()
  const connection = await connectNats(nats.servicesUrl, 'test')
  await ensureStreams(connection)
  const token = makeToken('worker-local')
  await writeFile(join(home, 'token'), token, { mode: 0o600 })
  // Commands of other users must be able to pass.
  await chmod(home, 0o711)
  const gateway = await startFakeGateway(token, options.leaseMs)
  const workers = new Set<TestWorker>()

  const runDirectory = (run: FakeRun) => join(home, 'worker', 'runs', run.runId)
  const logOf = async (run: FakeRun, enough?: (records: LogRecord[]) => boolean): Promise<LogRecord[]> => {
    const filter = SUBJECTS.runLog('worker-local', run.runId)
    const consumer = await jetstream(connection).consumers.get(STREAMS.LOGS.name, { filter_subjects: filter })
    const records: LogRecord[] = []
    const messages = await consumer.consume()
    for await (const message of messages) {
      const read = decode(logRecord, message.data)
      if ('fault' in read) throw new Error(read.fault)
      records.push(read.value)
      if (read.value.end || enough?.(records)) break
    }
    return records
  }

  return {
    home,
    connection,
    gateway,
    runDirectory,
    /** The run's log as JetStream has it: whole, or as soon as `enough` says so. */
    logOf,
    /** A job's attempt, once it has started and printed something. */
    started: async (job: FakeJob): Promise<FakeRun> => {
      const run = await gateway.until(() => job.runs[0]?.started && job.runs[0])
      await logOf(run, (log) => log.length > 0)
      return run
    },
    /** Waits until a file of the run's directory says what `check` wants. */
    untilFile: <T>(run: FakeRun, name: 'exit' | 'state' | 'usage', check: (value: T) => boolean) =>
      untilFile(runDirectory(run), name, check),
    /** Puts a job in the queue and tells the worker. */
    submit: (job: Parameters<typeof gateway.queue>[0]) => {
      const queued = gateway.queue(job)
      connection.publish(SUBJECTS.wakeQueue)
      return queued
    },
    cancel: (job: { cancelRequested: boolean }) => {
      job.cancelRequested = true
      connection.publish(SUBJECTS.wakeWorker('worker-local'))
    },
    preempt: (job: { preempted: boolean }) => {
      job.preempted = true
      connection.publish(SUBJECTS.wakeWorker('worker-local'))
    },
    /** `by` is a command line that runs the rest of the line, such as one that takes on another user first. */
    startWorker: (env: Record<string, string> = {}, by: readonly string[] = []) => {
      const worker = startWorker(
        {
          GATEWAY_URL: gateway.url,
          NATS_URL: nats.workerUrl,
          TOKEN_FILE: join(home, 'token'),
          WORKER_HOME: join(home, 'worker'),
          CONSTELLATION_SIMULATED_GPUS: '2',
          TERMINATION_GRACE_SECONDS: '1',
          ...env,
        },
        by,
      )
      workers.add(worker)
      return worker
    },
    /** What the workers have printed. */
    outputs: () => [...workers].map((worker) => worker.output()).join('\n---\n'),
    /** `before` is done when the workers have ended, and before their home is removed. */
    stop: async (before = () => {}) => {
      for (const worker of workers) await worker.stop()
      before()
      await gateway.stop()
      await connection.close()
      await nats.stop()
      // The last shim may still be writing to its cache.
      await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
    },
  }
}

async function untilFile<T>(
  directory: string,
  name: 'exit' | 'state' | 'usage',
  check: (value: T) => boolean,
): Promise<T> {
  const watch = watchDirectory(directory)
  try {
    for (;;) {
      const change = watch.next()
      const value = await readJson<T>(runFiles(directory)[name])
      if (value !== undefined && check(value)) return value
      await change
    }
  } finally {
    watch.close()
  }
}

export type Bench = Awaited<ReturnType<typeof startBench>>

export interface TestWorker {
  process: ChildProcess
  /** What it has printed. */
  output(): string
  /** Ends it in good order; resolves with its exit code. */
  stop(): Promise<number | null>
  /** Ends it as a crash does. */
  kill(): Promise<void>
}

function startWorker(env: Record<string, string>, by: readonly string[]): TestWorker {
  const { PATH = '', HOME = '' } = process.env
  const [program = process.execPath, ...rest] = [...by, process.execPath, MAIN]
  const child = spawn(program, rest, {
    env: { PATH, HOME, TZ: 'UTC', SECRET_OF_THE_WORKER: 'not for commands', LOG_LEVEL: 'debug', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const pipe of [child.stdout, child.stderr]) pipe.on('data', (data) => (output += data))
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return {
    process: child,
    output: () => output,
    stop: () => {
      child.kill('SIGTERM')
      return exited
    },
    kill: async () => {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** A token of the worker's shape; the gateway of the tests compares it as a whole. */
function makeToken(sub: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none' })}.${part({ sub, roles: ['worker'] })}.x`
}

/** The text of one stream of a log. */
export function textOf(records: readonly LogRecord[], stream: LogRecord['stream']): string {
  return records
    .filter((record) => record.stream === stream)
    .map(({ text }) => text)
    .join('')
}
