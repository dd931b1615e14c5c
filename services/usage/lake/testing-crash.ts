// For tests, a process of its own: does one piece of work on a lake, and dies by SIGKILL as soon as it has reached a step.
import { openDatabase } from '@constellation/platform/database/database.ts'
import { createLogger } from '@constellation/platform/log.ts'
import { compactOne } from './compact.ts'
import { openDuckDB } from './duckdb.ts'
import { fill, type Lake } from './fill.ts'
import type { LakeStep } from './step.ts'
import { sweep } from './sweep.ts'

export interface Crash {
  databaseUrl: string
  directory: string
  work: 'fill' | 'compact' | 'sweep'
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
else await sweep(directory, now, lake.reached)
await orm.close(true)
duckdb.closeSync()
