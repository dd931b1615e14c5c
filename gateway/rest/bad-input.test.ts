import { createConnection } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bridge, type Call, startBridge } from './testing/bridge.ts'
import { JOB_ID } from './testing/fake-job.ts'

let bridge: Bridge
beforeAll(async () => {
  bridge = await startBridge()
})
afterAll(() => bridge.close())

const ONE = { command: ['true'] }

describe('POST /jobs refuses', () => {
  const faults: [what: string, body: unknown, status: number, paths: string[]][] = [
    ['no body', undefined, 400, ['']],
    ['a list', [], 400, ['']],
    ['null', null, 400, ['']],
    ['a body without params', {}, 400, ['params']],
    ['params that are a number', { params: 5 }, 400, ['params']],
    ['params that are null', { params: null }, 400, ['params']],
    ['a missing command', { params: {} }, 400, ['params.command']],
    ['a forgotten command', { name: 'x', params: { gpus: { count: 1 } } }, 400, ['params.gpus', 'params.command']],
    ['the name of no template', { name: 'nothing', params: { gpus: 1 } }, 422, ['name', 'params.command']],
    ['an unknown field', { params: ONE, colour: 'red' }, 400, ['colour']],
    ['an unknown field in params', { params: { ...ONE, gpu: 1 } }, 400, ['params.gpu']],
    ['an unknown field in gpus', { params: { ...ONE, gpus: { n: 1 } } }, 400, ['params.gpus.n']],
    ['fewer GPUs than none', { params: { ...ONE, gpus: -1 } }, 400, ['params.gpus']],
    ['fewer GPUs than none, in an object', { params: { ...ONE, gpus: { count: -1 } } }, 400, ['params.gpus.count']],
    ['GPUs as text', { params: { ...ONE, gpus: '1' } }, 400, ['params.gpus']],
    ['half a GPU', { params: { ...ONE, gpus: 0.5 } }, 400, ['params.gpus']],
    ['too many GPUs for a number', { params: { ...ONE, gpus: 1e300 } }, 400, ['params.gpus']],
    ['an empty command', { params: { command: [] } }, 400, ['params.command']],
    ['a command of numbers', { params: { command: ['a', 5] } }, 400, ['params.command.1']],
    ['a command that is a number', { params: { command: 5 } }, 400, ['params.command']],
    ['one line without a shell', { params: { command: 'a b' } }, 400, ['params.command']],
    ['a NUL in the command', { params: { command: ['a\0b'] } }, 400, ['params.command.0']],
    ['a NUL in one line', { params: { command: 'a\0b', shell: true } }, 400, ['params.command']],
    ['a NUL in the name', { name: 'a\0', params: ONE }, 400, ['name']],
    ['a NUL in a variable', { params: { ...ONE, env: { A: '\0' } } }, 400, ['params.env.A']],
    ["a NUL in a variable's name", { params: { ...ONE, env: { 'A\0': '' } } }, 400, ['params.env.A\0']],
    ['a NUL in an argument', { name: 't', params: { a: '\0' } }, 400, ['params.a']],
    ['a variable that is a number', { params: { ...ONE, env: { A: 1 } } }, 400, ['params.env.A']],
    ['an argument that is an object', { name: 't', params: { a: {} } }, 400, ['params.a', 'params.command']],
    ['a priority out of bounds', { params: ONE, priority: 1001 }, 400, ['priority']],
    ['a priority as text', { params: ONE, priority: '1' }, 400, ['priority']],
    ['an account that is no name', { params: ONE, account: '../x' }, 400, ['account']],
    ['a name that is too long', { name: 'n'.repeat(201), params: ONE }, 400, ['name']],
    ['an exit code of success', { params: { ...ONE, retry: { exit_codes: [0] } } }, 400, ['params.retry.exit_codes.0']],
    ['a warning without its time', { params: { ...ONE, warning: {} } }, 400, ['params.warning.seconds']],
    ['a label that is a number', { params: { ...ONE, worker_labels: { a: 1 } } }, 400, ['params.worker_labels.a']],
    ['a container without an image', { params: { ...ONE, container: {} } }, 400, ['params.container.image']],
    [
      'a mount without a target',
      { params: { ...ONE, container: { image: 'a', mounts: [{ source: '/a' }] } } },
      400,
      ['params.container.mounts.0.target'],
    ],
    ['limits of text', { params: { ...ONE, limits: { cpus: '1' } } }, 400, ['params.limits.cpus']],
    ['a secret that is no variable', { params: { ...ONE, secrets: ['A-B'] } }, 400, ['params.secrets.0']],
    [
      'a capability that is none',
      { params: { ...ONE, gpus: { min_compute_capability: 8 } } },
      400,
      ['params.gpus.min_compute_capability'],
    ],
    ['an array too large', { params: ONE, array: { count: 10_001 } }, 400, ['array.count']],
    ['a sweep without values', { params: ONE, array: { sweep: [{ name: 'A' }] } }, 400, ['array.sweep.0.values']],
    ['a dependency that is no text', { params: ONE, depends_on: [1] }, 400, ['depends_on.0']],
    ['a start that is no time', { params: ONE, start_at: 'tomorrow' }, 400, ['start_at']],
    ['a ref with a space', { params: ONE, ref: 'a b' }, 400, ['ref']],
    [
      'several faults at once',
      { params: { ...ONE, gpus: -1, shell: 1 }, priority: 0.5 },
      400,
      ['params.gpus', 'params.shell', 'priority'],
    ],
    [
      'what only the jobs service knows',
      { params: { ...ONE, working_directory: './x' } },
      422,
      ['params.working_directory'],
    ],
    ['a number of GPUs by the path it came by', { params: { ...ONE, gpus: 64 } }, 422, ['params.gpus']],
    ['a number of GPUs in an object', { params: { ...ONE, gpus: { count: 64 } } }, 422, ['params.gpus.count']],
    ["a variable's name", { params: { ...ONE, env: { '1A': '' } } }, 422, ['params.env.1A']],
    ['an empty program', { params: { command: [''] } }, 422, ['params.command.0']],
    ['an empty line for a shell', { params: { command: '', shell: true } }, 422, ['params.command']],
    ["a template's argument", { name: 't', params: { epochs: 'none' } }, 422, ['params.epochs']],
  ]

  test.each(faults)('%s', async (_what, json, status, paths) => {
    const answer = await bridge.call('/jobs', { method: 'POST', ...(json !== undefined && { json }) })
    expect(answer.json).toMatchObject({ status, type: 'about:blank' })
    expect(answer.json.errors.map(({ path }: { path: string }) => path).toSorted()).toEqual(paths.toSorted())
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(bridge.world.jobs).toEqual([])
  })

  test('at most twenty faults are told', async () => {
    const command = Array.from({ length: 500 }, () => 1)
    const answer = await bridge.call('/jobs', { method: 'POST', json: { params: { command } } })
    expect(answer.json.errors).toHaveLength(20)
  })

  test('a body of very many wrong values is refused quickly', async () => {
    const command = Array.from({ length: 500_000 }, () => 1)
    const before = process.cpuUsage()
    const answer = await bridge.call('/jobs', { method: 'POST', json: { params: { command } } })
    expect(answer.status).toBe(400)
    expect(answer.json.errors).toHaveLength(1)
    // Time of the processor, which others may have meanwhile.
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(2_000)
  })
})

describe('a request is refused', () => {
  const post: Call = { method: 'POST', headers: { 'content-type': 'application/json' } }
  const cases: [what: string, path: string, call: Call, status: number, field?: string][] = [
    ['for broken JSON', '/jobs', { ...post, body: '{"params": ' }, 400],
    [
      'for JSON with a poisoned prototype',
      '/jobs',
      { ...post, body: '{"params":{"command":["a"]},"__proto__":{}}' },
      400,
    ],
    ['for JSON nested without end', '/jobs', { ...post, body: `{"params":${'['.repeat(500_000)}` }, 400],
    [
      'for nested lists',
      '/jobs',
      { ...post, body: `{"params":${'['.repeat(100_000)}${']'.repeat(100_000)}}` },
      400,
      'params',
    ],
    ['for a body of 10 MB', '/jobs', { ...post, body: `{"name":"${'x'.repeat(10_000_000)}"}` }, 413],
    [
      'for a body of plain text',
      '/jobs',
      { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' },
      415,
    ],
    [
      'for a form',
      '/jobs',
      { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=b' },
      415,
    ],
    ['for a wrong state in a filter', '/jobs?state=sleeping', {}, 400, 'state.0'],
    ['for one wrong state of two', '/jobs?state=queued,RUNNING', {}, 400, 'state.1'],
    ['for an empty state', '/jobs?state=', {}, 400, 'state.0'],
    ['for an unknown query parameter', '/jobs?sort=name', {}, 400, 'sort'],
    ['for a query parameter where there is none', `/jobs/${JOB_ID}?x=1`, {}, 400, 'x'],
    ['for a limit of nothing', '/jobs?limit=0', {}, 400, 'limit'],
    ['for a limit that is no number', '/jobs?limit=ten', {}, 400, 'limit'],
    ['for two limits', '/jobs?limit=1&limit=2', {}, 400, 'limit'],
    ['for a NUL in a filter', '/jobs?name=%00', {}, 400, 'name'],
    ['for a NUL in a cursor', '/jobs?cursor=a%00', {}, 400, 'cursor'],
    ['for a boolean that is none', '/gpus?simulated=maybe', {}, 400, 'simulated'],
    ['for a health that is none', '/gpus?health=suspect,sad', {}, 400, 'health.1'],
    ['for a GPU that is no UUID', '/gpus/17', {}, 400, 'id'],
    ['for a cordon without a reason', `/gpus/${JOB_ID}/cordon`, { method: 'POST', json: {} }, 400, 'reason'],
    ['for a drain for nothing', `/gpus/${JOB_ID}/drain`, { method: 'POST', json: { reason: '' } }, 400, 'reason'],
    ['for a GPU that is not there', `/gpus/${JOB_ID}`, {}, 404],
    ['for returning a GPU that is not there', `/gpus/${JOB_ID}/return`, { method: 'POST' }, 404],
    ['for a time that is none', '/usage/leaderboard?from=yesterday', {}, 400, 'from'],
    ['for a day that does not exist', '/usage/leaderboard?to=2026-02-31T25:00:00Z', {}, 400, 'to'],
    ['for an unknown dimension', '/usage/leaderboard?by=planet', {}, 400, 'by'],
    ['for an account that is no name', '/usage/accounts/a%20b', {}, 400, 'id'],
    ['for an id that is no UUID', '/jobs/17', {}, 400, 'id'],
    ['for an id with a prefix', `/jobs/urn:uuid:${JOB_ID}`, {}, 400, 'id'],
    ['for an id with a NUL', '/jobs/%00', {}, 400, 'id'],
    ['for an empty id', '/jobs/', {}, 400, 'id'],
    ['for an id that is no UUID, in logs', '/jobs/17/logs', {}, 400, 'id'],
    ['for an update of nothing', `/jobs/${JOB_ID}`, { method: 'PUT', json: {} }, 400, ''],
    ['for an update of the state', `/jobs/${JOB_ID}`, { method: 'PUT', json: { state: 'completed' } }, 400, 'state'],
    ['for a wrong Last-Event-ID', `/jobs/${JOB_ID}/logs`, { headers: { 'last-event-id': 'x' } }, 400, 'last-event-id'],
    ['for a job that is not there', `/jobs/${JOB_ID}`, {}, 404],
    ['for the log of a job that is not there', `/jobs/${JOB_ID}/logs`, {}, 404],
    ['for cancelling a job that is not there', `/jobs/${JOB_ID}`, { method: 'DELETE' }, 404],
    ['for a path that is not there', '/nothing', {}, 404],
    ['without a token', '/jobs', { token: null }, 401],
    ['with a forged token', '/jobs', { token: 'mallory' }, 401],
    ['for a plain GET of the stream', '/stream', { token: null }, 426],
  ]

  test.each(cases)('%s', async (_what, path, call, status, field) => {
    const answer = await bridge.call(path, call)
    expect(answer.json).toMatchObject({
      status,
      type: 'about:blank',
      title: expect.any(String),
      detail: expect.any(String),
    })
    expect(answer.status).toBe(status)
    if (field !== undefined) expect(answer.json.errors[0]).toEqual({ path: field, message: expect.any(String) })
    expect(bridge.world.jobs).toEqual([])
  })

  test('for a method that the path does not have, which is told with those that it has', async () => {
    for (const [path, method, allow] of [
      ['/jobs', 'DELETE', 'HEAD, GET, POST, OPTIONS'],
      ['/jobs', 'PATCH', 'HEAD, GET, POST, OPTIONS'],
      [`/jobs/${JOB_ID}`, 'POST', 'HEAD, GET, PUT, DELETE, PATCH, OPTIONS'],
      ['/gpus', 'POST', 'HEAD, GET, OPTIONS'],
      [`/gpus/${JOB_ID}/drain`, 'PUT', 'POST, OPTIONS'],
    ] as const) {
      const answer = await bridge.call(path, { method, body: 'whatever' })
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow])
    }
  })

  test('for a wrong transfer of the body, and the server goes on', async () => {
    const answer = await raw(
      'POST /jobs HTTP/1.1\r\nhost: x\r\nauthorization: Bearer alice\r\ncontent-type: application/json\r\ncontent-length: 5\r\nconnection: close\r\n\r\n{"a":1}',
    )
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect((await bridge.call('/gpus')).status).toBe(200)
  })
})

test('OPTIONS tells what a path has, without a token', async () => {
  const answer = await bridge.call('/jobs', { method: 'OPTIONS', token: null })
  expect([answer.status, answer.headers.get('allow')]).toEqual([204, 'HEAD, GET, POST, OPTIONS'])
})

test('HEAD answers as GET does, without the body', async () => {
  const answer = await bridge.call('/jobs', { method: 'HEAD' })
  expect([answer.status, answer.text]).toEqual([200, ''])
  expect((await bridge.call('/jobs/17', { method: 'HEAD' })).status).toBe(400)
})

async function raw(request: string): Promise<string> {
  const { port } = new URL(bridge.url)
  const socket = createConnection(Number(port), '127.0.0.1')
  socket.end(request)
  const parts: Buffer[] = []
  for await (const part of socket) parts.push(part)
  return Buffer.concat(parts).toString()
}
