// The code that a container ends with, which stands for a signal, too.
import { constants } from 'node:os'

/** Signals of which programs die. A container, like a shell, tells of them by 128 and their number. */
const DEADLY = [
  'HUP',
  'INT',
  'QUIT',
  'ILL',
  'TRAP',
  'ABRT',
  'BUS',
  'FPE',
  'KILL',
  'USR1',
  'SEGV',
  'USR2',
  'PIPE',
] as const
const SIGNALS = new Map(
  [...DEADLY, 'ALRM', 'TERM', 'XCPU', 'XFSZ', 'SYS']
    .map((name) => `SIG${name}` as NodeJS.Signals)
    .map((name) => [128 + constants.signals[name], name]),
)

/** One of the two is null. */
export function endOfCode(code: number): { exitCode: number | null; signal: NodeJS.Signals | null } {
  const signal = SIGNALS.get(code) as NodeJS.Signals | undefined
  return signal === undefined ? { exitCode: code, signal: null } : { exitCode: null, signal }
}
