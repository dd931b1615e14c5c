// Who runs a process of this machine, and with which command: what Linux tells of it.
import { readFile, stat } from 'node:fs/promises'

export interface LocalProcess {
  user: string | null
  command: string | null
}

const LONGEST_COMMAND = 4_096

/** Nulls for a process that is gone, or on a system that does not tell. */
export async function describeProcess(pid: number): Promise<LocalProcess> {
  const [owner, commandLine] = await Promise.all([
    stat(`/proc/${pid}`).catch(() => undefined),
    readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
  ])
  const command = commandLine.slice(0, LONGEST_COMMAND).replaceAll('\0', ' ').trim()
  return { user: owner ? await nameOf(owner.uid) : null, command: command === '' ? null : command }
}

let users: Promise<ReadonlyMap<number, string>> | undefined

/** A user's name, or the number where the machine's list has none. */
async function nameOf(uid: number): Promise<string> {
  users ??= readFile('/etc/passwd', 'utf8')
    .catch(() => '')
    .then(readUsers)
  return (await users).get(uid) ?? String(uid)
}

function readUsers(text: string): ReadonlyMap<number, string> {
  return new Map(
    text.split('\n').flatMap((line) => {
      const [name, , uid] = line.split(':')
      return name && uid ? [[Number(uid), name] as const] : []
    }),
  )
}
