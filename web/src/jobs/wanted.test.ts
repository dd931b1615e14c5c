import { expect, it, test } from 'vitest'
import { matches, orderOf, orderToAddress, statesToAddress, wantedOf } from './wanted.ts'

const NOW = new Date(2026, 0, 31, 12).getTime()
const DESCENDING = { by: 'CREATED', direction: 'DESCENDING' }

it('is everything, newest first, without parameters and with those that mean nothing', () => {
  const all = { filter: {}, search: {}, orderBy: DESCENDING }
  expect(wantedOf({}, NOW)).toEqual(all)
  expect(wantedOf({ state: 'nonsense', q: '', range: 'ever', sort: '-colour' }, NOW)).toEqual(all)
})

it('reads each parameter', () => {
  const address = {
    state: 'running,QUEUED,no',
    q: 'lr 0.1',
    account: 'a',
    user: 'u',
    array: 'x',
    template: 't',
    model: 'm',
  }
  expect(wantedOf({ ...address, sort: 'name' }, NOW)).toEqual({
    filter: { states: ['QUEUED', 'RUNNING'], account: 'a', submittedBy: 'u', array: 'x' },
    search: { text: 'lr 0.1', template: 't', gpuModel: 'm' },
    orderBy: { by: 'NAME', direction: 'ASCENDING' },
  })
})

it('counts ranges back from now, and a day from its beginning here', () => {
  const from = (range: string) => Date.parse(wantedOf({ range }, NOW).search.createdFrom ?? '')
  expect(from('today')).toBe(new Date(2026, 0, 31).getTime())
  expect(NOW - from('24h')).toBe(86_400_000)
  expect(NOW - from('7d')).toBe(7 * 86_400_000)
})

it('writes what it reads', () => {
  for (const sort of ['name', '-name', '-priority', 'created', '-started'])
    expect(orderToAddress(orderOf(sort))).toBe(sort)
  expect(orderToAddress(orderOf('-created'))).toBeUndefined()
  expect(statesToAddress(['FAILED', 'QUEUED'])).toBe('queued,failed')
  expect(statesToAddress([])).toBeUndefined()
})

test.each([
  [{}, true],
  [{ state: 'running', q: 'TRAIN' }, true],
  [{ state: 'failed' }, false],
  [{ q: 'train alice --lr' }, true],
  [{ q: 'train bob' }, false],
  [{ q: 'tr' }, true],
  [{ q: 'ra' }, false],
  [{ q: '0199a1b2' }, true],
  [{ array: 'a', account: 'team-a', user: 'alice', template: 'fit', model: 'a100' }, true],
  [{ array: 'b' }, false],
  [{ account: 'team-b' }, false],
  [{ user: 'bob' }, false],
  [{ template: 'other' }, false],
  [{ model: 'h100' }, false],
  [{ range: 'today' }, false],
  [{ range: '7d' }, true],
])('%o: the job is listed: %s', (address, listed) => {
  const job = {
    id: '0199a1b2-0000-7000-8000-000000000001',
    state: 'RUNNING',
    name: 'Train-1',
    commandLine: 'python3 fit.py --lr=0.1',
    account: 'team-a',
    submittedBy: 'alice',
    template: 'fit',
    gpus: { count: 1, minMemoryMb: null, model: 'A100' },
    array: { id: 'a', index: 0, size: 2 },
    createdAt: new Date(NOW - 2 * 86_400_000).toISOString(),
  } as const
  expect(matches(job, wantedOf(address, NOW))).toBe(listed)
})
