// Clears away what a killed run of the harness has left on this machine: homes with their servers, small disks, and networks.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sweepTestHomes } from '@constellation/local/testing/test-home.ts'
import { sweepNamespaces } from './namespace.ts'

/** What is made outside of a test's home is named for the process that made it: this, and then its number. */
const PREFIX = 'constellation-faults-'

/** Where this process may mount a disk. Not within the home, which others remove as it stands. */
export function diskOfThisProcess(): string {
  return path.join(tmpdir(), `${PREFIX}${process.pid}-disk`)
}

/** To be called before the first rig. */
export async function sweep(): Promise<void> {
  for (const disk of mountedDisks()) if (!lives(disk)) removeDisk(disk)
  sweepNamespaces()
  await sweepTestHomes()
}

/** Unmounts and removes a disk; nothing happens where it is not there. */
export function removeDisk(disk: string): void {
  if (mountedDisks().includes(disk)) execFileSync('umount', ['-l', disk])
  rmSync(disk, { recursive: true, force: true })
}

function mountedDisks(): string[] {
  if (!existsSync('/proc/mounts')) return []
  const points = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .flatMap((line) => line.split(' ')[1] ?? [])
  return points.filter((point) => path.basename(point).startsWith(PREFIX))
}

function lives(name: string): boolean {
  const [pid] = path.basename(name).slice(PREFIX.length).split('-')
  return existsSync(`/proc/${pid}`)
}
