// Against an S3 server of its own: what one process writes another reads, which shares no directory with it.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import S3rver from 's3rver'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fetchFile, removeExpired } from '../exports/files.ts'
import { openExports } from '../exports/testing.ts'
import { recordRuns } from '../ledger/record.ts'
import { admin, fillNow, type Ledger, openLake, openLedger, runEvent } from '../testing.ts'
import { type Bucket, type BucketSettings, openBucket } from './bucket.ts'
import { checkBucket } from './check-bucket.ts'
import { compactOne } from './compact.ts'
import { readManifest } from './manifest.ts'
import { pull, sweepBucket } from './share.ts'

let ledger: Ledger
let server: Server
let folder: string
let settings: BucketSettings
let bucket: Bucket
let one: Awaited<ReturnType<typeof openLake>>
let other: Awaited<ReturnType<typeof openLake>>
/** How an object is written over, or not: the server of the tests knows of no conditions. */
const written = new Set<string>()
/** In the path of a lake whose bucket takes whatever comes. */
const ANY_WRITER = 'any-writer'

beforeAll(async () => {
  ledger = await openLedger()
  folder = await mkdtemp(join(tmpdir(), 'bucket-'))
  const s3 = new S3rver({ directory: folder, silent: true, configureBuckets: [{ name: 'lake', configs: [] }] })
  await s3.configureBuckets()
  const answer = s3.callback()
  server = createServer((request, response) => {
    const { method, url = '', headers } = request
    const isTaken =
      !url.includes(ANY_WRITER) && method === 'PUT' && headers['if-none-match'] === '*' && written.has(url)
    if (method === 'PUT') written.add(url)
    if (!isTaken) return void answer(request, response)
    request.resume()
    response.writeHead(412).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  server?.close()
  server?.closeAllConnections()
  await ledger?.close()
  await rm(folder, { recursive: true, force: true })
})

let lakes = 0
beforeEach(async () => {
  await ledger.empty()
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('It listens.')
  lakes += 1
  const url = `http://127.0.0.1:${address.port}/lake/a lake ${lakes}`.replaceAll(' ', '%20')
  settings = { url, region: 'us-east-1', keyId: 'S3RVER', secret: 'S3RVER' }
  bucket = openBucket(settings)
  one = await openLake(ledger.pool)
  other = await openLake(ledger.pool)
})
afterEach(async () => {
  await one?.close()
  await other?.close()
})

const runsOf = async ({ analyst }: typeof one) =>
  (await analyst.ask({ select: 'SELECT sum(starts)::INTEGER AS runs FROM slices', values: [] })).rows[0]?.runs

test('what one process writes another has, and goes on from', async () => {
  await recordRuns(ledger.pool, [runEvent(1, 0, 60), runEvent(2, 90_000, 90_060)])
  await fillNow({ ...one.lake, bucket })
  await pull(other.lake.directory, bucket)
  expect(await readManifest(other.lake.directory)).toEqual(await readManifest(one.lake.directory))
  await recordRuns(ledger.pool, [runEvent(3, 0, 60)])
  expect(await runsOf(other)).toBe(3)
  await fillNow({ ...other.lake, bucket })
  while (await compactOne({ ...one.lake, bucket }));
  await pull(other.lake.directory, bucket)
  const { files, version } = await readManifest(other.lake.directory)
  expect([version, files.map(({ rows }) => rows).sort()]).toEqual([4, [1, 2]])
  expect([await runsOf(one), await runsOf(other)]).toEqual([3, 3])
})

test('a state that another process has written meanwhile is not written over', async () => {
  await recordRuns(ledger.pool, [runEvent(1, 0, 60)])
  await fillNow({ ...one.lake, bucket })
  const rival = { ...(await readManifest(one.lake.directory)), version: 2 }
  await recordRuns(ledger.pool, [runEvent(2, 0, 60)])
  let done: Promise<unknown> = Promise.resolve()
  const reached = () => {
    done = bucket.writeText('manifests/2.json', JSON.stringify(rival))
  }
  const racing: Bucket = { ...bucket, upload: (...file) => done.then(() => bucket.upload(...file)) }
  await expect(fillNow({ ...one.lake, bucket: racing, reached })).rejects.toThrow(/another process/)
  expect(JSON.parse((await bucket.readText('manifests/2.json')) ?? '')).toEqual(rival)
  // The next time it takes that state over, and goes on from it.
  await fillNow({ ...one.lake, bucket })
  expect([(await readManifest(one.lake.directory)).version, await runsOf(one)]).toEqual([3, 2])
})

test('files that nobody reads by go, and those of the present state stay', async () => {
  for (const n of [1, 2, 3]) {
    await recordRuns(ledger.pool, [runEvent(n, 0, 60)])
    await fillNow({ ...one.lake, bucket })
  }
  await compactOne({ ...one.lake, bucket })
  await sweepBucket(bucket)
  const objects = async () =>
    (await readdir(folder, { recursive: true })).filter(
      (name) => name.includes(`lake ${lakes}`) && /parquet\._S3rver_object$/.test(name),
    )
  // Three of what came in, and what was put together with its sums by hour, by day and by GPU, and its starts.
  expect(await objects()).toHaveLength(3 + 5)
  await sweepBucket(bucket, Date.now() + 3_600_000)
  expect(await objects()).toHaveLength(5)
  await pull(other.lake.directory, bucket)
  expect(await runsOf(other)).toBe(3)
})

describe('nothing becomes the state of a lake', () => {
  test('by a file that is not what was written', async () => {
    await recordRuns(ledger.pool, [runEvent(1, 0, 60)])
    const state = await fillNow({ ...one.lake, bucket })
    const [file] = state?.files ?? []
    const damaged = join(folder, 'damaged')
    await writeFile(damaged, 'PAR1')
    await bucket.upload(file?.path ?? '', damaged)
    await expect(pull(other.lake.directory, bucket)).rejects.toThrow(/not what was written/)
    expect((await readManifest(other.lake.directory)).version).toBe(0)
  })

  test('where the keys are wrong', async () => {
    await recordRuns(ledger.pool, [runEvent(1, 0, 60)])
    const wrong = openBucket({ ...settings, keyId: 'another' })
    await expect(fillNow({ ...one.lake, bucket: wrong })).rejects.toThrow(/403/)
    expect((await readManifest(one.lake.directory)).version).toBe(0)
  })
})

test('a bucket is told that can keep a lake, from one that knows of no conditions', async () => {
  const faults = async (url: string) => {
    const found: string[] = []
    for await (const { what, isWell } of checkBucket({ ...settings, url })) if (!isWell) found.push(what)
    return found
  }
  expect(await faults(settings.url)).toEqual([])
  expect((await faults(`${settings.url}/${ANY_WRITER}`))[0]).toMatch(/of 12 writers of one state one succeeds/)
})

test('an export that one process has written is handed out by another, and is gone after its time', async () => {
  await recordRuns(ledger.pool, [runEvent(1, 0, 60)])
  const { path } = await openExports(ledger.pool, one, bucket).take(admin, { format: 'CSV' })
  const file = relative(one.lake.directory, path)
  const fetched = await fetchFile(other.lake.directory, bucket, file)
  expect(await readFile(fetched, 'utf8')).toBe(await readFile(path, 'utf8'))
  await ledger.pool.query(`UPDATE exports SET expires_at = now() - interval '1 second'`)
  await removeExpired(ledger.pool, one.lake.directory, bucket)
  await rm(fetched)
  await expect(fetchFile(other.lake.directory, bucket, file)).rejects.toThrow('The bucket has no')
})
