import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { recordProcesses, stackRuns } from './leftovers.ts'

test('a record that could not be written once is written the next time', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'constellation-record-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const home = path.join(folder, 'home')
  const record = recordProcesses(home)
  await expect(record.add('jobs', process.pid)).rejects.toThrow('ENOENT')
  await mkdir(home)
  await record.add('gateway', process.pid)
  expect(Object.keys(JSON.parse(await readFile(path.join(home, 'stack.json'), 'utf8')))).toEqual(['jobs', 'gateway'])
  expect(await stackRuns(home)).toBe(true)
  await record.clear()
  expect(await stackRuns(home)).toBe(false)
})
