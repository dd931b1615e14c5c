// Entity tags of jobs: `"<version>-<digest of the answer>"`. The version is what a change is made on condition of; the
// digest tells answers of one version apart, as a job's place in the queue moves on without a change of the job.
import { createHash } from 'node:crypto'
import { ConstellationError, invalidInput } from '@constellation/platform/errors.ts'
import type { Shape } from '../operations.ts'

/** The tag of this answer. */
export function jobETag(version: number, job: Shape['Job']): string {
  const digest = createHash('sha256').update(JSON.stringify(job)).digest('hex').slice(0, 16)
  return `"${version}-${digest}"`
}

/** True where `If-None-Match` names this tag: the client has the answer already. */
export function hasAnswer(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false
  // Tags of ours hold no comma, and reading compares them weakly.
  const tags = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return tags.includes(etag) || tags.includes('*')
}

/**
 * The version that `If-Match` asks for, or null where any will do.
 * @throws ConstellationError BAD_USER_INPUT for several tags, PRECONDITION_FAILED for one that is none of a job
 */
export function expectedVersion(ifMatch: string | undefined): number | null {
  if (ifMatch === undefined || ifMatch.trim() === '*') return null
  if (ifMatch.includes(',')) throw invalidInput([{ path: 'If-Match', message: 'must be one tag' }])
  const version = /^"(\d{1,9})(?:-[0-9a-f]{16})?"$/.exec(ifMatch.trim())?.[1]
  // A weak tag too: a change wants the very same job.
  if (version === undefined) throw new ConstellationError('PRECONDITION_FAILED', 'No version of the job has this tag.')
  return Number(version)
}
