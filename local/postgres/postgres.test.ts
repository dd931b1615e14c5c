import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chmod, chown, lstat, mkdir, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { withClient } from '@constellation/db/database.ts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeHome } from '../home.ts'
import { processIdentity } from '../setup/process-identity.mjs'
import { makeTestHome, removeTestHome } from '../testing/test-home.ts'
import { type Postgres, type PostgresOptions, startPostgres } from './postgres.ts'

const isRoot = process.getuid?.() === 0

// One home for most tests, as a first start takes a second; each test leaves it as it found it.
let home: string
let running: Postgres[]
let notes: string[]

beforeAll(async () => {
  home = await makeTestHome()
})

beforeEach(() => {
  running = []
  notes = []
})

afterEach(async () => {
  for (const postgres of running) await postgres.stop()
})

afterAll(() => removeTestHome(home))

async function start(options: Partial<PostgresOptions> = {}): Promise<Postgres> {
  const postgres = await startPostgres({ home, password: 'a-password', log: (line) => notes.push(line), ...options })
  running.push(postgres)
  return postgres
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  return withClient(url, async (client) => (await client.query(sql)).rows)
}

describe('a first start', () => {
  it('makes a cluster with UTF-8, its own locale, checksums and passwords, on loopback only', async () => {
    const { adminUrl } = await start()
    const [settings] = await query(
      adminUrl,
      `SELECT current_setting('server_encoding') AS encoding, current_setting('data_checksums') AS checksums,
              current_setting('listen_addresses') AS addresses, current_setting('unix_socket_directories') AS sockets,
              current_setting('fsync') AS fsync, datlocprovider AS provider, datlocale AS locale,
              split_part(version(), ' ', 2) AS version
       FROM pg_database WHERE datname = current_database()`,
    )
    expect(settings).toMatchObject({
      encoding: 'UTF8',
      checksums: 'on',
      addresses: '127.0.0.1',
      sockets: '',
      fsync: 'on',
      provider: 'b',
      locale: 'C.UTF-8',
      version: expect.stringMatching(/^18\./),
    })
    const withoutPassword = new URL(adminUrl)
    withoutPassword.password = 'another'
    await expect(query(withoutPassword.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/)
  })

  it('does over what an initdb that was killed has left', async () => {
    const another = await makeTestHome()
    try {
      const folder = path.join(another, 'postgres')
      await mkdir(path.join(folder, 'data.initdb-killed', 'base'), { recursive: true })
      const { uid, gid } = await stat(path.join(home, 'postgres'))
      await chown(folder, uid, gid)
      const postgres = await start({ home: another })
      expect(await readdir(folder)).toEqual(['data'])
      await postgres.stop()
    } finally {
      await removeTestHome(another)
    }
  })
})

describe('a start after a crash', () => {
  it('has every row that was acknowledged before kill -9', async () => {
    const first = await start()
    await query(first.adminUrl, 'CREATE TABLE rows (id uuid PRIMARY KEY)')
    const acknowledged: string[] = []
    const writing = withClient(first.adminUrl, async (client) => {
      for (;;) {
        const id = randomUUID()
        await client.query('INSERT INTO rows VALUES ($1)', [id])
        if (acknowledged.push(id) === 200) process.kill(first.pid, 'SIGKILL')
      }
    })
    await expect(writing).rejects.toThrow()
    await first.exited
    const second = await start()
    const rows = await query(second.adminUrl, 'SELECT id FROM rows')
    const present = new Set(rows.map(({ id }) => id))
    expect(acknowledged.filter((id) => !present.has(id))).toEqual([])
  })

  it('is not held up by a pid file that names a process of somebody else', async () => {
    const first = await start()
    await first.stop()
    const bystander = spawn('sleep', ['60'])
    await once(bystander, 'spawn')
    try {
      const data = path.join(home, 'postgres', 'data')
      await writeFile(path.join(data, 'postmaster.pid'), `${bystander.pid}\n${data}\n1\n1\n\n127.0.0.1\n1 1\nready\n`)
      const { uid, gid } = await stat(data)
      if (isRoot) await chown(path.join(data, 'postmaster.pid'), uid, gid)
      const second = await start()
      expect(await query(second.adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
      expect(bystander.exitCode).toBeNull()
    } finally {
      bystander.kill('SIGKILL')
    }
  })

  it('stops the server that a killed stack left running', async () => {
    const left = await start()
    const identity = processIdentity(left.pid)
    const next = await start()
    expect(notes).toEqual([`Stopping the PostgreSQL that an earlier stack left running (process ${left.pid}).`])
    expect(processIdentity(left.pid)).not.toBe(identity)
    expect(await query(next.adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })
})

it('says which version the data is of when it cannot be opened', async () => {
  const file = path.join(home, 'postgres', 'data', 'PG_VERSION')
  await writeFile(file, '15\n')
  await expect(start()).rejects.toThrow(/is of PostgreSQL 15; this stack has PostgreSQL 18/)
  await writeFile(file, '18\n')
})

it('says what the server said when it does not start', async () => {
  const file = path.join(home, 'postgres', 'data', 'postgresql.conf')
  const before = await readFile(file)
  await writeFile(file, 'no_such_setting = 1\n')
  await expect(start()).rejects.toThrow(/PostgreSQL does not start:\n.*no_such_setting/s)
  await writeFile(file, before)
})

describe.runIf(isRoot)('as root', () => {
  it('runs as another user, who owns the data', async () => {
    const { pid } = await start()
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    expect(status).not.toMatch(/^Uid:\s+0\s/m)
  })

  it('keeps the data elsewhere when that user cannot enter the home', async () => {
    const closed = path.join(home, 'closed')
    const inner = path.join(closed, 'home')
    await mkdir(closed, { mode: 0o700 })
    await makeHome(inner)
    await chmod(closed, 0o700)
    const first = await start({ home: inner })
    await query(first.adminUrl, 'CREATE TABLE kept ()')
    const link = path.join(inner, 'postgres')
    const outside = await realpath(link)
    try {
      expect((await lstat(link)).isSymbolicLink()).toBe(true)
      expect(outside).toMatch(/^\/var\/lib\/constellation\/[0-9a-f]{12}$/)
      expect(notes).toEqual([
        `PostgreSQL's data is in ${outside}: the user who runs it for root may not enter ${inner}.`,
      ])
      await first.stop()
      const second = await start({ home: inner })
      expect(await query(second.adminUrl, 'SELECT count(*)::int FROM kept')).toEqual([{ count: 0 }])
      await second.stop()
    } finally {
      await rm(outside, { recursive: true, force: true })
    }
  })
})
