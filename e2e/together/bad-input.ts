import { beforeAll, describe, expect, test } from 'vitest'
import type { World } from '../testing.ts'
import { theStack } from './the-stack.ts'

let world: World
beforeAll(async () => {
  world = await theStack()
})

async function countJobs(): Promise<number> {
  const { data } = await world.graphql('{ jobs(first: 500) { nodes { id } } }')
  return (data as { jobs: { nodes: unknown[] } }).jobs.nodes.length
}

const json = { 'content-type': 'application/json' }
const job = (params: unknown, more: object = {}) => ({
  method: 'POST',
  headers: json,
  body: JSON.stringify({ name: 'bad', params, ...more }),
})

describe('bad input on REST is answered by problem+json with the path of the field, and nothing is stored', () => {
  test.each<[string, string, RequestInit, number, string | null]>([
    ['broken JSON', '/jobs', { method: 'POST', headers: json, body: '{"name": ' }, 400, null],
    ['an unknown field', '/jobs', job({ command: ['true'] }, { colour: 'red' }), 400, 'colour'],
    ['fewer than no GPUs', '/jobs', job({ command: ['true'], gpus: -1 }), 400, 'params.gpus'],
    ['a command that is no list', '/jobs', job({ command: 7 }), 400, 'params.command'],
    ['a missing command', '/jobs', job({ gpus: 1 }), 422, null],
    ['a body of 10 MB', '/jobs', job({ command: ['x'.repeat(10_000_000)] }), 413, null],
    ['a wrong state in a filter', '/jobs?state=sleeping', {}, 400, 'state'],
    ['an id that is no UUID', '/jobs/seven', {}, 400, 'id'],
    ['an id of nothing', '/jobs/00000000-0000-7000-8000-000000000000', {}, 404, null],
    [
      'a NUL in the name',
      '/jobs',
      { method: 'POST', headers: json, body: '{"name":"a\\u0000b","params":{"command":["true"]}}' },
      400,
      'name',
    ],
    [
      'another content type',
      '/jobs',
      { method: 'POST', headers: { 'content-type': 'text/xml' }, body: '<job/>' },
      415,
      null,
    ],
    ['a path of nothing', '/nothing', {}, 404, null],
    ['a method that is not there', '/jobs', { method: 'PATCH' }, 405, null],
  ])('%s', async (_, path, init, status, field) => {
    const before = await countJobs()
    const answer = await world.rest(path, init)
    const problem = await answer.json()
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      status,
      expect.stringContaining('application/problem+json'),
    ])
    if (field !== null)
      expect(problem.errors.map((error: { path: string }) => error.path)).toContainEqual(expect.stringContaining(field))
    expect(await countJobs()).toBe(before)
  })
})

describe('bad input on GraphQL', () => {
  test.each<[string, string]>([
    ['a broken document', '{ jobs('],
    ['an unknown field', '{ jobs { nodes { colour } } }'],
    ['a wrong state', '{ jobs(filter: {states: [SLEEPING]}) { nodes { id } } }'],
    ['a page of too many', '{ jobs(first: 100000) { nodes { id } } }'],
  ])('%s is an error that says so, with no trace of the inside', async (_, query) => {
    const answer = await world.graphql(query)
    expect(answer.errors).toHaveLength(1)
    expect(JSON.stringify(answer)).not.toMatch(/\.ts:|node_modules|stack/)
  })

  test('what is wrong with a job comes back as problems, and nothing is stored', async () => {
    const before = await countJobs()
    const { data } = await world.graphql(
      'mutation { submitJob(input: {command: ["true"], gpus: {count: -1}}) { job { id } problems { path message } } }',
    )
    expect(data).toMatchObject({ submitJob: { job: null, problems: [{ path: 'gpus.count' }] } })
    const none = await world.graphql('mutation { submitJob(input: {}) { job { id } problems { path message } } }')
    expect(none.data).toMatchObject({ submitJob: { job: null, problems: [{ path: 'command' }] } })
    expect(await countJobs()).toBe(before)
  })
})

describe('who has no token', () => {
  test.each<[string, Record<string, string>]>([
    ['none', {}],
    ['nonsense', { authorization: 'Bearer nonsense' }],
    ['one that signs itself', { authorization: `Bearer ${unsignedToken()}` }],
  ])('%s: gets 401 from REST and GraphQL', async (_, headers) => {
    for (const path of ['/jobs', '/gpus', '/usage/leaderboard', '/graphql', '/nothing']) {
      expect([path, (await fetch(`${world.stack.url}${path}`, { headers })).status]).toEqual([path, 401])
    }
  })
})

function unsignedToken(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = {
    sub: 'admin',
    role: 'admin',
    accounts: [],
    iss: 'constellation-local',
    aud: 'constellation',
    exp: 4_000_000_000,
  }
  return `${part({ alg: 'none' })}.${part(claims)}.`
}
