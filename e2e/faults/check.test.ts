// The checker is itself checked: good histories pass, and each way of being bad is found under its own name.
import { describe, expect, test } from 'vitest'
import { check } from './check.ts'
import { goodHistory } from './good-history.ts'
import type { History, Invariant } from './history.ts'

const SEEDS = Array.from({ length: 50 }, (_, i) => `checker ${i}`)

test('good histories pass, those with lost runs, failures and cancelled jobs among them', () => {
  for (const seed of SEEDS) expect([seed, check(goodHistory(seed))]).toEqual([seed, []])
  const states = new Set(SEEDS.flatMap((seed) => goodHistory(seed).runs.map((run) => run.state)))
  expect([...states].toSorted()).toEqual(['cancelled', 'completed', 'failed', 'lost'])
})

/** Spoils a history; undefined where this one has nothing to spoil. */
type Spoil = (history: History) => History | undefined

/** The list with the first item that `is` so changed to what `into` makes of it. */
function change<Item>(items: readonly Item[], is: (item: Item) => boolean, into: (item: Item) => readonly Item[]) {
  const at = items.findIndex(is)
  const item = items[at]
  return item === undefined ? undefined : [...items.slice(0, at), ...into(item), ...items.slice(at + 1)]
}

function spoiled<Key extends keyof History>(history: History, key: Key, value: History[Key] | undefined) {
  return value === undefined ? undefined : { ...history, [key]: value }
}

const withGpu = (line: { gpus: readonly string[] }) => line.gpus.length > 0

const BAD: [Invariant, string, Spoil][] = [
  ['I1', 'an acknowledged job is not there', (h) => spoiled(h, 'jobs', h.jobs.slice(1))],
  [
    'I1',
    'one submit became two jobs',
    (h) =>
      spoiled(
        h,
        'jobs',
        change(
          h.jobs,
          () => true,
          (job) => [job, { ...job, id: 'another' }],
        ),
      ),
  ],
  [
    'I1',
    'one key was acknowledged as two jobs',
    (h) =>
      spoiled(
        h,
        'submits',
        change(
          h.submits,
          () => true,
          (s) => [
            { ...s, key: 'k' },
            { ...s, key: 'k', jobId: h.jobs[1]?.id ?? null },
          ],
        ),
      ),
  ],
  ['I1', 'a command ran that nobody had stored', (h) => ({ ...h, strangers: ['a-run'] })],
  [
    'I1',
    'what was refused is there',
    (h) =>
      spoiled(
        h,
        'submits',
        change(
          h.submits,
          () => true,
          (s) => [{ ...s, outcome: 'refused', jobId: null, status: 422 }],
        ),
      ),
  ],
  [
    'I1',
    'a submit was answered by 500',
    (h) =>
      spoiled(h, 'submits', [
        ...h.submits,
        { name: 'x', key: null, outcome: 'unanswered', status: 500, jobId: null, expects: [] },
      ]),
  ],
  [
    'I2',
    'a job still runs',
    (h) => {
      const jobs = change(
        h.jobs,
        (job) => job.state === 'completed',
        (job) => [{ ...job, state: 'running' }],
      )
      const id = h.jobs.find((job) => job.state === 'completed')?.id
      const events = h.events.map((e) =>
        e.jobId === id && e.jobState === 'completed' ? { ...e, jobState: 'running' } : e,
      )
      return jobs && { ...h, jobs, events }
    },
  ],
  [
    'I2',
    'a job failed that could not',
    (h) =>
      spoiled(
        h,
        'submits',
        change(
          h.submits,
          (s) => s.expects[0] === 'failed',
          (s) => [{ ...s, expects: ['completed'] }],
        ),
      ),
  ],
  [
    'I2',
    'a job completed of which no command ran',
    (h) => spoiled(h, 'truth', h.jobs.some((job) => job.state === 'completed') ? [] : undefined),
  ],
  [
    'I3',
    'two runs of a job overlap',
    (h) =>
      spoiled(
        h,
        'truth',
        change(
          h.truth,
          (line) => line.kind === 'beat',
          (line) => [line, { ...line, kind: 'start', runId: 'twin', gpus: [], at: line.at - 5 }],
        ),
      ),
  ],
  [
    'I3',
    'a run was started twice',
    (h) =>
      spoiled(
        h,
        'truth',
        change(
          h.truth,
          (line) => line.kind === 'beat',
          (line) => [line, { ...line, kind: 'start', gpus: [], at: line.at - 5 }],
        ),
      ),
  ],
  [
    'I3',
    'a job was given to a run while another held it',
    (h) =>
      spoiled(
        h,
        'events',
        change(
          h.events,
          (e) => e.type === 'job.running',
          (e) => [e, { ...e, run: { id: 'twin', state: 'claimed', epoch: e.run?.epoch ?? 0, gpus: [] } }],
        ),
      ),
  ],
  [
    'I4',
    'two runs overlap on a GPU',
    (h) =>
      spoiled(
        h,
        'truth',
        change(
          h.truth,
          (line) => line.kind === 'beat' && withGpu(line),
          (line) => [line, { ...line, kind: 'start', runId: 'other', jobId: 'other', at: line.at - 5 }],
        ),
      ),
  ],
  [
    'I4',
    'a GPU was given to a run while another held it',
    (h) =>
      spoiled(
        h,
        'events',
        change(
          h.events,
          (e) => e.type === 'job.claimed' && withGpu(e.run ?? { gpus: [] }),
          (e) => [
            e,
            { ...e, jobId: 'other', run: { id: 'other', state: 'claimed', epoch: 1, gpus: e.run?.gpus ?? [] } },
          ],
        ),
      ),
  ],
  [
    'I5',
    'an event of a job is missing',
    (h) =>
      spoiled(
        h,
        'events',
        change(
          h.events,
          (e) => e.type === 'job.running',
          () => [],
        ),
      ),
  ],
  [
    'I5',
    'an event was never published',
    (h) =>
      spoiled(
        h,
        'events',
        change(
          h.events,
          () => true,
          (e) => [{ ...e, published: false }],
        ),
      ),
  ],
  [
    'I5',
    'a subscriber missed one',
    (h) =>
      spoiled(
        h,
        'views',
        h.views.map((view) => ({ ...view, seen: view.seen.filter((s) => s.version !== 2) })).slice(0, 1),
      ),
  ],
  [
    'I5',
    'a subscriber saw them in another order',
    (h) =>
      spoiled(
        h,
        'views',
        h.views.map((view) => ({ ...view, seen: view.seen.toReversed() })),
      ),
  ],
  [
    'I5',
    'a subscriber that was cut off never heard of the end',
    (h) =>
      spoiled(
        h,
        'views',
        h.views.filter((view) => view.interrupted).map((view) => ({ ...view, seen: view.seen.slice(0, 1) })),
      ),
  ],
  [
    'I6',
    'a job that had ended runs again',
    (h) =>
      spoiled(h, 'events', [
        ...h.events,
        ...h.events.filter((e) => e.jobState === 'completed').map((e) => ({ ...e, jobState: 'running' })),
      ]),
  ],
  [
    'I6',
    'a run that was lost has ended well',
    (h) =>
      spoiled(
        h,
        'events',
        change(
          h.events,
          (e) => e.run?.state === 'lost',
          (e) => [e, { ...e, run: e.run && { ...e.run, state: 'completed' } }],
        ),
      ),
  ],
  [
    'I6',
    'an old epoch wrote after a new one',
    (h) =>
      spoiled(
        h,
        'events',
        change(
          h.events,
          (e) => e.run?.epoch === 2,
          (e) => [e, { ...e, run: e.run && { ...e.run, epoch: 1 } }],
        ),
      ),
  ],
  [
    'I6',
    'a row is not what its last event says',
    (h) =>
      spoiled(
        h,
        'runs',
        change(
          h.runs,
          (run) => run.state === 'failed',
          (run) => [{ ...run, state: 'cancelled' }],
        ),
      ),
  ],
  [
    'I7',
    'a log has lost its end without a word',
    (h) =>
      spoiled(
        h,
        'logs',
        h.logs.map((log) => ({ ...log, bytes: log.bytes - 1, sha256: 'other' })),
      ),
  ],
  [
    'I7',
    'a log of a lost run has what was never written',
    (h) =>
      spoiled(
        h,
        'logs',
        h.runs.some((run) => run.state === 'lost') ? h.logs.map((log) => ({ ...log, isBeginning: false })) : undefined,
      ),
  ],
  [
    'I7',
    'a log never ends',
    (h) =>
      spoiled(
        h,
        'logs',
        h.logs.map((log) => ({ ...log, ended: false })),
      ),
  ],
  ['I8', 'a run is not in the ledger', (h) => spoiled(h, 'ledger', h.ledger.slice(1))],
  [
    'I8',
    'a run was counted for longer than it ran',
    (h) =>
      spoiled(
        h,
        'ledger',
        change(
          h.ledger,
          () => true,
          (e) => [{ ...e, finishedAt: (e.finishedAt ?? 0) + 1 }],
        ),
      ),
  ],
  [
    'I8',
    'a run was announced with another usage',
    (h) =>
      spoiled(
        h,
        'ledger',
        change(
          h.ledger,
          () => true,
          (e) => [{ ...e, gpuMicroseconds: -1 }],
        ),
      ),
  ],
]

describe('a history is found bad where', () => {
  test.each(BAD)('%s: %s', (invariant, _, spoil) => {
    const histories = SEEDS.flatMap((seed) => spoil(goodHistory(seed)) ?? [])
    expect(histories.length).toBeGreaterThan(0)
    // Not every history has what makes this one bad, as a subscriber's second event.
    const named = histories.filter((history) => check(history).some((violation) => violation.invariant === invariant))
    expect(named.length).toBeGreaterThan(histories.length / 2)
  })
})

test('a log that says what is gone passes, and a subscriber that was cut off may skip what it can read', () => {
  const history = goodHistory('honest')
  const logs = history.logs.map((log) => ({
    ...log,
    bytes: 1,
    sha256: 'other',
    said: '10 bytes of output were dropped.',
  }))
  expect(check({ ...history, logs })).toEqual([])
})
