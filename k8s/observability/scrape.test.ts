import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openWorld, submit, type World, watchJob } from '@constellation/e2e/testing.ts'
import { metricsFile } from '@constellation/local/home.ts'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { findPrometheus } from '@constellation/local/setup/prometheus.mjs'
import { tellDifferences } from '@constellation/usage/metrics/differences.ts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { allExpressions } from './expressions.ts'
import { allMetrics } from './metrics-table.ts'
import { readPromql } from './promql.ts'
import { readScrape, unknownNames } from './unknown-names.ts'

const tool = findPrometheus(repositoryRoot)?.promtool ?? ''
const folder = await mkdtemp(path.join(tmpdir(), 'metrics-'))
let world: World
const scrapes = new Map<string, string>()

/** Of a stack where a job has ended, one runs on both GPUs, and one waits. */
beforeAll(async () => {
  world = await openWorld()
  const short = await submit(world, { command: ['true'] })
  await watchJob(world, short.id, ({ state }) => state === 'COMPLETED')
  const long = await submit(world, { command: ['sleep', '60'], gpus: 2 })
  await submit(world, { command: ['true'], gpus: 2 })
  await watchJob(world, long.id, ({ state }) => state === 'RUNNING')
  // The service hears of who holds what by telemetry, which comes each second.
  await vi.waitFor(async () => expect(await scrape('gpus')).toContain('held_utilisation_ratio{'), {
    timeout: 15_000,
    interval: 500,
  })
  for (const program of ['gateway', 'jobs', 'gpus', 'usage', 'worker']) scrapes.set(program, await scrape(program))
  const file = path.join(folder, 'ledger.prom')
  await tellDifferences(file, [{ what: 'sums by hour, against slices', count: 0, examples: [] }], new Date())
  scrapes.set('usage:reconcile', await readFile(file, 'utf8'))
}, 180_000)
afterAll(async () => {
  await world?.close()
  await rm(folder, { recursive: true, force: true })
})

async function scrape(program: string): Promise<string> {
  const ports = JSON.parse(await readFile(metricsFile(world.stack.home), 'utf8'))
  return (await fetch(`http://127.0.0.1:${ports[program]}/metrics`)).text()
}

test('the dashboards and alerts speak of metrics and labels that there are', () => {
  const scraped = readScrape(scrapes.values())
  const faults = allExpressions().flatMap(({ where, expression }) =>
    unknownNames(readPromql(expression), scraped).map((fault) => `${where}: ${fault}`),
  )
  expect(faults).toEqual([])
})

test('every metric of ours that is written down is told by a running stack', async () => {
  const all = [...scrapes.values()].join('\n')
  const missing = (await allMetrics()).filter(({ name }) => !all.includes(`# TYPE ${name} `))
  expect(missing).toEqual([])
})

test.skipIf(!tool).each(['gateway', 'jobs', 'gpus', 'usage', 'worker', 'usage:reconcile'])(
  'promtool finds no fault with what it is told: %s',
  (program) => {
    const { status, stdout, stderr } = spawnSync(tool, ['check', 'metrics'], {
      input: scrapes.get(program),
      encoding: 'utf8',
    })
    expect(status, `${stdout}${stderr}`).toBe(0)
  },
)

test('what is told agrees with what has happened', () => {
  expect(scrapes.get('jobs')).toMatch(/^constellation_jobs_submitted_total 3$/m)
  expect(scrapes.get('jobs')).toMatch(/^constellation_queue_jobs\{reason="ready"\} 1$/m)
  expect(scrapes.get('jobs')).toMatch(/^constellation_queue_gpus_wanted 2$/m)
  expect(scrapes.get('gpus')).toMatch(/^constellation_gpus\{state="held",model="[^"]+"\} 2$/m)
  expect(scrapes.get('worker')).toMatch(/^constellation_worker_gpus\{state="held"\} 2$/m)
  expect(scrapes.get('gateway')).toMatch(/^constellation_nats_connected 1$/m)
})

test('strangers cannot make up labels', async () => {
  const body = JSON.stringify({ query: 'query Mine { viewer { id } }', operationName: 'Mine' })
  await world.rest('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  await world.rest('/no-such-path-17')
  const told = await scrape('gateway')
  expect(told).not.toContain('Mine')
  expect(told).not.toContain('no-such-path')
  expect(told).toContain('route="none"')
})
