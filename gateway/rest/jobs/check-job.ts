// /jobs/check: whether a job could run, before it is submitted.
import type { Graph } from '../../operations/graph.ts'
import { RestCheckJobDocument } from '../generated/documents.ts'
import { dataOf } from '../graph-data.ts'
import type { Handlers } from '../operations.ts'
import { HttpProblem } from '../problem.ts'
import { toJobCheck } from './queue.ts'
import { toSubmitJobInput } from './submission.ts'
import { toSubmissionProblems } from './submission-problems.ts'

export function checkHandlers(graph: Graph): Handlers<'checkJob'> {
  return {
    async checkJob({ body, principal }) {
      const answer = await graph.execute(RestCheckJobDocument, { input: toSubmitJobInput(body) }, principal)
      const check = dataOf(answer).checkJob
      if (check.problems.length > 0) {
        const problems = toSubmissionProblems(body, check.problems)
        throw new HttpProblem(422, 'The job would not be accepted.', { problems })
      }
      return toJobCheck(check)
    },
  }
}
