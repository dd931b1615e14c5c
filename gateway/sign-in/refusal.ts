// Why a token is not taken.
import { ConstellationError } from '@constellation/platform/errors.ts'

export function refusal(message: string, cause?: unknown): ConstellationError {
  return new ConstellationError('UNAUTHENTICATED', message, { cause })
}

/** A token cannot be told to hold, nor not to. */
export function issuerAway(cause?: unknown): ConstellationError {
  return new ConstellationError('UNAVAILABLE', 'The sign-in service does not answer. Try again later.', { cause })
}

export function notEnrolled(): ConstellationError {
  return new ConstellationError('FORBIDDEN', 'This is for the tokens by which workers are enrolled.')
}
