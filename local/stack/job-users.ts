// Whom the jobs of a stack of root run as: not as root, where the machine allows others.
import { readFileSync } from 'node:fs'

/**
 * Numbers that no system gives to anybody, of which each job gets one of its own. The second are for containers,
 * which have few numbers, and nobody who has those.
 */
const RANGES = [
  { first: 2_000_000_000, last: 2_000_999_999 },
  { first: 50_000, last: 59_999 },
]

/**
 * What it takes to give away a directory, to pass where root may not, to end what another user runs, and to act as one:
 * the bits of CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_KILL, CAP_SETGID and CAP_SETUID.
 */
const CAPABILITIES = [0n, 1n, 5n, 6n, 7n].reduce((all, bit) => all | (1n << bit), 0n)

/** The worker's RUN_AS; undefined where jobs run as the user of the stack, who then is not root or is all there is. */
export function jobUsers(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined
  const read = (name: string) => readFileSync(`/proc/self/${name}`, 'utf8')
  return rangeFor(read('status'), [read('uid_map'), read('gid_map')])
}

/** By what the kernel says of this process's rights, and of the users and groups that it knows. */
export function rangeFor(status: string, maps: readonly string[]): string | undefined {
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`)
  if ((effective & CAPABILITIES) !== CAPABILITIES) return undefined
  const range = RANGES.find((wanted) => maps.every((map) => isKnown(map, wanted)))
  return range && `${range.first}-${range.last}`
}

/** A line of a map, after user_namespaces(7): the first number inside, the first outside, and how many. */
function isKnown(map: string, { first, last }: (typeof RANGES)[number]): boolean {
  return map.split('\n').some((line) => {
    const [inside = 0, , count = 0] = line.trim().split(/\s+/).map(Number)
    return inside <= first && last < inside + count
  })
}
