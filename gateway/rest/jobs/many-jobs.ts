// /jobs/cancel and /jobs/rerun: what is done to many jobs at once.
import type { Graph } from '../../operations/graph.ts'
import { RestCancelJobsDocument, RestRerunJobsDocument } from '../generated/documents.ts'
import { dataOf } from '../graph-data.ts'
import type { Handlers } from '../operations.ts'
import { nothingStored, tellReplay } from './jobs.ts'
import { toJob } from './shape.ts'

export function manyJobsHandlers(graph: Graph): Handlers<'cancelJobs' | 'rerunJobs'> {
  return {
    async cancelJobs({ body: { ids }, principal }) {
      const { jobs, problems } = dataOf(await graph.execute(RestCancelJobsDocument, { ids }, principal)).cancelJobs
      return { jobs: jobs.map(toJob), errors: problems }
    },

    async rerunJobs({ body: { ids }, headers, principal }, reply) {
      const variables = { ids, key: headers['idempotency-key'] ?? null }
      const answer = await graph.execute(RestRerunJobsDocument, variables, principal)
      const { jobs, replayed, problems } = dataOf(answer).rerunJobs
      if (problems.length > 0) throw nothingStored(problems)
      return tellReplay(reply, replayed).send({ jobs: jobs.map(toJob) })
    },
  }
}
