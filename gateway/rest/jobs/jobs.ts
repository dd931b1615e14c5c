// /jobs: to submit, list, read, change and cancel.
import { ConstellationError } from '@constellation/platform/errors.ts'
import type { FastifyReply } from 'fastify'
import type { Graph } from '../../operations/graph.ts'
import {
  type JobState,
  RestCancelJobDocument,
  RestGetJobDocument,
  type RestJobFragment,
  RestListJobsDocument,
  RestSubmitJobDocument,
  RestSubmitJobsDocument,
  RestUpdateJobDocument,
} from '../generated/documents.ts'
import { dataOf, present } from '../graph-data.ts'
import { tellNextPage } from '../next-page.ts'
import type { Handlers } from '../operations.ts'
import { HttpProblem } from '../problem.ts'
import { expectedVersion, hasAnswer, jobETag } from './job-etag.ts'
import { toAskedJobs } from './job-search.ts'
import { toJob } from './shape.ts'
import { toSubmitJobInput, toSubmitJobInputs } from './submission.ts'
import { toBatchProblems, toSubmissionProblems } from './submission-problems.ts'

export function jobHandlers(
  graph: Graph,
): Handlers<'submitJob' | 'submitJobs' | 'listJobs' | 'getJob' | 'updateJob' | 'patchJob' | 'cancelJob'> {
  const change: Handlers<'patchJob'>['patchJob'] = async ({ params: { id }, body, headers, principal }, reply) => {
    const input = { name: body.name ?? null, priority: body.priority ?? null }
    const variables = { id, input, expectedVersion: expectedVersion(headers['if-match']) }
    const answer = await graph.execute(RestUpdateJobDocument, variables, principal)
    const { job, problems } = dataOf(answer).updateJob
    const changed = changedJob(job, problems)
    const shown = toJob(changed)
    return reply.header('etag', jobETag(changed.version, shown)).send(shown)
  }
  return {
    async submitJob({ body, headers, principal }, reply) {
      const variables = { input: toSubmitJobInput(body), key: headers['idempotency-key'] ?? null }
      const answer = await graph.execute(RestSubmitJobDocument, variables, principal)
      const { job, replayed, problems } = dataOf(answer).submitJob
      const stored = changedJob(job, toSubmissionProblems(body, problems))
      return tellReplay(reply, replayed).header('location', `/jobs/${stored.id}`).send(toJob(stored))
    },

    async submitJobs({ body, headers, principal }, reply) {
      const variables = { inputs: toSubmitJobInputs(body), key: headers['idempotency-key'] ?? null }
      const answer = await graph.execute(RestSubmitJobsDocument, variables, principal)
      const { jobs, replayed, problems } = dataOf(answer).submitJobs
      if (problems.length > 0) throw nothingStored(toBatchProblems(body.jobs, problems))
      return tellReplay(reply, replayed).send({ jobs: jobs.map(toJob) })
    },

    async listJobs({ query, principal }, reply) {
      const page = { ...toAskedJobs(query), first: query.limit ?? null, after: query.cursor ?? null }
      const { nodes, pageInfo } = present(dataOf(await graph.execute(RestListJobsDocument, page, principal)).jobs)
      return { jobs: nodes.map(toJob), next_cursor: tellNextPage(reply, pageInfo) }
    },

    async getJob({ params: { id }, headers, principal }, reply) {
      const { job } = dataOf(await graph.execute(RestGetJobDocument, { id }, principal))
      if (!job) throw new ConstellationError('NOT_FOUND', `There is no job ${id}.`)
      const answer = toJob(job)
      const etag = jobETag(job.version, answer)
      reply.header('etag', etag)
      return hasAnswer(headers['if-none-match'], etag) ? reply.code(304).send() : answer
    },

    updateJob: change,
    patchJob: change,

    async cancelJob({ params: { id }, principal }, reply) {
      const { job, problems } = dataOf(await graph.execute(RestCancelJobDocument, { id }, principal)).cancelJob
      const cancelled = changedJob(job, problems)
      return reply.code(hasEnded(cancelled.state) ? 200 : 202).send(toJob(cancelled))
    },
  }
}

export function hasEnded(state: JobState): boolean {
  return state !== 'QUEUED' && state !== 'RUNNING'
}

/** The job of a payload. @throws HttpProblem 422 where there are problems instead */
function changedJob(job: RestJobFragment | null, problems: { path: string; message: string }[]): RestJobFragment {
  if (problems.length > 0) throw nothingStored(problems)
  if (!job) throw new Error('The graph answered with neither a job nor a problem.')
  return job
}

/** 422, with what is wrong. */
export function nothingStored(problems: { path: string; message: string }[]): HttpProblem {
  return new HttpProblem(422, 'Nothing was stored.', { problems })
}

/** 201 for what is new, and 200 for what an earlier request of the same key has made. */
export function tellReplay(reply: FastifyReply, replayed: boolean): FastifyReply {
  return replayed ? reply.code(200).header('idempotency-replayed', 'true') : reply.code(201)
}
