// What subscriptions of the page are told.
import { type EventEmitter, on } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { type DocumentNode, type ExecutionResult, getOperationAST, Kind } from 'graphql'
import { type BenchJob, sampleOf } from './cluster.ts'
import type { StandIn } from './stand-in.ts'

export interface Streamed {
  jobs: readonly BenchJob[]
  gpus: readonly { id: string }[]
  /** Emits `job` with each job that has changed. */
  told: EventEmitter
}

const TELEMETRY_MS = 1_000

/** The results of a subscription, by the field that it asks for. What nothing happens to has none. */
export function streamOf(
  graph: StandIn,
  document: DocumentNode,
  variables: Record<string, unknown>,
  streamed: Streamed,
): AsyncIterable<ExecutionResult> {
  const selected = getOperationAST(document)?.selectionSet.selections[0]
  const field = selected?.kind === Kind.FIELD ? selected.name.value : undefined
  if (field === 'jobsChanged') return jobResults(graph, document, variables, streamed)
  if (field === 'gpuTelemetry') return samples(graph, document, variables, streamed)
  return nothing(streamed.told)
}

/** Each job's result is made once; then only what changes is put in, as the machine is to carry the page's work. */
async function* jobResults(
  graph: StandIn,
  document: DocumentNode,
  variables: Record<string, unknown>,
  { jobs, told }: Streamed,
): AsyncGenerator<ExecutionResult> {
  const results = new Map<string, ExecutionResult>()
  for (const job of jobs) results.set(job.id, await graph.answer(document, variables, { jobsChanged: job }))
  for await (const [job] of on(told, 'job')) {
    const result = results.get(job.id)
    if (!result?.data?.jobsChanged) throw new Error(`The page cannot be told of jobs: ${JSON.stringify(result)}`)
    Object.assign(result.data.jobsChanged, { name: job.name, version: job.version, usage: { ...job.usage } })
    yield result
  }
}

async function* samples(
  graph: StandIn,
  document: DocumentNode,
  variables: Record<string, unknown>,
  { gpus }: Streamed,
): AsyncGenerator<ExecutionResult> {
  for (;;) {
    yield graph.answer(document, variables, { gpuTelemetry: gpus.map(({ id }, index) => sampleOf(id, index)) })
    await sleep(TELEMETRY_MS)
  }
}

async function* nothing(told: EventEmitter): AsyncGenerator<ExecutionResult> {
  for await (const _ of on(told, 'never')) yield {}
}
