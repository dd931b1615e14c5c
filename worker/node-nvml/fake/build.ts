// Compiles the fake library for a test, in some 200 ms.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import koffi from 'koffi'

const SOURCE = fileURLToPath(new URL('nvml.c', import.meta.url))

/** The numbers by which `answer` is told which call is meant; the order is that of the source. */
const CALLS = [
  'UUID',
  'NAME',
  'MEMORY_V2',
  'MEMORY',
  'UTILISATION',
  'TEMPERATURE_V',
  'TEMPERATURE',
  'POWER',
  'CLOCK',
  'ENERGY',
  'CAPABILITY',
  'PCI',
  'HANDLE',
] as const

/** True where there is a C compiler. */
export function canCompile(): boolean {
  try {
    execFileSync('cc', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Compiles it to `path`. An old driver's library has fewer functions. */
export function buildFake(path: string, options: { oldDriver?: boolean } = {}) {
  execFileSync('cc', [
    '-shared',
    '-fPIC',
    '-O1',
    ...(options.oldDriver ? ['-DFAKE_OLD_DRIVER'] : []),
    '-o',
    path,
    SOURCE,
  ])
  const library = koffi.load(path)
  const result = library.func('void fake_result(int, int, int)')
  const initResult = library.func('void fake_init_result(int)')
  const reset = library.func('void fake_reset(void)')
  const started = library.func('int fake_started(void)')
  return {
    path,
    /** From now on this call on this GPU answers with this code. */
    answer: (gpu: number, call: (typeof CALLS)[number], code: number) => void result(gpu, CALLS.indexOf(call), code),
    /** From now on the start of the library answers with this code. */
    initResult: (code: number) => void initResult(code),
    reset: () => void reset(),
    /** How often it was started and not shut down. */
    started: () => Number(started()),
  }
}
