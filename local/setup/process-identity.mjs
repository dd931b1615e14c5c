// Tells a process from a later one that was given the same number.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * A text that no other process of this machine ever has: the boot, and the process's time of start.
 * @param {number} pid
 * @returns {string | undefined} undefined where no such process runs (one that ended and waits for its parent does not)
 */
export function processIdentity(pid) {
  return process.platform === 'linux' ? linuxIdentity(pid) : psField(pid, 'lstart=')
}

/**
 * The command line of a process, or undefined where there is no such process.
 * @param {number} pid
 * @returns {string | undefined}
 */
export function commandLine(pid) {
  if (process.platform !== 'linux') return psField(pid, 'command=')
  const text = readIfThere(`/proc/${pid}/cmdline`)
  return text?.split('\0').join(' ').trim()
}

/** @param {number} pid */
function linuxIdentity(pid) {
  const stat = readIfThere(`/proc/${pid}/stat`)
  if (stat === undefined) return undefined
  // The second field is the program's name in brackets, which may hold anything, brackets too.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, startTicks] = [fields[0], fields[19]]
  if (state === 'Z' || state === 'X') return undefined
  return `${readIfThere('/proc/sys/kernel/random/boot_id')?.trim()} ${startTicks}`
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** @param {number} pid @param {string} field */
function psField(pid, field) {
  try {
    return execFileSync('ps', ['-o', field, '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }).trim() || undefined
  } catch {
    return undefined
  }
}
