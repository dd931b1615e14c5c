// For tests: ways for jobs to be lost or doubled, and for runs to overlap: I1 to I4.
import type { Invariant } from './history.ts'
import { change, type Spoil, spoiled, withGpu } from './spoil.ts'

export const BAD_RUNS: [Invariant, string, Spoil][] = [
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
]
