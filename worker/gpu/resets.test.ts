import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Card, openResets, type Resets, resetsSince } from './resets.ts'

const marks = (bootId: string, lost: boolean, energyJoules: number | null) => ({
  bootId,
  cards: { a: { lost, energyJoules } },
})

test.each([
  ['its counter of energy has fallen', marks('1', false, 900), marks('1', false, 3), ['a']],
  ['it was lost, and answers', marks('1', true, null), marks('1', false, null), ['a']],
  ['the machine has booted', marks('1', false, null), marks('2', false, null), ['a']],
  ['nothing has happened', marks('1', false, 900), marks('1', false, 901), []],
  ['it is lost still', marks('1', true, 900), marks('2', true, 3), []],
  ['it was not known', { bootId: '1', cards: {} }, marks('2', false, 3), []],
  ['no counter is known', marks('1', false, 900), marks('1', false, null), []],
])('%s', (_, before, now, reset) => expect(resetsSince(before, now)).toEqual(reset))

let home: string
let now: number
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'constellation-resets-'))
  now = 0
})
afterEach(async () => {
  for (const resets of opened) await resets.written()
  opened.clear()
  await rm(home, { recursive: true })
})

const card = (lost: boolean, energyJoules: number | null): Card => ({ uuid: 'a', lost, energyJoules })
const opened = new Set<Resets>()

function openAnew(): Resets {
  const resets = openResets(home, () => now)
  opened.add(resets)
  return resets
}

/** What is told of the card after it was seen so. */
function told(resets: Resets, lost: boolean, energyJoules: number | null): boolean {
  resets.see([card(lost, energyJoules)])
  return resets.take(['a']).has('a')
}

test('a reset between two lives of the worker is seen, once', async () => {
  const before = openAnew()
  before.see([card(false, 900)])
  before.see([card(true, null)])
  await before.written()
  const after = openAnew()
  expect(told(after, false, null)).toBe(true)
  expect(told(after, false, 3)).toBe(true)
  expect(told(after, false, 4)).toBe(false)
})

test('a reset is kept until it is asked for', () => {
  const resets = openAnew()
  resets.see([card(false, 900)])
  resets.see([card(false, 3)])
  resets.see([card(false, 4)])
  expect(resets.take(['another']).size).toBe(0)
  expect(told(resets, false, 5)).toBe(true)
})

test('a driver that was loaded anew has reset every card', () => {
  const resets = openAnew()
  resets.see([card(false, null)])
  resets.loadedAnew()
  expect(told(resets, false, null)).toBe(true)
  expect(told(resets, false, null)).toBe(false)
})

test('the counter is written down now and then', async () => {
  const before = openAnew()
  before.see([card(false, 100)])
  now = 1_000
  before.see([card(false, 200)])
  now = 60_000
  before.see([card(false, 300)])
  await before.written()
  expect(told(openAnew(), false, 299)).toBe(true)
})

test('marks that make no sense are none', async () => {
  await writeFile(join(home, 'gpu-marks.json'), '{"bootId":7}')
  expect(told(openAnew(), false, 1)).toBe(false)
})
