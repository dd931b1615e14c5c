// The working directory of a command that names none.
import { chown, mkdir } from 'node:fs/promises'
import type { RunSpec } from './files.ts'

/** It is for the command's user alone. Returns where it is. */
export async function makeScratch({ scratch, user }: Pick<RunSpec, 'scratch' | 'user'>): Promise<string> {
  await mkdir(scratch, { recursive: true, mode: 0o700 })
  if (user) await chown(scratch, user.uid, user.gid)
  return scratch
}
