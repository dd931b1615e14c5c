// What came of a rolling restart, in words.
import type { Outcome } from './rolling-restart.ts'

const SHOWN = 5

/** True where nobody noticed more than a request that was to be sent again. */
export function isFine({ tallies, lost, watchers }: Outcome): boolean {
  const failed = Object.values(tallies).flatMap((tally) => tally.failed)
  return [failed, lost, ...watchers.flatMap(({ missed, faults }) => [missed, faults])].every((all) => all.length === 0)
}

export function sayOutcome({ tallies, jobs, lost, watchers }: Outcome): string {
  const lines = Object.entries(tallies).map(
    ([kind, { sent, again, failed }]) =>
      `${kind}: ${sent} sent, ${again} tried again, ${failed.length} failed${some(failed)}`,
  )
  const events = watchers.map(
    (watcher, i) =>
      `watcher ${i + 1}: ${watcher.events} events, came back ${watcher.returns} times, missed ${watcher.missed.length}${some(watcher.missed)}` +
      (watcher.faults.length > 0 ? `, was told of ${watcher.faults.length} faults${some(watcher.faults)}` : ''),
  )
  return ['', ...lines, `jobs: ${jobs} acknowledged, ${lost.length} lost or run twice${some(lost)}`, ...events].join(
    '\n',
  )
}

function some(all: readonly string[]): string {
  return all.length === 0 ? '' : `: ${all.slice(0, SHOWN).join('; ')}`
}
