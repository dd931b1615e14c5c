// Whatever moment a process dies at, the lake is what the ledger is, and the next process goes on.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { correctRun } from '../ledger/correct-run.ts'
import { recordRuns } from '../ledger/record.ts'
import { admin, at, fillNow, type Ledger, openLake, openLedger, runEvent, settle, uuid } from '../testing.ts'
import { compactOne } from './compact.ts'
import { fill, type Lake } from './fill.ts'
import { manifestPath, readManifest } from './manifest.ts'
import type { LakeStep } from './step.ts'
import { partsOf } from './sums.ts'
import { sweep } from './sweep.ts'
import type { Crash } from './testing-crash.ts'

const CHILD = fileURLToPath(new URL('testing-crash.ts', import.meta.url))
const DAY = 86_400
const LATER = 3_600_000

let ledger: Ledger
let opened: Awaited<ReturnType<typeof openLake>>
beforeAll(async () => {
  ledger = await openLedger()
})
afterAll(() => ledger?.close())
beforeEach(async () => {
  await ledger.empty()
  opened = await openLake(ledger.pool)
})
afterEach(() => opened?.close())

/** Does the work in a process that dies at the step; `shell` runs before it. */
async function inProcess(work: Crash['work'], step?: LakeStep, shell = 'true'): Promise<string | number | null> {
  await settle(ledger.pool)
  const crash: Crash = { databaseUrl: ledger.url, directory: opened.lake.directory, work, now: Date.now() + LATER }
  const given = JSON.stringify(step === undefined ? crash : { ...crash, at: step })
  const child = spawn('bash', ['-c', `${shell} && exec "$0" "$@"`, process.execPath, CHILD, given], { stdio: 'ignore' })
  const [code, signal] = await once(child, 'exit')
  return signal ?? code
}

let last = 0
const enter = (day: number, state: 'completed' | 'failed' = 'completed') => {
  last += 1
  return recordRuns(ledger.pool, [runEvent(last, day * DAY, day * DAY + 5_000.25, { state, energyJoules: 77 })])
}

async function expectTheLedger(where = ''): Promise<void> {
  const select = (text: string) => `SELECT count(*)::${text} AS rows, sum(held_us)::${text} AS us,
    sum(starts)::${text} AS runs, sum(energy_mj)::${text} AS mj FROM slices`
  const { rows } = await ledger.pool.query(`${select('text')} ${where}`)
  expect((await opened.analyst.ask({ select: select('VARCHAR'), values: [] })).rows).toEqual(rows)
}

/** A lake of several files a day, with a stale day and entries that are in no file yet. */
async function aLake(): Promise<void> {
  for (const day of [0, 1, 0]) {
    await enter(day)
    await fillNow(opened.lake)
  }
  await correctRun(ledger.pool, admin, {
    ...{ runId: uuid(1_000_000 + last - 1), finishedAt: at(DAY + 10), reason: 'It had ended.' },
  })
  await enter(2, 'failed')
}

/** Each step that there is, and the works that a process dies in there: a new step is not forgotten here. */
const WORKS_AT: Readonly<Record<LakeStep, readonly Crash['work'][]>> = {
  'the entries are read': ['fill'],
  'a file is written aside': ['fill', 'compact'],
  'a file is in its place': ['fill', 'compact'],
  'the state is announced': ['fill', 'compact', 'retire'],
  'the manifest is drafted': ['fill', 'compact', 'retire'],
  'the manifest is there': ['fill', 'compact', 'retire'],
  'a manifest is removed': ['sweep'],
  'a file is removed': ['sweep'],
}
const STEPS = Object.entries(WORKS_AT) as [LakeStep, readonly Crash['work'][]][]
const worksWhere = (retires: boolean) =>
  STEPS.flatMap(([step, works]) =>
    works.filter((work) => (work === 'retire') === retires).map((work) => [work, step] as const),
  )

describe('nothing is lost or doubled by a process that is killed when', () => {
  test.each(worksWhere(false))('it does a %s, and %s', async (work, step) => {
    await aLake()
    // So that there is something to sweep.
    if (work === 'sweep') {
      await fillNow(opened.lake)
      while (await compactOne(opened.lake));
    }
    expect(await inProcess(work, step)).toBe('SIGKILL')
    await expectTheLedger()
    await enter(1)
    await expectTheLedger()
    expect(await inProcess('fill')).toBe(0)
    await expectTheLedger()
    while (await compactOne(opened.lake));
    await expectTheLedger()
    await sweep(opened.lake.directory, Date.now() + LATER)
    await expectTheLedger()
    const { files: known } = await readManifest(opened.lake.directory)
    expect(await files()).toEqual(
      known
        .flatMap(partsOf)
        .map(({ path }) => path)
        .sort(),
    )
  })
})

test.each(worksWhere(true))(
  'what is kept is whole after a process that was killed when it does a %s, and %s',
  async (work, step) => {
    await aLake()
    await fillNow(opened.lake)
    expect(await inProcess(work, step)).toBe('SIGKILL')
    expect(await inProcess(work)).toBe(0)
    expect((await readManifest(opened.lake.directory)).from).toBe('2026-02-01')
    await expectTheLedger(`WHERE hour >= '2026-02-01T00:00:00Z'`)
    await enter(1)
    expect(await inProcess('fill')).toBe(0)
    await expectTheLedger(`WHERE hour >= '2026-02-01T00:00:00Z'`)
  },
)

async function files(): Promise<string[]> {
  const names = await readdir(opened.lake.directory, { recursive: true })
  return names.filter((name) => /parquet$|csv$|draft$/.test(name)).sort()
}

test('a disk that takes no more fails the filling, and leaves the lake as it was', async () => {
  await aLake()
  const before = await readManifest(opened.lake.directory)
  for (let n = 0; n < 40; n++) await enter(n)
  expect(await inProcess('fill', undefined, 'ulimit -f 4')).toBe(1)
  expect(await readManifest(opened.lake.directory)).toEqual(before)
  await expectTheLedger()
  expect(await inProcess('fill')).toBe(0)
  await expectTheLedger()
})

describe('of two who write to one lake', () => {
  test('one does so at a time, and all of it is there', async () => {
    for (let round = 0; round < 5; round++) {
      await enter(round)
      await Promise.all([fill(opened.lake), inProcess('fill'), compactOne(opened.lake), enter(round)])
      await expectTheLedger()
    }
    const states = await readManifest(opened.lake.directory)
    expect(states.version).toBeGreaterThanOrEqual(5)
  })

  test('the one that has lost its lock meanwhile undoes nothing of what the other wrote', async () => {
    await aLake()
    const { lake } = opened
    const rival = openRival(lake)
    // It goes on to its end at a moment at which this one is about to publish.
    const slow = fillNow({
      ...lake,
      reached: (step) => void (step === 'the manifest is drafted' && rival.publishNext()),
    })
    await expect(slow).rejects.toThrow(/another process/)
    expect((await readManifest(lake.directory)).upTo).toBe(rival.upTo)
    await expectTheLedger()
    await fillNow(lake)
    await expectTheLedger()
  })
})

/** Writes a state of its own, as one does that believes to hold the lock: the same files, and a number that is free. */
function openRival({ directory }: Lake) {
  return {
    upTo: '1',
    publishNext() {
      const versions = readdirSync(join(directory, 'manifests')).map((name) => Number.parseInt(name, 10))
      const newest = Math.max(...versions.filter((version) => existsSync(manifestPath(directory, version))))
      const manifest = { ...JSON.parse(readFileSync(manifestPath(directory, newest), 'utf8')), version: newest + 1 }
      this.upTo = manifest.upTo
      writeFileSync(manifestPath(directory, newest + 1), JSON.stringify(manifest))
    },
  }
}

test('readers meet no error and no wrong count while the lake is filled, put together and swept', async () => {
  const QUESTIONS = 300
  let asked = 0
  const keeping = (async () => {
    while (asked < QUESTIONS) {
      await enter(last % 3)
      await fill(opened.lake)
      if (last % 4 === 0) while (await compactOne(opened.lake));
      // Files of an earlier state are kept for ten seconds.
      await sweep(opened.lake.directory, Date.now() + 15 * 60_000 - 10_000)
    }
  })()
  const ask = async () => {
    while (asked < QUESTIONS) {
      asked += 1
      // A run of two slices is there whole, and none is there twice.
      const [before, { rows }, after] = [
        await entered(),
        await opened.analyst.ask({
          values: [],
          select: `SELECT sum(starts)::INTEGER AS runs, count(*)::INTEGER AS rows, count(DISTINCT run_id)::INTEGER AS ids
            FROM slices`,
        }),
        await entered(),
      ]
      const [{ runs, rows: slices, ids } = {}] = rows
      expect([Number(slices), Number(ids)]).toEqual([Number(runs) * 2, Number(runs)])
      expect(Number(runs)).toBeGreaterThanOrEqual(before)
      expect(Number(runs)).toBeLessThanOrEqual(after)
    }
  }
  await enter(0)
  await Promise.all([keeping, ask(), ask()])
  expect(asked).toBeGreaterThanOrEqual(QUESTIONS)
}, 120_000)

async function entered(): Promise<number> {
  return Number((await ledger.pool.query('SELECT count(*) AS runs FROM runs')).rows[0].runs)
}
