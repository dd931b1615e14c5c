// For tests, a process of its own: does one piece of work on a lake, and dies by SIGKILL as soon as it has reached a step.
import { openDatabase } from '@constellation/platform/database/database.ts'
import { createLogger } from '@constellation/platform/log.ts'
import { compactOne } from './compact.ts'
import { openDuckDB } from './duckdb.ts'
import { fill, type Lake } from './fill.ts'
import { retire } from './retire.ts'
import type { LakeStep } from './step.ts'
import { sweep } from './sweep.ts'

export interface Crash {
  databaseUrl: string
  directory: string
  work: 'fill' | 'compact' | 'sweep' | 'retire'
  /** Without it the process ends by itself. */
  at?: LakeStep
  /** What the clock says of the sweeping, in milliseconds. */
  now?: number
}

const { databaseUrl, directory, work, at, now }: Crash = JSON.parse(process.argv[2] ?? '')
const { pool, orm } = await openDatabase(databaseUrl, {
  ...{ schema: 'usage', entities: [], connections: 2 },
  log: createLogger('test', 'silent'),
})
const duckdb = await openDuckDB(directory, { memoryMb: 128, threads: 1 })
const lake: Lake = {
  ...{ directory, pool, duckdb },
  reached: (step) => void (step === at && process.kill(process.pid, 'SIGKILL')),
}
if (work === 'fill') await fill(lake)
else if (work === 'compact') await compactOne(lake)
// So that February is kept, and nothing before it.
else if (work === 'retire') await retire(lake, 1, new Date('2026-03-15'))
else await sweep(directory, now, lake.reached)
await orm.close(true)
duckdb.closeSync()
