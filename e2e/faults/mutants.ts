// Builds with one safeguard switched off. Each must be caught, by the invariant that the safeguard is there for: a
// harness that finds nothing wrong with them would find nothing wrong with anything.
import type { Program } from '@constellation/local/stack/stack-parts.ts'
import type { Edit } from './config.ts'
import type { Invariant } from './history.ts'

export interface Mutant {
  name: string
  /** What is switched off, in a few words. */
  about: string
  /** What of the sources is changed, by the program that loads them. */
  edits: Partial<Record<Program, readonly Edit[]>>
  /** Statements on the database of the jobs service, once it is there. */
  statements: readonly string[]
  /** The fault under which it must show. */
  fault: string
  /** Which of the invariants it must be seen to break: one of these is enough. */
  breaks: readonly Invariant[]
}

const fencingOff: Mutant = {
  name: 'fencing-off',
  about: 'what a worker says of a run is believed whoever holds it now, and whether or not it has ended',
  edits: {
    jobs: [
      {
        file: 'services/jobs/finish.ts',
        find: 'return told && run.workerId === who.id && run.epoch === told.epoch ?',
        replace: 'return told ?',
      },
      {
        file: 'services/jobs/sql/live.ts',
        find: 'WHERE job_id = r.job_id AND run_id = r.id OFFSET 0',
        replace: 'WHERE job_id = r.job_id OFFSET 0',
      },
      {
        file: 'services/jobs/sql/live.ts',
        find: 'WHERE l.job_id = e."jobId" AND l.run_id = e."runId"',
        replace: 'WHERE l.job_id = e."jobId"',
      },
      {
        file: 'services/jobs/state.ts',
        // A fault of ours would stop it a second time.
        find: 'if (!RUN_MOVES[from].includes(to)) throw',
        replace: 'if (RUN_MOVES[from] === undefined) throw',
      },
      {
        file: 'services/jobs/state.ts',
        find: 'if (!JOB_MOVES[from].includes(to)) throw',
        replace: 'if (JOB_MOVES[from] === undefined) throw',
      },
    ],
  },
  statements: [],
  fault: 'zombie',
  breaks: ['I3', 'I4', 'I6'],
}

const leaseCheckOff: Mutant = {
  name: 'lease-check-off',
  about: 'a worker that cannot renew its leases lets its copies run on',
  edits: {
    worker: [
      {
        file: 'worker/lease.ts',
        find: 'const end = sentAt + leaseMs',
        replace: 'const end = sentAt + leaseMs + 3_600_000',
      },
    ],
  },
  statements: [],
  fault: 'worker-partition',
  breaks: ['I3', 'I4'],
}

const outboxOff: Mutant = {
  name: 'outbox-off',
  about: 'an event is written after the change that it tells of has been committed, and not with it',
  edits: {
    jobs: [
      {
        file: 'services/jobs/sql/record-events.ts',
        find: '  if (happenings.length === 0) return\n',
        replace: `  await client.query('COMMIT')\n  await client.query('BEGIN')\n`,
      },
    ],
  },
  statements: [],
  fault: 'subgraph-kill',
  breaks: ['I5', 'I6'],
}

const relayForgets: Mutant = {
  name: 'relay-forgets',
  about: 'events count as published before JetStream has them',
  edits: {
    jobs: [
      {
        file: 'platform/nats/outbox.ts',
        find: '  if (rows.length === 0) return\n',
        replace: `  if (rows.length === 0) return
  await client.query('UPDATE events SET published_at = now() WHERE id = ANY($1)', [rows.map((row) => row.id)])\n`,
      },
    ],
  },
  statements: [],
  fault: 'nats-kill',
  breaks: ['I5'],
}

const gpuIndexOff: Mutant = {
  name: 'gpu-index-off',
  about: 'the database lets a GPU be bound to two live runs',
  edits: {
    jobs: [
      {
        // Longer is made the moment between looking at the GPUs and at the queue: it is what the index is there for.
        file: 'services/jobs/claim.ts',
        find: '  const free = gpus.filter(',
        replace: '  await new Promise((resolve) => setTimeout(resolve, 40))\n  const free = gpus.filter(',
      },
      {
        // Two claims of one process meet as those of two do.
        file: 'services/jobs/claim.ts',
        find: '    if (before) await',
        replace: '    if (!before) await',
      },
    ],
  },
  statements: ['DROP INDEX run_gpus_held'],
  fault: 'twin-worker',
  breaks: ['I4'],
}

const idempotencyOff: Mutant = {
  name: 'idempotency-off',
  about: 'a submission under a key that is known is stored like any other',
  edits: {
    jobs: [
      {
        file: 'services/jobs/submission/idempotency.ts',
        find: 'if (key == null) return null',
        replace: 'if (key !== submittedBy) return null',
      },
    ],
  },
  statements: [],
  fault: 'idempotency',
  breaks: ['I1'],
}

export const MUTANTS: readonly Mutant[] = [
  fencingOff,
  leaseCheckOff,
  outboxOff,
  relayForgets,
  gpuIndexOff,
  idempotencyOff,
]
