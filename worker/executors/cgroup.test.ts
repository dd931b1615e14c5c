import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Cgroup, limitCpus, limitMemory, members, oomKills } from './cgroup.ts'

/** A directory with the files of a group: few machines let a test have every controller of both versions. */
let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'constellation-cgroup-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

const group = (version: 1 | 2, controllers: Cgroup['controllers']): Cgroup => ({
  version,
  directory,
  controllers,
  origin: '/',
})
const read = (name: string) => readFileSync(join(directory, name), 'utf8')

test('in version 2 memory is bounded with nothing beside it, and all of a run ends together', () => {
  expect(limitMemory([group(2, ['memory', 'cpu'])], 100)).toBe(true)
  expect([read('memory.max'), read('memory.swap.max'), read('memory.oom.group')]).toEqual(['104857600', '0', '1'])
})

test('processors are a share of a period, which both versions write in their own way', () => {
  expect(limitCpus([group(2, ['cpu'])], 1.5)).toBe(true)
  expect(read('cpu.max')).toBe('150000 100000')
  expect(limitCpus([group(1, ['cpu'])], 0.25)).toBe(true)
  expect([read('cpu.cfs_period_us'), read('cpu.cfs_quota_us')]).toEqual(['100000', '25000'])
})

test('a limit that no group can hold is not held', () => {
  expect(limitMemory([group(2, ['cpu'])], 100)).toBe(false)
  expect(limitMemory([{ ...group(2, ['memory']), directory: join(directory, 'gone') }], 100)).toBe(false)
  expect(limitCpus([], 1)).toBe(false)
})

test('kills for want of memory are told from the attempts before them', () => {
  writeFileSync(join(directory, 'memory.events'), 'low 0\nhigh 0\nmax 12\noom 3\noom_kill 2\noom_group_kill 1\n')
  expect(oomKills([group(2, ['memory'])])).toBe(2)
  writeFileSync(join(directory, 'memory.oom_control'), 'oom_kill_disable 0\nunder_oom 0\noom_kill 0\n')
  expect(oomKills([group(1, ['memory'])])).toBe(0)
  expect(oomKills([group(2, [])])).toBe(0)
})

test('processes in groups below count, once, and this one does not', () => {
  mkdirSync(join(directory, 'below'))
  writeFileSync(join(directory, 'cgroup.procs'), `11\n${process.pid}\n`)
  writeFileSync(join(directory, 'below', 'cgroup.procs'), '12\n11\n')
  expect(members([group(2, [])])).toEqual([11, 12])
})
