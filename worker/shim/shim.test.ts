import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LogRecord } from '@constellation/platform/events/log-record.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uptimeMs } from '../clock.ts'
import { type Deadline, type Order, type RunExit, type RunSpec, readJson, runFiles, writeJson } from './files.ts'

const SHIM = fileURLToPath(new URL('main.ts', import.meta.url))
let home: string

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'constellation-shim-'))
})
afterAll(() => rm(home, { recursive: true, force: true }))

interface Setting {
  spec?: Partial<RunSpec>
  deadline?: Deadline
  order?: Order
}

/** Runs a shell line under a shim of its own, to the end. */
async function runShim(line: string, { spec = {}, deadline, order }: Setting = {}) {
  const files = runFiles(await mkdtemp(join(home, 'run-')))
  const whole: RunSpec = {
    runId: '0198a000-0000-7000-8000-000000000000',
    jobId: 'job',
    epoch: 3,
    attempt: 1,
    command: [line],
    shell: true,
    environment: { PATH: '/usr/bin:/bin' },
    workingDirectory: null,
    user: null,
    scratch: files.scratch,
    trace: null,
    requireLimits: false,
    timeoutSeconds: null,
    idleLimit: null,
    gpuUuids: [],
    secrets: [],
    warning: null,
    takesUp: false,
    container: null,
    docker: null,
    kubernetes: null,
    limits: { memoryMb: null, cpus: null },
    graceMs: 300,
    logLimitBytes: 2 ** 30,
    ...spec,
  }
  await writeJson(files.spec, whole)
  await writeJson(files.deadline, deadline ?? { warnAt: uptimeMs() + 60_000, killAt: uptimeMs() + 70_000 })
  if (order) await writeJson(files.order, order)
  const shim = spawn(process.execPath, [SHIM], {
    stdio: ['pipe', 'ignore', 'inherit'],
    env: { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE },
  })
  shim.stdin.end(files.directory)
  const resources = { peakKb: 0 }
  const watching = setInterval(() => void readPeak(shim.pid ?? 0, resources), 50)
  await once(shim, 'exit')
  clearInterval(watching)
  const text = await readFile(files.output, 'utf8')
  const log: LogRecord[] = text
    .split('\n')
    .slice(0, -1)
    .map((record) => JSON.parse(record))
  const say = (stream: LogRecord['stream']) =>
    log
      .filter((r) => r.stream === stream)
      .map((r) => r.text)
      .join('')
  return { files, exit: await readJson<RunExit>(files.exit), log, say, peakMb: resources.peakKb / 1024 }
}

async function readPeak(pid: number, resources: { peakKb: number }): Promise<void> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  resources.peakKb = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? resources.peakKb)
}

test('a log stops at its limit and says how much was dropped, and the command goes on to its end', async () => {
  const { exit, log, say } = await runShim('head -c 300000 /dev/zero | tr "\\0" x; exit 4', {
    spec: { logLimitBytes: 100_000 },
  })
  expect(exit).toMatchObject({ outcome: 'EXITED', exitCode: 4, logChunks: log.length })
  expect(say('stdout')).toBe('x'.repeat(100_000))
  expect(say('system')).toContain('200000 bytes of output were dropped.\n')
})

test('much output passes in order, and memory stays flat', async () => {
  const { log, exit, peakMb } = await runShim('seq 1 30000000 | head -c 150000000')
  expect(exit).toMatchObject({ exitCode: 0, logChunks: log.length })
  let bytes = 0
  let line = 0
  for (const record of log) {
    expect(record.firstLine).toBe(line)
    line += record.text.split('\n').length - 1
    bytes += Buffer.byteLength(record.text)
  }
  expect(bytes).toBe(150_000_000)
  expect(peakMb).toBeLessThan(220)
})

test('a limit longer than the longest timer does not end a run', async () => {
  const { exit } = await runShim('sleep 0.1', { spec: { timeoutSeconds: 40 * 86_400 } })
  expect(exit).toMatchObject({ outcome: 'EXITED', exitCode: 0, reason: null })
})

test('a command that refuses SIGTERM is killed when its grace is over', async () => {
  const { exit, log, say } = await runShim(`trap '' TERM; echo here; while :; do sleep 0.05; done`, {
    spec: { timeoutSeconds: 0.2 },
  })
  expect(exit).toMatchObject({ outcome: 'TIMED_OUT', signal: 'SIGKILL' })
  expect(say('stdout')).toBe('here\n')
  expect(log.at(-1)?.end).toBe(true)
})

test('a command that ends well on SIGTERM keeps its last words', async () => {
  const { exit, say } = await runShim(`trap 'echo saved; exit 0' TERM; while :; do sleep 0.02; done`, {
    spec: { timeoutSeconds: 0.3, graceMs: 5_000 },
  })
  expect(exit).toMatchObject({ outcome: 'TIMED_OUT', exitCode: 0 })
  expect(say('stdout')).toBe('saved\n')
})

test('a run whose lease is over does not start', async () => {
  const { exit, say } = await runShim('echo never', { deadline: { warnAt: uptimeMs() - 1, killAt: uptimeMs() } })
  expect(exit).toMatchObject({ outcome: 'RELEASED', exitCode: null })
  expect(say('stdout')).toBe('')
})

test('an order that came before the shim keeps the run from starting', async () => {
  const { exit, say } = await runShim('echo never', { order: { why: 'cancel', graceMs: 0 } })
  expect(exit).toMatchObject({ outcome: 'CANCELLED' })
  expect(say('stdout')).toBe('')
})

test('a process that holds the output open does not hold up the end', async () => {
  const { exit, say } = await runShim('(sleep 30; echo late) & echo early')
  expect(exit).toMatchObject({ outcome: 'EXITED', exitCode: 0 })
  expect(say('stdout')).toBe('early\n')
  expect(say('system')).toContain('what it left behind (processes: ')
})

test('orphans that end are not left as zombies', async () => {
  const { say } = await runShim(
    'for i in 1 2 3; do (sleep 0.05 >/dev/null 2>&1 &) ; done; sleep 0.4; ps -o stat= --ppid $PPID',
  )
  expect(say('stdout').trim().split('\n')).toEqual([expect.stringMatching(/^S/)])
})

test('a command is given its secrets; its log, its reason and the disk do not keep them', async () => {
  const environment = { PATH: '/usr/bin:/bin', TOKEN: 'hunter22-hunter22', OPEN: 'seen' }
  const { files, say } = await runShim(
    `printf "$OPEN \${TOKEN%????????}"; sleep 0.2; echo "\${TOKEN#*-}"; cat ../spec.json`,
    {
      spec: { environment, secrets: ['TOKEN'] },
    },
  )
  expect(say('stdout')).toMatch(/^seen \*\*\*\n/)
  for (const file of [files.spec, files.output, files.exit])
    expect(await readFile(file, 'utf8')).not.toContain('hunter22')
  const { exit } = await runShim('', {
    spec: { environment, secrets: ['TOKEN'], shell: false, command: ['/no/hunter22-hunter22'] },
  })
  expect(exit).toMatchObject({ outcome: 'NOT_STARTED', reason: 'The command /no/*** does not exist on this worker.' })
})
