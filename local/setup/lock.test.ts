import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { tryLock } from './lock.mjs'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lock-'))
  file = path.join(folder, 'lock')
})

afterEach(() => rmSync(folder, { recursive: true }))

function release(lock: ReturnType<typeof tryLock>): void {
  if (!('release' in lock)) throw new Error('The lock is held by another.')
  lock.release()
}

const LOCKER = `
  const { tryLock } = await import(process.argv[1])
  const lock = tryLock(process.argv[2])
  console.log('release' in lock ? 'taken' : 'held by ' + lock.holder.pid)
  process.stdin.resume()
`

/** Another process that tries to take the lock, and keeps it until it is killed. */
async function otherProcess() {
  const url = new URL('lock.mjs', import.meta.url).href
  const child = spawn(process.execPath, ['--input-type=module', '--eval', LOCKER, url, file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [said] = await once(child.stdout, 'data')
  const kill = async () => {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  return { pid: child.pid, said: String(said).trim(), kill }
}

it('is held by one at a time, and free after its release', () => {
  const first = tryLock(file)
  expect(tryLock(file)).toMatchObject({ holder: { pid: process.pid } })
  release(first)
  release(tryLock(file))
  expect(readdirSync(folder)).toEqual([])
})

it('names the process that holds it, and is free once that was killed', async () => {
  const other = await otherProcess()
  expect(other.said).toBe('taken')
  expect(tryLock(file)).toMatchObject({ holder: { pid: other.pid } })
  await other.kill()
  release(tryLock(file))
})

it('is free when its holder is gone and another process has the same number', () => {
  writeFileSync(file, JSON.stringify({ pid: process.pid, identity: 'another boot 123' }))
  release(tryLock(file))
})

it('is free when its file was damaged', () => {
  writeFileSync(file, '{"pid": 1')
  release(tryLock(file))
})

it('goes to exactly one of those who find it stale at the same time', async () => {
  writeFileSync(file, JSON.stringify({ pid: 1, identity: 'stale' }))
  const others = await Promise.all(Array.from({ length: 6 }, otherProcess))
  expect(others.filter(({ said }) => said === 'taken')).toHaveLength(1)
  for (const other of others) await other.kill()
})
