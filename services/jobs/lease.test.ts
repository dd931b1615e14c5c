import { describe, expect, test } from 'vitest'
import { cancelJob } from './cancelling/cancel.ts'
import { finishRun } from './finish.ts'
import { renewLeases } from './renew.ts'
import { startRun } from './start.ts'
import { alice, claimed, jobNow, leaseOf, otherWorker, started, submitted, useBench, worker } from './testing.ts'

const bench = await useBench({ emptied: true })

describe('a lease', () => {
  test('is refused to another worker, and with another epoch', async () => {
    await submitted(bench)
    const claim = await claimed(bench)
    const lease = leaseOf(claim)
    expect((await startRun(bench.as(otherWorker), lease)).standing).toBe('OVER')
    expect((await startRun(bench.as(worker), { ...lease, epoch: lease.epoch + 1 })).standing).toBe('OVER')
    expect((await startRun(bench.as(worker), lease)).standing).toBe('HELD')
    expect(await renewLeases(bench.as(otherWorker), [lease])).toMatchObject([{ standing: 'OVER', leaseMs: 0 }])
    expect(await renewLeases(bench.as(worker), [lease])).toMatchObject([{ standing: 'HELD', leaseMs: 45_000 }])
  })

  test('is renewed by a start that is said again, as a worker does that takes a run up again', async () => {
    await submitted(bench)
    const claim = await started(bench)
    const left = async () => {
      const { rows } = await bench.database.pool.query<{ ms: number }>(
        'SELECT (extract(epoch FROM until - now()) * 1000)::integer AS ms FROM leases WHERE run_id = $1',
        [claim.run.id],
      )
      return rows[0]?.ms ?? 0
    }
    await bench.database.pool.query(`UPDATE leases SET until = now() + interval '1 s' WHERE run_id = $1`, [
      claim.run.id,
    ])
    expect(await startRun(bench.as(worker), leaseOf(claim))).toMatchObject({ standing: 'HELD', leaseMs: 45_000 })
    expect(await left()).toBeGreaterThan(40_000)
  })

  test('tells of a cancel, and the report of the worker ends the job', async () => {
    const job = await submitted(bench)
    const lease = leaseOf(await started(bench))
    await cancelJob(bench.as(alice), job.id)
    expect(bench.said.at(-1)).toBe('lookAtRuns worker-1')
    expect(await renewLeases(bench.as(worker), [lease])).toMatchObject([{ standing: 'CANCEL' }])
    await finishRun(bench.as(worker), { ...lease, outcome: 'CANCELLED', signal: 'SIGTERM', logChunks: 1 })
    expect(await jobNow(bench, job.id)).toMatchObject({ state: 'cancelled' })
  })
})
