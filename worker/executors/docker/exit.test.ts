import { expect, test } from 'vitest'
import type { Exit } from '../execution.ts'
import { type ContainerEnd, exitOf } from './exit.ts'

const limits = { memoryMb: 64, cpus: null }
const code = (ExitCode: number, OOMKilled = false) => ({ ExitCode, OOMKilled })
const plain = (exitCode: number): Exit => ({ exitCode, signal: null, because: null })
const killed = { exitCode: null, signal: 'SIGKILL' }
const tini = '[FATAL tini (7)] exec /none failed: No such file or directory\n'

test.each<[string, Partial<ContainerEnd>, object]>([
  ['a good end', { state: code(0) }, plain(0)],
  ['an exit code', { state: code(3) }, plain(3)],
  ['an exit code above those of signals', { state: code(255) }, plain(255)],
  ['128 itself, which is no signal', { state: code(128) }, plain(128)],
  ['the number of a signal that nobody dies of', { state: code(128 + 17) }, plain(145)],
  ['a signal', { state: code(137) }, { ...killed, because: null }],
  ['too much memory', { state: code(137, true) }, { ...killed, because: { outcome: 'OUT_OF_MEMORY' } }],
  [
    'a part that used too much memory',
    { state: code(1, true) },
    { exitCode: 1, because: { outcome: 'OUT_OF_MEMORY' } },
  ],
  ['a good end in spite of that', { state: code(0, true) }, plain(0)],
  ['a daemon that took it along', { state: code(137), daemonWasAway: true }, { because: { outcome: 'RELEASED' } }],
  ['a good end while the daemon was away', { state: code(0), daemonWasAway: true }, plain(0)],
  ['a container that is gone', {}, { exitCode: null, signal: null, because: { outcome: 'RELEASED' } }],
  [
    'no such program',
    { state: code(127), littleStderr: tini },
    { exitCode: null, because: { outcome: 'NOT_STARTED' } },
  ],
  ['a command of its own that was not found', { state: code(127), littleStderr: 'sh: x: not found\n' }, plain(127)],
  ['those words after others', { state: code(127), littleStderr: `more\n${tini}` }, plain(127)],
  ['those words and another code', { state: code(1), littleStderr: tini }, plain(1)],
])('%s is told as what it is', (_, end, expected) => {
  expect(exitOf({ state: undefined, daemonWasAway: false, littleStderr: '', ...end }, limits)).toMatchObject(expected)
})
