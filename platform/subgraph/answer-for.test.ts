import { expect, test } from 'vitest'
import { questionSeconds } from '../metrics/service-metrics.ts'
import { workFields } from '../tracing/trace.ts'
import { answerFor } from './answer-for.ts'

const ASKED = { service: 'jobs', user: 'ada', operationName: 'Jobs', requestId: 'r-17', traceparent: undefined }

test('what is done for a question is logged with its request and its principal', async () => {
  const fields = await answerFor(
    ASKED,
    async () => workFields(),
    () => true,
  )
  expect(fields).toEqual({ requestId: 'r-17', user: 'ada' })
})

test('a question is measured by whether it was answered', async () => {
  questionSeconds.reset()
  await answerFor(
    ASKED,
    async () => 'no',
    (answer) => answer === 'yes',
  )
  const { values } = await questionSeconds.get()
  const counts = values.filter(({ metricName }) => metricName?.endsWith('_count'))
  expect(counts.map(({ labels, value }) => [labels.outcome, value])).toEqual([['refused', 1]])
})

test('a traceparent that is none begins nothing', async () => {
  const fields = await answerFor(
    { ...ASKED, traceparent: 'nonsense' },
    async () => workFields(),
    () => true,
  )
  expect(fields).not.toHaveProperty('traceId')
})
