import { describe, expect, it } from 'vitest'
import type { JobRowFragment } from '../generated/documents.ts'
import { awaitsUsage, newer, place } from './place.ts'

function job(id: string, second: number, part: Partial<JobRowFragment> = {}): JobRowFragment {
  return {
    id,
    name: id,
    state: 'QUEUED',
    version: 1,
    priority: 0,
    commandLine: 'true',
    template: null,
    account: 'team-a',
    submittedBy: 'alice',
    createdAt: new Date(second * 1000).toISOString(),
    startedAt: null,
    finishedAt: null,
    reason: null,
    cancelRequested: false,
    gpus: { count: 1, minMemoryMb: null, model: null },
    array: null,
    usage: { gpuSeconds: 0, provisional: false, asOf: '' },
    ...part,
  }
}

const ALL = { filter: {}, search: {} }
const ids = (jobs: JobRowFragment[]) => jobs.map((each) => each.id)
const list = [job('c', 30), job('b', 20), job('a', 10)]

describe('place', () => {
  it('puts a new job at the top', () => {
    expect(ids(place(list, job('d', 40), ALL, true))).toEqual(['d', 'c', 'b', 'a'])
  })

  it('puts jobs of the same time in the order of their ids, as the server lists them', () => {
    const array = [job('e', 30), job('d', 30), job('b', 30), job('a', 10)]
    expect(ids(place(array, job('c', 30), ALL, false))).toEqual(['e', 'd', 'c', 'b', 'a'])
    expect(ids(place(array.slice(0, 2), job('c', 30), ALL, true))).toEqual(['e', 'd'])
  })

  it('puts a job that came to match among those of its time', () => {
    expect(ids(place(list, job('x', 25), ALL, true))).toEqual(['c', 'x', 'b', 'a'])
  })

  it('leaves an older job to the next page, and takes it where there is none', () => {
    expect(place(list, job('x', 5), ALL, true)).toBe(list)
    expect(ids(place(list, job('x', 5), ALL, false))).toEqual(['c', 'b', 'a', 'x'])
    expect(ids(place([], job('x', 5), ALL, false))).toEqual(['x'])
  })

  it('leaves alone a job that is there, or that the filter leaves out', () => {
    expect(place(list, job('b', 20, { version: 2 }), ALL, true)).toBe(list)
    expect(place(list, job('d', 40), { filter: { states: ['FAILED'] }, search: {} }, true)).toBe(list)
  })
})

it('keeps what is shown when an older answer arrives late', () => {
  const shown = job('a', 1, { version: 3 })
  expect(newer(shown, job('a', 1, { version: 2 }))).toBe(shown)
  const same = job('a', 1, { version: 3 })
  expect(newer(shown, same)).toBe(same)
  expect(newer(undefined, same)).toBe(same)
})

it('waits for the usage of a job that has just ended, and not for ever', () => {
  const ended = { startedAt: new Date(0).toISOString(), finishedAt: new Date(10_000).toISOString() }
  expect(awaitsUsage(job('a', 0, ended), 11_000)).toBe(true)
  expect(awaitsUsage(job('a', 0, ended), 90_000)).toBe(false)
  expect(awaitsUsage(job('a', 0, { ...ended, usage: { gpuSeconds: 9, provisional: true, asOf: '' } }), 11_000)).toBe(
    true,
  )
  expect(awaitsUsage(job('a', 0, { ...ended, usage: { gpuSeconds: 10, provisional: false, asOf: '' } }), 11_000)).toBe(
    false,
  )
  expect(awaitsUsage(job('a', 0, { ...ended, gpus: { count: 0, minMemoryMb: null, model: null } }), 11_000)).toBe(false)
  expect(awaitsUsage(job('a', 0, { startedAt: ended.startedAt }), 11_000)).toBe(false)
})
