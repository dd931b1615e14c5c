// A service answers a question for whoever the gateway asks it: measured, told of in each line of the log, and a span of the
// request's trace.
import { questionSeconds } from '../metrics/service-metrics.ts'
import { doFor, inSpan, isTraceparent, isTracing } from '../tracing/trace.ts'

interface Asked {
  service: string
  user: string
  operationName: string | undefined
  /** As the gateway says, which has vouched for it. */
  requestId: string | undefined
  traceparent: string | undefined
}

/** `isAnswer` is false of what was refused as a whole. */
export async function answerFor<T>(
  { service, user, operationName, requestId, traceparent }: Asked,
  answer: () => Promise<T>,
  isAnswer: (answered: T) => boolean,
): Promise<T> {
  const took = questionSeconds.startTimer()
  const answered = await doFor({ requestId, user }, () => {
    if (!isTracing() || !isTraceparent(traceparent)) return answer()
    const attributes = { 'graphql.operation.name': operationName ?? '', 'constellation.user': user }
    return inSpan(
      `${service} ${operationName ?? 'question'}`,
      { kind: 'server', parent: traceparent, attributes },
      answer,
    )
  })
  took({ outcome: isAnswer(answered) ? 'answered' : 'refused' })
  return answered
}

/** The only value of a header. */
export function headerOf(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}
