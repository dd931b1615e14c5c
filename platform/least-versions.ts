// What we stand on, and the least version of each that has what we use: one table for every program that speaks to it.

export const LEAST_VERSIONS = {
  /** Runs TypeScript as it is, and has zstd. */
  Node: '24.0.0',
  /** Has uuidv7(). */
  PostgreSQL: '18.0',
  /** Has all that streams and consumers are asked for; what came later is not used, as earlier ones leave it out silently. */
  NATS: '2.9.10',
  /** Has the settings by which a question is kept within the lake. */
  DuckDB: '1.5.0',
  /** The first with MIG; older ones lack calls, and what those would tell is missing. */
  'NVIDIA driver': '450.36.06',
} as const

export type Dependency = keyof typeof LEAST_VERSIONS

/** What is wrong with the version that was found, such as `18.4 (Debian 18.4-1)` or `v1.5.6`; undefined where nothing is. */
export function versionFault(what: Dependency, found: string): string | undefined {
  const least = LEAST_VERSIONS[what]
  if (isAtLeast(found, least)) return undefined
  return `${what} ${found} was found, and ${least} or later is needed.`
}

/** @throws Error naming both versions where the one that was found is too old */
export function requireVersion(what: Dependency, found: string): void {
  const fault = versionFault(what, found)
  if (fault !== undefined) throw new Error(fault)
}

/** By numbers from the left; what has none is older than anything. */
function isAtLeast(found: string, least: string): boolean {
  const [numbers, wanted] = [numbersOf(found), numbersOf(least)]
  for (const [index, want] of wanted.entries()) {
    const have = numbers[index] ?? (numbers.length === 0 ? -1 : 0)
    if (have !== want) return have > want
  }
  return true
}

function numbersOf(version: string): number[] {
  const [, text = ''] = /^v?(\d+(?:\.\d+)*)/.exec(version.trim()) ?? []
  return text === '' ? [] : text.split('.').map(Number)
}
