// How long a backup and a restore take, and how large it is: `npm run bench:backup`, about three minutes. It stops by
// itself and leaves nothing but the report. `--runs 100000` takes fewer, and writes nothing.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { backUp } from '@constellation/db/backup/back-up.ts'
import type { Manifest } from '@constellation/db/backup/manifest.ts'
import { restore } from '@constellation/db/backup/restore.ts'
import type { ServiceUrls } from '@constellation/db/migrate.ts'
import { SERVICES } from '@constellation/db/services.ts'
import { openDatabase } from '@constellation/platform/database/database.ts'
import { watchOthers } from '../queue/cpu.ts'
import { toMarkdown } from '../queue/section.ts'
import { countBy, startServer } from '../queue/server.ts'
import { rounded } from '../queue/statistics.ts'
import { fillLake, log } from '../usage/dataset.ts'
import { loadRuns } from '../usage/synthetic/load.ts'

const REPORT = path.join(import.meta.dirname, '..', 'results', 'backup.md')
const RUNS = 1_000_000

const { runs: given } = parseArgs({ options: { runs: { type: 'string' } } }).values
const runs = given === undefined ? RUNS : Number(given)
if (!Number.isSafeInteger(runs) || runs < 1 || runs > 20_000_000)
  throw new Error('--runs is a number up to 20 million.')
const others = watchOthers()
await using holdings = new AsyncDisposableStack()
const folder = await mkdtemp(path.join(tmpdir(), 'backup-'))
holdings.defer(() => rm(folder, { recursive: true }))
const server = await startServer()
holdings.defer(() => server.close())
const source = await server.migrated('source')
await loadRuns(source.adminUrl, runs, (line) => console.error(line))

const began = performance.now()
const manifest = await backUp({ adminUrl: source.adminUrl, folder: path.join(folder, 'backup') })
const written = performance.now()
const { adminUrl } = await server.empty('target')
const target = await restore({ adminUrl, passwords: passwordsOf(source.urls), folder: path.join(folder, 'backup') })
const restored = performance.now()

const { pool, orm } = await openDatabase(target.urls.usage, { schema: 'usage', entities: [], log })
holdings.defer(() => orm.close(true))
const { fillMs, compactMs, slices } = await fillLake({
  runs,
  pid: server.pid,
  url: target.urls.usage,
  pool,
  directory: path.join(folder, 'lake'),
})

const section = toMarkdown({
  title: 'Backup and restore',
  method:
    'A ledger of synthetic runs, each with its GPUs and slices, by the code of `npm run backup` and `npm run restore`: one ' +
    'connection, zstd, checksums on both ways. A restore reads the files twice, makes the tables by their migrations, loads ' +
    `them with their indexes, and looks at every key. Then the lake is made anew from the restored ledger. ${availableParallelism()} processors, PostgreSQL 18 with fsync on, all on one machine; ` +
    `others used ${Math.round(others() * 100)} % of it meanwhile. Once.`,
  head: ['runs', 'rows', 'database MB', 'backup MB', 'backup s', 'rows/s', 'restore s', 'rows/s', 'slices', 'lake s'],
  rows: [
    [
      runs.toLocaleString('en'),
      rowsOf(manifest).toLocaleString('en'),
      rounded((await countBy(source.adminUrl, 'SELECT pg_database_size(current_database()) AS count')) / 1e6),
      rounded(bytesOf(manifest) / 1e6),
      rounded((written - began) / 1e3),
      rounded((rowsOf(manifest) / (written - began)) * 1e3),
      rounded((restored - written) / 1e3),
      rounded((rowsOf(manifest) / (restored - written)) * 1e3),
      slices.toLocaleString('en'),
      rounded((fillMs + compactMs) / 1e3),
    ],
  ],
})
console.log(section)
if (given === undefined) await writeFile(REPORT, `# Backups\n\nWritten by \`npm run bench:backup\`.\n\n${section}`)

function tablesOf({ services }: Manifest): Manifest['services']['jobs']['tables'] {
  return SERVICES.flatMap((service) => services[service].tables)
}

function rowsOf(all: Manifest): number {
  return tablesOf(all).reduce((sum, { rows }) => sum + rows, 0)
}

function bytesOf(all: Manifest): number {
  return tablesOf(all).reduce((sum, { bytes }) => sum + bytes, 0)
}

function passwordsOf({ jobs, gpus, usage }: ServiceUrls) {
  const of = (url: string) => decodeURIComponent(new URL(url).password)
  return { jobs: of(jobs), gpus: of(gpus), usage: of(usage) }
}
