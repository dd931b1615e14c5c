import { describe, expect, test } from 'vitest'
import { cancelJob } from '../cancelling/cancel.ts'
import type { SaveScheduleInput } from '../generated/resolvers.ts'
import { listJobs } from '../listing/list.ts'
import { saveTemplate } from '../submission/template.ts'
import { alice, analyst, bob, log, manager, operator, useBench, worker } from '../testing.ts'
import { deleteSchedule, listSchedules, saveSchedule } from './schedules.ts'
import { submitDue } from './submit-due.ts'

const bench = await useBench({ emptied: true })

const input: SaveScheduleInput = {
  name: 'nightly',
  cron: '0 2 * * *',
  timeZone: 'Europe/Berlin',
  job: { command: ['true'] },
}

async function saved(changes: Partial<SaveScheduleInput> = {}, who = alice) {
  const result = await saveSchedule(bench.as(who), { ...input, ...changes })
  if ('problems' in result) throw new Error(JSON.stringify(result.problems))
  return result.schedule
}

const overdue = (by = '3 days') =>
  bench.database.pool.query(`UPDATE schedules SET next_at = now() - interval '${by}' WHERE enabled`)
const turn = () => submitDue({ pool: bench.database.pool, announce: bench.as(alice).announce, log })
const jobs = async () => (await listJobs(bench.as(operator), {}, 100, null)).nodes
const only = async () => {
  const [schedule] = await listSchedules(bench.as(alice))
  if (!schedule) throw new Error('there is no schedule')
  return schedule
}

describe('a schedule', () => {
  test('is saved with the next time that it is due, and replaced by its name', async () => {
    const before = Date.now()
    const schedule = await saved()
    expect(schedule).toMatchObject({ account: 'team-a', submittedBy: 'alice', enabled: true, lastProblem: null })
    expect(schedule.nextAt?.getTime()).toBeGreaterThan(before)
    expect(schedule.nextAt?.getTime()).toBeLessThan(before + 25 * 3_600_000)
    await saved({ enabled: false, cron: '5 4 * * *' })
    expect(await listSchedules(bench.as(alice))).toMatchObject([{ cron: '5 4 * * *', enabled: false, nextAt: null }])
  })

  test.each<[string, Partial<SaveScheduleInput>, string]>([
    ['a cron expression that is none', { cron: 'daily' }, 'cron'],
    ['a time zone that is none', { timeZone: 'Mars/Olympus' }, 'timeZone'],
    ['a name that is none', { name: '../x' }, 'name'],
    ['a job that would be refused', { job: { command: [''] } }, 'job.command'],
    ['the account of others', { job: { command: ['true'], account: 'team-b' } }, 'job.account'],
    ['a job that waits for another', { job: { command: ['true'], dependsOn: ['x'] } }, 'job.dependsOn'],
    ['a secret that is not there', { job: { command: ['true'], secrets: ['NONE'] } }, 'job.secrets.0'],
  ])('with %s is refused', async (_, changes, path) => {
    expect(await saveSchedule(bench.as(alice), { ...input, ...changes })).toMatchObject({ problems: [{ path }] })
    expect(await listSchedules(bench.as(alice))).toEqual([])
  })

  test('is seen and changed by those who may see and change its jobs', async () => {
    await saved()
    const seen = await Promise.all([bob, manager, analyst, operator, worker].map((who) => listSchedules(bench.as(who))))
    expect(seen.map((list) => list.length)).toEqual([0, 1, 1, 1, 0])
    const carol = { ...alice, id: 'carol' }
    expect(await saveSchedule(bench.as(carol), input)).toMatchObject({ problems: [{ path: 'name' }] })
    expect(await deleteSchedule(bench.as(carol), null, 'nightly')).toBe(false)
    await expect(deleteSchedule(bench.as(analyst), 'team-a', 'nightly')).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(saved({}, analyst)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await deleteSchedule(bench.as(manager), null, 'nightly')).toBe(true)
    expect(await deleteSchedule(bench.as(manager), null, 'nightly')).toBe(false)
  })
})

describe('what is due', () => {
  test('is submitted once for all that was missed, for whoever saved it, and is due again later', async () => {
    await saved()
    expect(await turn()).toBe(false)
    await overdue()
    expect([await turn(), await turn()]).toEqual([true, false])
    expect(await jobs()).toMatchObject([{ submittedBy: 'alice', account: 'team-a', schedule: 'nightly' }])
    const { nextAt, lastJobId } = await only()
    expect(nextAt?.getTime()).toBeGreaterThan(Date.now())
    expect(lastJobId).toBe((await jobs())[0]?.id)
  })

  test('is submitted once by several that look at the same time', async () => {
    for (let i = 0; i < 5; i++) await saved({ name: `s${i}` })
    await overdue()
    const turns = await Promise.all(Array.from({ length: 20 }, turn))
    expect(turns.filter(Boolean)).toHaveLength(5)
    expect((await jobs()).map(({ schedule }) => schedule).toSorted()).toEqual(['s0', 's1', 's2', 's3', 's4'])
  })

  test('is left out while its last job runs, where that was asked for, the others of its array among it', async () => {
    await saved({ skipWhileRunning: true, job: { command: ['true'], array: { count: 2 } } })
    await overdue()
    await turn()
    const [second, first] = await jobs()
    if (!first || !second) throw new Error('nothing was submitted')
    await cancelJob(bench.as(alice), first.id)
    await overdue()
    expect(await turn()).toBe(true)
    expect(await jobs()).toHaveLength(2)
    await cancelJob(bench.as(alice), second.id)
    await overdue()
    await turn()
    expect(await jobs()).toHaveLength(4)
  })

  test('and can no longer be submitted keeps its problem, until it can', async () => {
    const template = { name: 'train', command: ['true'] }
    await saveTemplate(bench.as(operator), template)
    await saved({ job: { template: 'train' } })
    await bench.database.pool.query('DELETE FROM templates')
    await overdue()
    await turn()
    expect((await only()).lastProblem).toBe('template there is none of the name "train"')
    await saveTemplate(bench.as(operator), template)
    await overdue()
    await turn()
    expect(await only()).toMatchObject({ lastProblem: null })
    expect(await jobs()).toHaveLength(1)
  })

  test('and fails by a fault of ours does not hold up the others', async () => {
    await saved({ name: 'broken' })
    await saved({ name: 'whole' })
    await overdue()
    await bench.database.pool.query(`UPDATE schedules SET cron = 'nonsense' WHERE name = 'broken'`)
    while (await turn());
    expect((await jobs()).map(({ schedule }) => schedule)).toEqual(['whole'])
    expect(await listSchedules(bench.as(alice))).toMatchObject([
      { name: 'broken', lastProblem: 'It could not be submitted. It is tried again.' },
      { name: 'whole', lastProblem: null },
    ])
  })
})
