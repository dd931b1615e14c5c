// A network of its own for one worker, which truly loses packets: a namespace with a cable to this machine, and nft in
// it. Linux only, and as root.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import type { Cut } from './proxy.ts'

const PREFIX = 'constellation-faults-'
const FOLDER = '/run/netns'

export interface Namespace {
  readonly name: string
  /** This machine's address as the namespace sees it. */
  readonly address: string
  /** Which of the worker's packets are lost: those that it sends, those that it is to get, or both. */
  lose(what: Cut): void
  remove(): void
}

/** Why there can be none here; undefined where there can. */
export function namespaceMissing(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root on Linux can make a network namespace'
  try {
    run('ip', ['netns', 'list'])
    run('nft', ['--version'])
    run('nsenter', ['--version'])
    return undefined
  } catch {
    return 'ip, nft and nsenter are not all here'
  }
}

/** The namespace of this process; one of its name is removed before. */
export function makeNamespace(): Namespace {
  const name = `${PREFIX}${process.pid}`
  if (existsSync(`${FOLDER}/${name}`)) run('ip', ['netns', 'delete', name])
  const [here, there] = [`cf${process.pid}a`, `cf${process.pid}b`]
  const [address, other] = addressesOf(process.pid)
  const inside = (command: string, args: readonly string[], input?: string) =>
    run('ip', ['netns', 'exec', name, command, ...args], input)
  run('ip', ['netns', 'add', name])
  run('ip', ['link', 'add', here, 'type', 'veth', 'peer', 'name', there, 'netns', name])
  run('ip', ['address', 'add', `${address}/30`, 'dev', here])
  run('ip', ['link', 'set', here, 'up'])
  inside('ip', ['address', 'add', `${other}/30`, 'dev', there])
  inside('ip', ['link', 'set', there, 'up'])
  inside('ip', ['link', 'set', 'lo', 'up'])
  return {
    name,
    address,
    lose: (what) => inside('nft', ['-f', '-'], rulesFor(what)),
    // The cable goes with it.
    remove: () => run('ip', ['netns', 'delete', name]),
  }
}

/** Removes those whose process is gone. */
export function sweepNamespaces(): void {
  if (!existsSync(FOLDER)) return
  for (const name of readdirSync(FOLDER).filter((entry) => entry.startsWith(PREFIX))) {
    if (!existsSync(`/proc/${name.slice(PREFIX.length)}`)) run('ip', ['netns', 'delete', name])
  }
}

function rulesFor(what: Cut): string {
  const chain = (hook: string, lost: boolean) =>
    `  chain ${hook} {\n    type filter hook ${hook} priority 0\n    policy ${lost ? 'drop' : 'accept'}\n  }`
  const output = chain('output', what === 'both' || what === 'requests')
  const input = chain('input', what === 'both' || what === 'answers')
  return `flush ruleset\ntable inet faults {\n${output}\n${input}\n}\n`
}

/** The two ends of a network of their own, out of those for one cable alone. */
function addressesOf(pid: number): [string, string] {
  const at = (pid % 16_000) * 4 + 256
  const address = (n: number) => `169.254.${n >> 8}.${n & 255}`
  return [address(at + 1), address(at + 2)]
}

function run(command: string, args: readonly string[], input?: string): void {
  execFileSync(command, args, {
    stdio: ['pipe', 'ignore', 'pipe'],
    timeout: 10_000,
    ...(input !== undefined && { input }),
  })
}
