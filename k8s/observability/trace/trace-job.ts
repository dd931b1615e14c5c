// Submits a job as the page does, on a stack of its own whose spans are heard here, and gathers its trace.
import { randomBytes } from 'node:crypto'
import { openWorld, type World, watchJob } from '@constellation/e2e/testing.ts'
import { openReceiver, type Receiver, type Span } from './receiver.ts'
import { isWhole } from './whole.ts'

/** How long spans are waited for once the job has ended, in milliseconds. */
const PATIENCE_MS = 15_000
const LOOK_MS = 200

const SUBMIT = `mutation SubmitJob($input: SubmitJobInput!) {
  submitJob(input: $input) { job { id } problems { path message } }
}`

/** What a job does that tells of itself in the trace that it was started in: any OpenTelemetry library does the same. */
const JOB = `
const [, traceId, parentSpanId] = process.env.TRACEPARENT.split('-')
const from = Date.now()
setTimeout(async () => {
  const spanId = require('node:crypto').randomBytes(8).toString('hex')
  const times = { startTimeUnixNano: from + '000000', endTimeUnixNano: Date.now() + '000000' }
  const span = { traceId, spanId, parentSpanId, name: 'train', kind: 1, ...times }
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'the job' } }] }
  const body = JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] })
  await fetch(process.env.OTLP + '/v1/traces', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
}, 200)`

export interface TracedJob {
  jobId: string
  /** The trace that the page has begun. */
  traceId: string
  spans: Span[]
}

/** The trace of one job, from the click to the process and to the ledger. */
export async function traceJob(): Promise<TracedJob> {
  const receiver = await openReceiver()
  try {
    const world = await openWorld({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url })
    try {
      return await submitAndGather(world, receiver)
    } finally {
      await world.close()
    }
  } finally {
    receiver.close()
  }
}

async function submitAndGather(world: World, receiver: Receiver): Promise<TracedJob> {
  const traceId = randomBytes(16).toString('hex')
  const input = {
    name: 'traced',
    command: [process.execPath, '-e', JOB],
    env: { OTLP: receiver.url },
    gpus: { count: 1 },
  }
  const answer = await world.rest('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      // As a browser sends it for the page.
      'sec-fetch-site': 'same-origin',
      traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01`,
    },
    body: JSON.stringify({ query: SUBMIT, variables: { input }, operationName: 'SubmitJob' }),
  })
  const { data, errors } = await answer.json()
  const jobId: unknown = data?.submitJob?.job?.id
  if (typeof jobId !== 'string') throw new Error(`The job was not accepted: ${JSON.stringify(errors ?? data)}`)
  await watchJob(world, jobId, ({ state }) => ['COMPLETED', 'FAILED', 'CANCELLED'].includes(state))
  return { jobId, traceId, spans: await gather(receiver, traceId) }
}

/** Spans come a second after their end or so. */
async function gather(receiver: Receiver, traceId: string): Promise<Span[]> {
  const until = performance.now() + PATIENCE_MS
  for (;;) {
    const spans = receiver.spans().filter((span) => span.traceId === traceId)
    if (isWhole(spans) || performance.now() > until) return spans
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}
