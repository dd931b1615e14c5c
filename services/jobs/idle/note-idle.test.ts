import { expect, test } from 'vitest'
import { cancelJob } from '../cancelling/cancel.ts'
import { finishRun } from '../finish.ts'
import { eventsOfJob } from '../listing/history.ts'
import { alice, claimed, leaseOf, otherWorker, started, submitted, useBench, worker } from '../testing.ts'
import { noteIdle } from './note-idle.ts'

const bench = await useBench({ emptied: true })

const onOneGpu = { gpus: { count: 1 } }

/** The job and its run as they are, and the events that there were since `version`. */
async function now(jobId: string, version = 0) {
  const { loaders } = bench.as(alice)
  const job = await loaders.job.load(jobId)
  const run = (await loaders.runsOfJob.load(jobId)).at(-1)
  if (!job || !run) throw new Error('the job is gone')
  const events = await eventsOfJob(bench.as(alice), job)
  return { job, run, events: events.filter((event) => event.version > version) }
}

/** A run that has had its GPU for ten minutes. */
async function running() {
  const job = await submitted(bench, onOneGpu)
  const lease = leaseOf(await started(bench))
  await bench.database.pool.query(
    `UPDATE runs SET claimed_at = now() - interval '10 minutes', started_at = now() - interval '10 minutes'`,
  )
  return { job, lease }
}

test('idle GPUs are a change of the job, told with since when, and so is that they work again', async () => {
  const { job, lease } = await running()
  expect(await noteIdle(bench.as(worker), { ...lease, idleMs: 120_000 })).toEqual({
    runId: lease.runId,
    standing: 'HELD',
    leaseMs: 45_000,
  })
  expect(bench.said.at(-1)).toBe('changed')
  const idle = await now(job.id, 3)
  const since = idle.run.idleSince ?? new Date(0)
  expect(Math.abs(Date.now() - since.getTime() - 120_000)).toBeLessThan(5_000)
  const reason = `Its GPUs have done nothing since ${since.toISOString()}.`
  expect(idle.job).toMatchObject({ state: 'running', version: 4, reason })
  expect(idle.events).toMatchObject([{ type: 'job.changed', version: 4, runId: lease.runId, reason }])

  await noteIdle(bench.as(worker), { ...lease, idleMs: null })
  const busy = await now(job.id, 4)
  expect(busy.run.idleSince).toBeNull()
  expect(busy.job).toMatchObject({ version: 5, reason: 'Its GPUs work again.' })
  expect(busy.events).toMatchObject([{ type: 'job.changed', version: 5, reason: 'Its GPUs work again.' }])
})

test('what is said again changes nothing, but renews the lease', async () => {
  const { job, lease } = await running()
  await noteIdle(bench.as(worker), lease)
  await noteIdle(bench.as(worker), { ...lease, idleMs: 60_000 })
  const { run } = await now(job.id)
  await bench.database.pool.query(`UPDATE leases SET until = now() + interval '1 s'`)
  const said = bench.said.length
  await noteIdle(bench.as(worker), { ...lease, idleMs: 90_000 })
  const again = await now(job.id)
  expect(again.job.version).toBe(4)
  expect(again.run.idleSince).toEqual(run.idleSince)
  expect(bench.said).toHaveLength(said)
  const { rows } = await bench.database.pool.query(`SELECT until > now() + interval '40 s' AS renewed FROM leases`)
  expect(rows).toEqual([{ renewed: true }])
})

test('GPUs are not idle for a run from before it had them', async () => {
  const job = await submitted(bench, onOneGpu)
  await noteIdle(bench.as(worker), { ...leaseOf(await started(bench)), idleMs: 3_600_000 })
  const { run } = await now(job.id)
  expect(run.idleSince).toEqual(run.startedAt)
})

test('the end of the run is the end of its idleness', async () => {
  const { job, lease } = await running()
  await noteIdle(bench.as(worker), { ...lease, idleMs: 60_000 })
  const reason = 'Its GPUs did nothing for 60 s.'
  await finishRun(bench.as(worker), { ...lease, outcome: 'IDLE', reason, logChunks: 1, endedMsAgo: 0 })
  const ended = await now(job.id)
  expect(ended.run).toMatchObject({ state: 'failed', outcome: 'IDLE', idleSince: null })
  expect(ended.job).toMatchObject({ state: 'failed', reason })
})

test('only the holder of the lease is heard, with its epoch', async () => {
  const { job, lease } = await running()
  const idle = { ...lease, idleMs: 60_000 }
  expect((await noteIdle(bench.as(otherWorker), idle)).standing).toBe('OVER')
  expect((await noteIdle(bench.as(worker), { ...idle, epoch: 2 })).standing).toBe('OVER')
  await expect(noteIdle(bench.as(alice), idle)).rejects.toThrow('role worker')
  await expect(noteIdle(bench.as(worker), { ...idle, idleMs: -1 })).rejects.toMatchObject({
    problems: [{ path: 'idleMs' }],
  })
  expect((await now(job.id)).job.version).toBe(3)
})

test('of a run that is to end, or that has no GPU, nothing is noted', async () => {
  const { job, lease } = await running()
  await cancelJob(bench.as(alice), job.id)
  expect((await noteIdle(bench.as(worker), { ...lease, idleMs: 60_000 })).standing).toBe('CANCEL')
  expect(await now(job.id)).toMatchObject({ job: { version: 4 }, run: { idleSince: null } })
  const other = await submitted(bench)
  const slot = leaseOf(await claimed(bench, []))
  expect((await noteIdle(bench.as(worker), { ...slot, idleMs: 60_000 })).standing).toBe('HELD')
  expect((await now(other.id)).job.version).toBe(2)
})
