// What the trace of a job that has come to its end consists of.
import type { Span } from './receiver.ts'

/** By program and name, in the order in which a job comes by. */
const STATIONS: readonly (readonly [service: string, name: RegExp])[] = [
  ['gateway', /^POST \/graphql$/],
  ['gateway', /^fetch jobs$/],
  ['jobs', /^jobs SubmitJob/],
  ['jobs', /^sql insert-jobs$/],
  ['jobs', /^publish job\.queued$/],
  ['jobs', /^wait in the queue$/],
  ['worker', /^report the start$/],
  ['jobs', /^jobs StartRun/],
  ['the job', /^train$/],
  ['worker', /^run$/],
  ['worker', /^report the end$/],
  ['jobs', /^publish job\.completed$/],
  ['usage', /^handle usage-ledger$/],
]

/** True where nothing is missing: every station is there, and every span but the first follows from another one. */
export function isWhole(spans: readonly Span[]): boolean {
  const known = new Set(spans.map(({ id }) => id))
  const first = spans.filter(({ parent }) => parent === undefined || !known.has(parent))
  return missingStations(spans).length === 0 && first.length === 1
}

/** The stations that are not among these spans. */
export function missingStations(spans: readonly Span[]): string[] {
  return STATIONS.filter(
    ([service, name]) =>
      !spans.some((span) => span.service.replace('constellation-', '') === service && name.test(span.name)),
  ).map(([service, name]) => `${service} ${name.source}`)
}
