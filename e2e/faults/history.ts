// What one run of the harness has written down, in four journals that know nothing of each other: what the database
// keeps, what the harness asked for, what the commands themselves wrote, and what subscribers were told.

export type JobEnd = 'completed' | 'failed' | 'cancelled'

/** One submission, as the harness saw it. */
export interface Submit {
  /** Unique to one job that was wanted; repeated where a submission was sent again under one key. */
  name: string
  key: string | null
  /** `unanswered` where nobody knows whether it was stored: no answer, or one of 500 and more. */
  outcome: 'acknowledged' | 'refused' | 'unanswered'
  status: number | null
  jobId: string | null
  /** How the job may end. */
  expects: readonly JobEnd[]
}

export interface JobRow {
  id: string
  name: string
  state: string
  version: number
  reason: string | null
}

export interface RunRow {
  id: string
  jobId: string
  attempt: number
  epoch: number
  state: string
  /** Milliseconds of the database's calendar. */
  startedAt: number | null
  finishedAt: number | null
  gpus: readonly string[]
}

/** One row of the jobs service's `events`. */
export interface EventRow {
  /** As subscribers of the stream see it. */
  id: string
  type: string
  jobId: string
  jobState: string
  version: number
  run: { id: string; state: string; epoch: number; gpus: readonly string[] } | null
  published: boolean
}

/** One line that a command has written and synced. */
export interface TruthLine {
  kind: 'start' | 'beat' | 'stop'
  jobId: string
  runId: string
  attempt: number
  /** Milliseconds of the machine's uptime. */
  at: number
  gpus: readonly string[]
  /** The exit code that follows a `stop`. */
  exitCode: number | null
}

/** What one subscriber was told, in the order of its telling. */
export interface View {
  subscriber: string
  /** `stream` sees each event; `feed` each change of every job; `job` the present state and then each change. */
  kind: 'stream' | 'feed' | 'job'
  /** The jobs that it was subscribed to from before their submission, or in the case of `job` until their end. */
  jobIds: readonly string[]
  seen: readonly { jobId: string; version: number; eventId: string | null }[]
  /** True where it was told that it may have missed something, or where the way to it was cut: then it may skip. */
  interrupted: boolean
}

/** A run's stored output against what its command is known to write. */
export interface LogCheck {
  runId: string
  jobId: string
  bytes: number
  sha256: string
  /** Of the command's whole output. */
  wantedBytes: number
  wantedSha256: string
  /** True where what is stored is the beginning of what is wanted. */
  isBeginning: boolean
  ended: boolean
  /** The system's own lines of the log. */
  said: string
}

/** A run in the ledger. */
export interface LedgerRow {
  runId: string
  startedAt: number
  finishedAt: number | null
  gpus: number
  /** What the event `usage.recorded` says; null where there is none. */
  gpuMicroseconds: number | null
}

export interface History {
  submits: readonly Submit[]
  jobs: readonly JobRow[]
  runs: readonly RunRow[]
  /** In the order of their numbers. */
  events: readonly EventRow[]
  /** In the order in which each run wrote them. */
  truth: readonly TruthLine[]
  /** Runs whose command has written, and that the database does not know. */
  strangers: readonly string[]
  views: readonly View[]
  logs: readonly LogCheck[]
  ledger: readonly LedgerRow[]
  /** How long the jobs had to end after the last fault was healed, in milliseconds. */
  limitMs: number
}

export type Invariant = 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'I8'

export interface Violation {
  invariant: Invariant
  /** In a sentence, with ids and times. */
  what: string
}

/** The items by what they share, in the order of their first. */
export function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}
