// Spares a server that is not there, and those who ask for it: after a few refusals in a row nothing is tried for a while.

interface CircuitOptions {
  /** Refusals in a row after which it opens. */
  refusals: number
  /** How long nothing is tried, in milliseconds. */
  restMs: number
}

export interface Circuit {
  /** True where nothing should be tried now. */
  isOpen(): boolean
  /** The server could not be reached. */
  refused(): void
  /** The server was reached, whatever it answered. */
  reached(): void
}

/** Closed at first. After its rest one refusal is enough to open it again. */
export function createCircuit(
  { refusals, restMs }: CircuitOptions,
  now: () => number = () => performance.now(),
): Circuit {
  let inRow = 0
  let openUntil = Number.NEGATIVE_INFINITY
  return {
    isOpen: () => now() < openUntil,
    refused() {
      inRow += 1
      if (inRow >= refusals) openUntil = now() + restMs
    },
    reached() {
      inRow = 0
      openUntil = Number.NEGATIVE_INFINITY
    },
  }
}
