// I7 and I8: what a run leaves behind, its log and its entry in the ledger.
import type { History, LedgerRow, LogCheck, RunRow, Violation } from './history.ts'

/** What a log says of itself where not all of the output is in it. */
const MARKER = /dropped|is full|were lost|not kept|not stored|truncated|incomplete|came to an end|lease ended/i

/** I7: the log of a run is its command's output, or says what is gone; of a run that was ended early, its beginning. */
export function checkLogs({ runs, logs }: History): Violation[] {
  const runOf = new Map(runs.map((run) => [run.id, run]))
  return logs
    .flatMap((log) => {
      const run = runOf.get(log.runId)
      return run ? faultsOfLog(run, log) : []
    })
    .map((what) => ({ invariant: 'I7', what }))
}

function faultsOfLog(run: RunRow, log: LogCheck): string[] {
  if (run.finishedAt === null) return []
  if (!log.ended) return [`the log of run ${run.id} has no end`]
  if (MARKER.test(log.said)) return []
  const whole = log.bytes === log.wantedBytes && log.sha256 === log.wantedSha256
  if (whole || (run.state !== 'completed' && log.isBeginning)) return []
  return [
    `the log of run ${run.id} (${run.state}) has ${log.bytes} bytes, ${log.sha256.slice(0, 12)}, of ` +
      `${log.wantedBytes}, ${log.wantedSha256.slice(0, 12)}, and does not say what is gone`,
  ]
}

/** I8: each run that started is in the ledger with its interval, and its usage is that interval on all of its GPUs. */
export function checkLedger({ runs, ledger }: History): Violation[] {
  const entries = new Map(ledger.map((entry) => [entry.runId, entry]))
  return runs
    .filter((run) => run.startedAt !== null && run.finishedAt !== null)
    .flatMap((run) => faultsOfEntry(run, entries.get(run.id)))
    .map((what) => ({ invariant: 'I8', what }))
}

function faultsOfEntry(run: RunRow, entry: LedgerRow | undefined): string[] {
  if (!entry) return [`run ${run.id} is not in the ledger`]
  if (entry.startedAt !== run.startedAt || entry.finishedAt !== run.finishedAt || entry.gpus !== run.gpus.length) {
    return [
      `run ${run.id} held ${run.gpus.length} GPUs from ${run.startedAt} to ${run.finishedAt}, and the ledger has ` +
        `${entry.gpus} from ${entry.startedAt} to ${entry.finishedAt}`,
    ]
  }
  const usage = run.gpus.length * ((run.finishedAt ?? 0) - (run.startedAt ?? 0)) * 1_000
  return entry.gpuMicroseconds === usage
    ? []
    : [`run ${run.id} used ${usage} GPU microseconds, and the ledger has announced ${entry.gpuMicroseconds}`]
}
