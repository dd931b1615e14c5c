import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { asCurl, asGraphql, asPython } from './copy-as.ts'
import { inputOfJob } from './input-of-job.ts'
import { FULL_JOB, NOW } from './testing.ts'

const input = inputOfJob(FULL_JOB, NOW)
const ORIGIN = 'https://constellation.example'

const REST = {
  name: FULL_JOB.name,
  priority: -5,
  account: 'team-a',
  depends_on: ['b'],
  after: ['c'],
  start_at: '2026-03-01T18:30:00.000Z',
  params: {
    command: FULL_JOB.command,
    gpus: { count: 2, min_memory_mb: 40_960, model: 'A100', min_compute_capability: '8.0' },
    env: FULL_JOB.env,
    working_directory: '/data/my runs',
    timeout_seconds: 3600,
    max_idle_seconds: 900,
    max_retries: 2,
    retry: { exit_codes: [1, 137], backoff_seconds: 10, max_backoff_seconds: 60 },
    preemptible: true,
    warning: { signal: 'SIGUSR1', seconds: 30 },
    worker_labels: { zone: 'a' },
    container: {
      image: 'python:3.13',
      mounts: [
        { source: '/data', target: '/data', read_only: true },
        { source: '/out', target: '/mnt/out' },
      ],
    },
    limits: { memory_mb: 8192, cpus: 1.5 },
    secrets: ['HF_TOKEN'],
  },
}

it('gives a shell the words that curl needs, whatever quotes are in the job', () => {
  const printed = `curl() { for word; do printf '%s\\0' "$word"; done; }; CONSTELLATION_TOKEN='t k'\n${asCurl(input, ORIGIN)}`
  const words = spawnSync('sh', ['-c', printed], { encoding: 'utf8' }).stdout.split('\0').slice(0, -1)
  expect(words.slice(0, -1)).toEqual([
    '--fail-with-body',
    '-X',
    'POST',
    `${ORIGIN}/jobs`,
    '-H',
    'Authorization: Bearer t k',
    '-H',
    'Content-Type: application/json',
    '--data-raw',
  ])
  expect(JSON.parse(words.at(-1) ?? '')).toEqual(REST)
})

it('keeps the names of variables and labels as they are', () => {
  const odd = { command: ['true'], env: { camelCase: 'x' }, workerLabels: { camelLabel: 'y' } }
  const body = asCurl(odd, ORIGIN).match(/--data-raw '([\s\S]*)'$/)?.[1] ?? ''
  expect(JSON.parse(body).params).toMatchObject({ env: { camelCase: 'x' }, worker_labels: { camelLabel: 'y' } })
})

it('gives the graph the input as it is', () => {
  expect(JSON.parse(asGraphql(input))).toMatchObject({ variables: { input } })
})

it('writes what JSON holds as Python does', () => {
  expect(asPython({ command: ['a'], shell: true, env: { A: 'None' } }, ORIGIN)).toContain(`job = {
    "params": {
        "command": ["a"],
        "shell": True,
        "env": {
            "A": "None",
        },
    },
}`)
})
