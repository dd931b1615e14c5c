// Compiles the fake library, in some 300 ms.
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Fake, steerFake } from './steer.ts'

const SOURCE = fileURLToPath(new URL('nvml.c', import.meta.url))

/** `old` has fewer functions; `wide` writes processes as some drivers of version 530 to 535 did. */
export type FakeVariant = 'present' | 'old' | 'wide'

const FLAGS = { present: [], old: ['-DFAKE_OLD_DRIVER'], wide: ['-DFAKE_WIDE_PROCESSES'] } as const

/** True where there is a C compiler. */
export function canCompile(): boolean {
  try {
    execFileSync('cc', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Compiles it to `path`, and forgets the state of another that was there. @throws Error where there is no `cc` */
export function buildFake(path: string, variant: FakeVariant = 'present'): Fake {
  mkdirSync(dirname(path), { recursive: true })
  // Unlinked first: who has the former one loaded keeps it.
  rmSync(path, { force: true })
  rmSync(`${path}.state`, { force: true })
  execFileSync('cc', ['-shared', '-fPIC', '-O1', ...FLAGS[variant], '-o', path, SOURCE])
  return steerFake(path)
}
