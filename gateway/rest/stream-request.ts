// What a handshake for /stream asks for in its query.
import { invalidInput, type Problem } from '@constellation/platform/errors.ts'
import { isUuid } from './validation.ts'

const MAX_TOKEN_CHARACTERS = 8_192

interface StreamRequest {
  /** One job, in place of all. */
  jobId?: string
  token?: string
}

/** @throws ConstellationError BAD_USER_INPUT naming each parameter that is wrong or not known */
export function readStreamRequest(url = ''): StreamRequest {
  const query = url.indexOf('?')
  const parameters = new URLSearchParams(query === -1 ? '' : url.slice(query + 1))
  const problems: Problem[] = []
  for (const name of new Set(parameters.keys())) {
    if (name !== 'job_id' && name !== 'token') problems.push({ path: name.slice(0, 100), message: 'is not known here' })
    else if (parameters.getAll(name).length > 1) problems.push({ path: name, message: 'is given more than once' })
  }
  const jobId = parameters.get('job_id')
  const token = parameters.get('token')
  if (jobId !== null && !isUuid(jobId)) problems.push({ path: 'job_id', message: 'must be a UUID' })
  if (token !== null && (token === '' || token.length > MAX_TOKEN_CHARACTERS)) {
    problems.push({ path: 'token', message: `must have 1 to ${MAX_TOKEN_CHARACTERS} characters` })
  }
  if (problems.length > 0) throw invalidInput(problems.slice(0, 20))
  return { ...(jobId !== null && { jobId }), ...(token !== null && { token }) }
}
