// What the address of the jobs page says about which jobs it shows.
import type { JobFilter, JobRowFragment, JobState } from '../generated/documents.ts'

export const JOB_STATES = ['QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED'] as const satisfies JobState[]

/** The filter in `?state=running,queued&name=train&array=…`; what is no state is left out. */
export function filterFromAddress(
  state: string | undefined,
  name: string | undefined,
  array?: string | undefined,
): JobFilter {
  const asked = (state ?? '').toUpperCase().split(',')
  const states = JOB_STATES.filter((each) => asked.includes(each))
  return { ...(states.length > 0 && { states }), ...(name && { name }), ...(array && { array }) }
}

/** The address's words for these states, in a fixed order; undefined for any state. */
export function statesToAddress(states: readonly JobState[]): string | undefined {
  const kept = JOB_STATES.filter((each) => states.includes(each))
  return kept.length > 0 ? kept.join(',').toLowerCase() : undefined
}

/** Whether the server would list the job under the filter. */
export function matches(job: Pick<JobRowFragment, 'state' | 'name' | 'array'>, filter: JobFilter): boolean {
  if (filter.array && job.array?.id !== filter.array) return false
  if (filter.states && !filter.states.includes(job.state)) return false
  return !filter.name || job.name.toLowerCase().includes(filter.name.toLowerCase())
}
