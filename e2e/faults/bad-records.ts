// For tests: ways for events, logs and the ledger to say what was not so: I5 to I8.
import type { Invariant } from './history.ts'
import { change, type Spoil, spoiled } from './spoil.ts'

export const BAD_RECORDS: [Invariant, string, Spoil][] = [
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
