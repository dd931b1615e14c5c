import { readFileSync } from 'node:fs'
import path from 'node:path'
import { restore } from '@constellation/db/backup/restore.ts'
import { emptyDatabase } from '@constellation/local/testing.ts'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { until } from '../faults/until.ts'
import { openWorld, settled, type World, watchJob } from '../testing.ts'
import { type ToldByRest, tell } from './fill.ts'
import { earlierReleases, giveKey, RELEASES } from './releases.ts'
import { runCommand } from './run-command.ts'
import { whatIsTold } from './what-is-told.ts'

/** A stack takes its time: the oldest goes by every migration, the newest is what people come from. */
const all = earlierReleases()
const started = new Set([all.at(0), all.at(-1)])

describe.each(all.filter((release) => started.has(release)))('data of release %s', (release) => {
  const folder = path.join(RELEASES, release)
  const told: ToldByRest = JSON.parse(readFileSync(path.join(folder, 'told.json'), 'utf8'))
  let world: World
  beforeAll(async () => {
    // However old the data is.
    vi.stubEnv('LOG_RETENTION_DAYS', '0')
    world = await openWorld({}, async (home) => {
      await giveKey(home)
      await runCommand(home, 'local/backup/restore-command.ts', folder)
    })
  }, 120_000)
  afterAll(() => world?.close())

  test('is told as that release has told it, and by every question of the graph', async () => {
    const ids = told.jobs.map(({ id }) => id)
    const { jobs, logs } = await tell(world, ids)
    expect(jobs).toMatchObject(told.jobs)
    expect(logs).toEqual(told.logs)
    await whatIsTold(world)
  })

  test('goes on: what ran is lost and begins again, and what waited comes to its end', async () => {
    const job = async (id: string) => (await world.rest(`/jobs/${id}`)).json()
    await until('the run that lived is lost, and its job runs again', async () => {
      const { runs } = await job(told.running)
      return runs[0].state === 'lost' && runs[1]?.state === 'running'
    })
    expect((await world.rest(`/jobs/${told.running}`, { method: 'DELETE' })).status).toBe(202)
    expect((await watchJob(world, told.waiting, settled)).at(-1)).toMatchObject({
      state: 'COMPLETED',
      usage: { provisional: false },
    })
  })
})

test.each(all.filter((release) => !started.has(release)))(
  'data of release %s is brought to this one',
  async (release) => {
    const { adminUrl, drop } = await emptyDatabase()
    try {
      const { passwords } = inject('postgres')
      const { manifest } = await restore({ adminUrl, passwords, folder: path.join(RELEASES, release) })
      expect(manifest.services.jobs.migrations.length).toBeGreaterThan(1)
    } finally {
      await drop()
    }
  },
)

test('the data of this release is there, to be upgraded by the next one', () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  expect(earlierReleases({ andThis: true })).toContain(version)
})
