// Which processes there are on this machine, told by what they were started with.
import { readdirSync, readFileSync } from 'node:fs'

export interface ProcessSeen {
  pid: number
  command: string
  environment: readonly string[]
}

/** The numbers of those that are so. Linux only. */
export function processesOf(is: (process: ProcessSeen) => boolean): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid !== process.pid)
    .filter((pid) => {
      const command = read(pid, 'cmdline').join(' ').trim()
      // A zombie has no command line any more.
      return command !== '' && is({ pid, command, environment: read(pid, 'environ') })
    })
}

function read(pid: number, what: 'cmdline' | 'environ'): string[] {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'utf8').split('\0')
  } catch {
    // Ended since it was listed.
    return []
  }
}
