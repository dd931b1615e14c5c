// Starts a command of the image much as a container would: its tree cannot be written to, /tmp and one folder are its
// own, and it is nobody in particular. Needs root and Linux; processes and the network are still those of the machine.
import { type ChildProcess, spawn } from 'node:child_process'
import { chownSync, mkdirSync } from 'node:fs'
import path from 'node:path'

/** As in the Dockerfile. */
const USER = 10_001

export interface Contained {
  /** The tree of the image. */
  tree: string
  /** The Node that is the base image's. */
  node: string
  command: readonly string[]
  env: Readonly<Record<string, string>>
  /** The folder that it may write to; made here. */
  writable: string
  /** It is root with no rights but these, such as `setuid`; nobody, where they are left out. */
  capabilities?: readonly string[]
}

/** Mounts are made in a namespace that ends with the process. */
const SCRIPT = `
mount --bind "$TREE" "$TREE" && mount -o remount,bind,ro "$TREE"
cd "$TREE" && unset TREE
exec setpriv --clear-groups --no-new-privs --inh-caps=-all "$@"`

export function startContained({ tree, node, command, env, writable, capabilities }: Contained): ChildProcess {
  mkdirSync(writable, { recursive: true, mode: capabilities ? 0o755 : 0o700 })
  if (!capabilities) chownSync(writable, USER, USER)
  const rights = capabilities
    ? [`--bounding-set=-all${capabilities.map((name) => `,+${name}`).join('')}`]
    : ['--reuid', String(USER), '--regid', String(USER), '--bounding-set=-all']
  const program = [node, path.join(tree, 'k8s/image/entry.ts'), ...command]
  return spawn('unshare', ['--mount', '--propagation', 'private', 'sh', '-ec', SCRIPT, 'sh', ...rights, ...program], {
    env: { PATH: process.env.PATH ?? '', TMPDIR: writable, ...env, TREE: tree },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}
