// Output that is kept no longer is refused before an answer begins, where it is all that was asked for.
import { ConstellationError } from '@constellation/platform/errors.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import type { Graph } from '../../operations/graph.ts'
import { RestLogsKeptDocument } from '../generated/documents.ts'
import { dataOf } from '../graph-data.ts'
import { hasEnded } from '../jobs/jobs.ts'
import type { LogRequest } from './log-request.ts'
import type { Progress } from './watch-job.ts'

/** @throws ConstellationError NOT_FOUND where an ended job never had the attempt, GONE where nothing of the output is kept */
export async function requireKeptLog(
  graph: Graph,
  id: string,
  { from, attempt }: Pick<LogRequest, 'from' | 'attempt'>,
  who: Principal,
  { state, runs }: Progress,
): Promise<void> {
  // Of a job that lives there is more to come.
  if (!hasEnded(state)) return
  if (attempt !== undefined && !runs.some((run) => run.attempt === attempt)) {
    throw new ConstellationError('NOT_FOUND', `The job had no attempt ${attempt}.`)
  }
  const { job } = dataOf(await graph.execute(RestLogsKeptDocument, { id }, who))
  const asked = job?.runs.filter((run) =>
    attempt === undefined ? run.attempt >= from.attempt : run.attempt === attempt,
  )
  if (asked && asked.length > 0 && asked.every(({ log }) => log.expired)) {
    throw new ConstellationError('GONE', 'The output is older than output is kept.')
  }
}
