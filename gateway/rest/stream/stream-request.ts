// What a handshake for /stream asks for in its query.
import { invalidInput, type Problem } from '@constellation/platform/errors.ts'
import { personName } from '@constellation/platform/identity.ts'
import * as v from 'valibot'
import type { JobFilter, JobState } from '../generated/documents.ts'
import { GRAPH_JOB_STATES } from '../jobs/shape.ts'
import { isUuid } from '../validation.ts'

const MAX_TOKEN_CHARACTERS = 8_192
const MAX_NAME_CHARACTERS = 200

interface StreamRequest {
  /** One job, in place of all. */
  jobId?: string
  token?: string
  /** Of all jobs, these. */
  filter: JobFilter
  /** The id of the last message that the client has had. */
  after: string | null
}

const uuid = v.pipe(v.string(), v.check(isUuid, 'must be a UUID'))
const name = v.pipe(v.string(), v.minLength(1, 'must not be empty'), v.maxLength(MAX_NAME_CHARACTERS), v.excludes('\0'))
const token = v.pipe(
  v.string(),
  v.check(
    (text) => text !== '' && text.length <= MAX_TOKEN_CHARACTERS,
    `must have 1 to ${MAX_TOKEN_CHARACTERS} characters`,
  ),
)
const graphStates = new Map<string, JobState>(Object.entries(GRAPH_JOB_STATES))
const states = v.pipe(
  v.string(),
  v.transform((text) => text.split(',')),
  v.check((words) => words.every((word) => graphStates.has(word)), `must be of ${[...graphStates.keys()].join(', ')}`),
  v.transform((words) => words.flatMap((word) => graphStates.get(word) ?? [])),
)

const parameters = v.strictObject({
  job_id: v.optional(uuid),
  token: v.optional(token),
  state: v.optional(states),
  account: v.optional(personName),
  submitted_by: v.optional(personName),
  name: v.optional(name),
  array: v.optional(uuid),
  after: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(64), v.excludes('\0'))),
})

/** @throws ConstellationError BAD_USER_INPUT naming each parameter that is wrong or not known */
export function readStreamRequest(url = ''): StreamRequest {
  const start = url.indexOf('?')
  const query = new URLSearchParams(start === -1 ? '' : url.slice(start + 1))
  const twice = [...new Set(query.keys())].filter((key) => query.getAll(key).length > 1)
  const read = v.safeParse(parameters, Object.fromEntries(query))
  const problems = [
    ...twice.map((path) => ({ path: path.slice(0, 100), message: 'is given more than once' })),
    ...(read.issues ?? []).map(toProblem),
  ]
  if (problems.length > 0 || !read.success) throw invalidInput(problems.slice(0, 20))
  const {
    job_id: jobId,
    token,
    state = null,
    account = null,
    submitted_by = null,
    name = null,
    array = null,
  } = read.output
  const filter = { states: state, account, submittedBy: submitted_by, name, array }
  if (jobId !== undefined && Object.values(filter).some((value) => value !== null)) {
    throw invalidInput([{ path: 'job_id', message: 'goes with no filter' }])
  }
  return {
    ...(jobId !== undefined && { jobId }),
    ...(token !== undefined && { token }),
    filter,
    after: read.output.after ?? null,
  }
}

function toProblem(issue: v.BaseIssue<unknown>): Problem {
  const path = (v.getDotPath(issue) ?? '').slice(0, 100)
  return { path, message: issue.expected === 'never' ? 'is not known here' : issue.message }
}
