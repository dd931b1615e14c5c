// When an answer as a whole is 503: nothing that was asked for could be had, for want of a service.
import type { FormattedExecutionResult } from 'graphql'

/** After this a client may try again, in seconds: services start again within it. */
export const RETRY_AFTER_SECONDS = 2

/** True where nothing came, and every error says that a service does not answer. */
export function isWhollyUnavailable({ data, errors = [] }: FormattedExecutionResult): boolean {
  if (errors.length === 0) return false
  if (errors.some(({ extensions }) => extensions?.code !== 'UNAVAILABLE')) return false
  return !data || Object.values(data).every((field) => field === null)
}
