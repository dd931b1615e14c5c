import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createLogger } from '@constellation/platform/log.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AuditCase } from './judge.ts'
import { scoreOf, withScore } from './report.ts'
import { runAudit } from './run-audit.ts'

// A stand-in for the audit's server: one suite over our own supergraph, whose subgraphs answer the same each time.

const SUPERGRAPH = readFileSync(
  fileURLToPath(import.meta.resolve('@constellation/schema/generated/supergraph.graphql')),
  'utf8',
)
const QUERY = '{ job(id: "1") { name usage { gpuSeconds } } }'
const ANSWER = { job: { name: 'train', usage: { gpuSeconds: 3 } } }
const CASES: AuditCase[] = [
  { query: QUERY, expected: { data: ANSWER } },
  { query: QUERY, expected: { data: ANSWER, errors: true } },
  { query: QUERY, expected: { data: { job: { name: 'train', usage: { gpuSeconds: 4 } } } } },
  { query: '{ nonsense }', expected: { errors: true } },
  { query: '{ nonsense }', expected: {} },
]

let server: Server
let url: string
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'constellation-audit-'))
  server = createServer((request, response) => {
    const found = Object.hasOwn(answers, request.url ?? '') ? answers[request.url ?? ''] : undefined
    response.writeHead(found ? 200 : 500, { 'content-type': 'application/json' })
    response.end(found?.() ?? 'no such thing')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.close()
  server.closeAllConnections()
  await rm(folder, { recursive: true })
})

const entity = { __typename: 'Job', id: '1', name: 'train' }
const answers: Readonly<Record<string, () => string>> = {
  '/ids': () => JSON.stringify(['ours', 'broken', 'no-graph']),
  '/ours/tests': () => JSON.stringify(CASES),
  '/ours/supergraph': () => SUPERGRAPH.replaceAll(/url: "http:\/\/(\w+)"/g, `url: "${url}/ours/$1"`),
  '/ours/jobs': () => JSON.stringify({ data: { job: entity } }),
  '/ours/usage': () => JSON.stringify({ data: { _entities: [{ usage: { gpuSeconds: 3 } }] } }),
  '/broken/tests': () => JSON.stringify([CASES[0]]),
  '/no-graph/tests': () => JSON.stringify([CASES[0]]),
  '/no-graph/supergraph': () => 'type Query { a: Int }',
}

test('each case is asked of the gateway, and what does not hold is told by name with the reason', async () => {
  const seen: string[] = []
  const log = createLogger('test', 'silent')
  const results = await runAudit({ url, folder, log, onResult: ({ suite }) => seen.push(suite) })
  expect(seen).toEqual(['ours', 'broken', 'no-graph'])
  const score = scoreOf(results)
  expect(score).toMatchObject({ cases: 7, held: 3 })
  expect(score.failed.map(({ name }) => name)).toEqual(['ours_1', 'ours_2', 'broken_0', 'no-graph_0'])
  expect(score.failed.map(({ fault }) => fault)).toEqual([
    expect.stringContaining('"gpuSeconds":3'),
    expect.stringContaining('"gpuSeconds":3'),
    expect.stringMatching(/^its subgraphs do not compose/),
    expect.stringMatching(/^the gateway does not take its supergraph/),
  ])
})

test('the score takes the place of the one before, and says how much of the audit there was', () => {
  const page = readFileSync(new URL('../../docs/suites.md', import.meta.url), 'utf8')
  const failed = [{ name: 'keys-mashup_0', fault: 'a reason' }]
  const first = withScore(page, { cases: 30, held: 29, failed }, 5)
  expect(first).toContain("Of the audit's 199 cases in 46 suites, 30 in 5 were at hand:")
  expect(first).toContain('| 5      | 30    | 29   | 1    |')
  expect(first).toContain('- `keys-mashup_0`')
  const second = withScore(first, { cases: 199, held: 199, failed: [] }, 46)
  expect(second).toContain('| 46     | 199   | 199  | 0    |')
  expect(second).toContain('No case fails.')
  expect(second).not.toContain('30 in 5')
  expect(() => withScore('', { cases: 0, held: 0, failed: [] }, 0)).toThrow(/no place/)
})
