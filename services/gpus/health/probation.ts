// How long a GPU has to do well before its XIDs are forgotten: pure.

const DAY_SECONDS = 86_400

/**
 * In seconds: `base` after its first fatal fault of a day, and twice as long after each further one, up to a day. A GPU
 * that keeps failing so ends at one chance a day.
 */
export function probationSeconds(base: number, fatalFaultsOfDay: number): number {
  return Math.min(DAY_SECONDS, base * 2 ** Math.max(0, fatalFaultsOfDay - 1))
}
