import { execFileSync } from 'node:child_process'
import { rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Bench, startBench, textOf } from '../testing/bench.ts'

/** Room for the worker's own things, and for a part of the log. */
const DISK_MB = 16
const OUTPUT_BYTES = 30_000_000

let bench: Bench
let disk: string
let gate: string

// A disk that can be filled without harm to others takes the right to mount one.
describe.runIf(process.platform === 'linux' && process.getuid?.() === 0)('with a full disk', () => {
  beforeEach(async () => {
    bench = await startBench({ leaseMs: 3_000 })
    disk = join(bench.home, 'worker')
    gate = join(bench.home, 'gate')
    execFileSync('mkdir', [disk])
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m,mode=700`, 'tmpfs', disk])
    bench.startWorker()
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(bench.outputs())
    await bench.stop(() => void execFileSync('umount', ['--lazy', disk]))
  })

  const script = (then: string) =>
    `echo on; head -c ${OUTPUT_BYTES} /dev/zero | tr '\\0' x; while [ ! -e ${gate} ]; do sleep 0.05; done; ${then}`

  async function fill(then: string) {
    const job = bench.submit({ command: [script(then)], shell: true })
    const run = await bench.started(job)
    await vi.waitUntil(async () => (await statfs(disk)).bavail < 20, { timeout: 15_000 })
    const { renewals } = bench.gateway.state
    await bench.gateway.until(() => bench.gateway.state.renewals > renewals + 12)
    // More than a lease has passed, and it lives: else it would have been given back.
    expect(run.end).toBeUndefined()
    return { job, run }
  }

  test('a run goes on, its lease is renewed, its end is reported, and its log says what was dropped', async () => {
    const { run } = await fill('echo more; exit 4')
    await writeFile(gate, '')
    await bench.gateway.until(() => run.end)
    expect(run.end).toMatchObject({ outcome: 'EXITED', exitCode: 4 })
    const log = await bench.logOf(run)
    expect(run.end?.logChunks).toBe(log.length)
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i))
    const dropped = [...textOf(log, 'system').matchAll(/(\d+) bytes of output were dropped/g)]
    const droppedBytes = dropped.reduce((sum, [, bytes]) => sum + Number(bytes), 0)
    expect(droppedBytes).toBeGreaterThan(1_000_000)
    expect(Buffer.byteLength(textOf(log, 'stdout')) + droppedBytes).toBe(3 + OUTPUT_BYTES + 5)
  }, 60_000)

  test('the log goes on where there is room again', async () => {
    const ballast = join(disk, 'ballast')
    await writeFile(ballast, Buffer.alloc(2_000_000))
    const { run } = await fill(`until [ -e ${gate}-2 ]; do echo more; sleep 0.1; done; exit 4`)
    await rm(ballast)
    await writeFile(gate, '')
    await bench.logOf(run, (log) => log.at(-1)?.text.endsWith('more\n') === true)
    await writeFile(`${gate}-2`, '')
    await bench.gateway.until(() => run.end)
    expect(run.end).toMatchObject({ outcome: 'EXITED', exitCode: 4 })
    const log = await bench.logOf(run)
    expect(textOf(log, 'system')).toMatch(
      /^\n\d+ bytes of output were dropped here, because the worker’s disk was full.\n$/,
    )
    expect(textOf(log, 'stdout')).toMatch(/x(more\n)+$/)
  }, 60_000)

  test('a run can be cancelled', async () => {
    const { job, run } = await fill('exit 4')
    bench.cancel(job)
    await bench.gateway.until(() => run.end)
    expect(run.end).toMatchObject({ outcome: 'CANCELLED', signal: 'SIGTERM' })
    expect(textOf(await bench.logOf(run), 'system')).toContain('The run was cancelled.\n')
  }, 60_000)
})
