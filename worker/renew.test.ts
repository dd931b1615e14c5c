import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type Deadline, readJson, runFiles } from './shim/files.ts'
import { type Bench, startBench } from './testing/bench.ts'

let bench: Bench

afterEach(() => bench.stop())

test('a copy whose lease is not renewed is dead before the lease is over', async () => {
  bench = await startBench({ leaseMs: 3_000 })
  bench.startWorker()
  // It notes each moment of its life.
  const last = join(bench.home, 'last')
  const job = bench.submit({
    command: [`trap '' TERM; echo on; while :; do cat /proc/uptime >> ${last}; sleep 0.02; done`],
    shell: true,
  })
  const run = await bench.started(job)
  bench.gateway.state.down = true
  const end = await bench.untilFile<{ signal: string }>(run, 'exit', () => true)
  const deadline = await readJson<Deadline>(runFiles(bench.runDirectory(run)).deadline)
  const moments = (await readFile(last, 'utf8')).trim().split('\n')
  const lastMoment = Number(moments.at(-1)?.split(' ')[0]) * 1_000
  // After `lease.ts`: the kill is due a tenth of this lease before its end.
  expect(lastMoment).toBeLessThan((deadline?.killAt ?? 0) + 300)
  expect(lastMoment).toBeGreaterThan(deadline?.warnAt ?? Infinity)
  expect(end.signal).toBe('SIGKILL')
  bench.gateway.state.down = false
  await bench.gateway.until(() => run.end)
  expect(run.end).toMatchObject({ outcome: 'RELEASED' })
  expect(run.end?.reason).toMatch(/^The lease could not be renewed/)
})

test('leases are renewed for as long as a run lives', async () => {
  bench = await startBench({ leaseMs: 1_500 })
  bench.startWorker()
  const job = bench.submit({
    command: [`echo on; while [ ! -e ${join(bench.home, 'go')} ]; do sleep 0.05; done`],
    shell: true,
  })
  const run = await bench.started(job)
  const before = bench.gateway.state.renewals
  await bench.gateway.until(() => bench.gateway.state.renewals > before + 12)
  expect(run.end).toBeUndefined()
  await writeFile(join(bench.home, 'go'), '')
  await bench.gateway.until(() => run.end)
  expect(run.end).toMatchObject({ outcome: 'EXITED', exitCode: 0 })
})
