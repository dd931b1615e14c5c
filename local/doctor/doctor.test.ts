import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { repositoryRoot } from '../repository.ts'
import { cloneDatabase, startTestNats, type TestDatabase, type TestNats } from '../testing.ts'
import { judge } from './judge.ts'

const run = promisify(execFile)

let database: TestDatabase
let nats: TestNats
beforeAll(async () => {
  database = await cloneDatabase()
  nats = await startTestNats()
})
afterAll(async () => {
  await nats?.stop()
  await database?.drop()
})

function doctor(env: Record<string, string>) {
  return run(process.execPath, ['local/doctor/doctor-command.ts'], {
    cwd: repositoryRoot,
    env: { PATH: process.env.PATH, ...env },
  }).then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
  )
}

test('it lists what is there, and is content with real servers', async () => {
  const { code, stdout } = await doctor({ DATABASE_URL: database.adminUrl, NATS_URL: nats.servicesUrl })
  expect(stdout).toMatch(/✓ Node 24\.\d+\.\d+ of this process/)
  expect(stdout).toMatch(/✓ PostgreSQL 18\.\d+ at 127\.0\.0\.1:\d+ \(18\.0 or later\)/)
  expect(stdout).toMatch(/✓ NATS 2\.\d+\.\d+ at/)
  expect(stdout).toMatch(/✓ DuckDB 1\./)
  expect(stdout).toMatch(/✓ database: of this release/)
  expect(code).toBe(0)
})

test('it says of servers that are away what to do, and that something is to be done', async () => {
  const { code, stdout } = await doctor({
    DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:9/none',
    NATS_URL: 'nats://127.0.0.1:9',
  })
  expect(stdout).toMatch(
    /✗ PostgreSQL at 127\.0\.0\.1:9: none that answers; 18\.0 or later is needed\. Start the server/,
  )
  expect(stdout).toMatch(/✗ NATS at 127\.0\.0\.1:9: none that answers/)
  expect(stdout).toMatch(/✗ database: .*ECONNREFUSED/)
  expect(code).toBe(1)
})

test('what is too old is told with both versions; a driver may be missing', () => {
  const finding = { what: 'NATS', where: 'here', advice: 'Upgrade it.' } as const
  expect(judge({ ...finding, found: '2.8.4' })).toEqual({
    fine: false,
    line: '✗ NATS 2.8.4 here: 2.9.10 or later is needed. Upgrade it.',
  })
  const driver = { what: 'NVIDIA driver', where: 'here', advice: '', optional: 'GPUs are simulated' } as const
  expect(judge({ ...driver, found: undefined })).toMatchObject({
    fine: true,
    line: expect.stringContaining('simulated'),
  })
  expect(judge({ ...driver, found: '390.48' }).fine).toBe(false)
})
