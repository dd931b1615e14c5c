import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import { watchMark } from './mark.ts'

const ENTRY = fileURLToPath(new URL('../../../../k8s/image/entry.ts', import.meta.url))

test('the keeper, as the image starts it, says yes while its mark changes, and no when it does not', async () => {
  const home = await mkdtemp(join(tmpdir(), 'constellation-keeper-'))
  const file = join(home, 'kept')
  await writeFile(file, 'one')
  const port = await freePort()
  const env = { PATH: process.env.PATH ?? '', KEPT_FILE: file, KEPT_SECONDS: '2', PORT: String(port) }
  const keeper = spawn(process.execPath, [ENTRY, 'keeper'], { env, stdio: ['ignore', 'inherit', 'inherit'] })
  const exited = once(keeper, 'exit')
  const ask = async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined)
    return answer?.status
  }
  const until = (status: number) =>
    vi.waitUntil(async () => (await ask()) === status, { timeout: 20_000, interval: 50 })
  await until(200)
  await until(503)
  await writeFile(file, 'two')
  await until(200)
  keeper.kill('SIGTERM')
  expect(await exited).toEqual([0, null])
  await rm(home, { recursive: true })
})

test('a pod is kept for as long as its mark changes in time, whatever the calendar says', () => {
  let now = 0
  let mark: string | undefined
  const isKept = watchMark(
    () => mark,
    1_000,
    () => now,
  )
  now = 900
  expect(isKept()).toBe(true)
  mark = 'one'
  expect(isKept()).toBe(true)
  now = 1_800
  // Being replaced, it cannot be read for a moment.
  mark = undefined
  expect(isKept()).toBe(true)
  mark = 'one'
  now = 1_901
  expect(isKept()).toBe(false)
  mark = 'two'
  expect(isKept()).toBe(true)
})

async function freePort(): Promise<number> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
