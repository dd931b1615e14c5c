import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildFake, canCompile } from 'node-nvml/fake/build'
import type { Fake } from 'node-nvml/fake/steer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))
const ALTERNATE = '\u001b[?1049h'
const RESTORED = '\u001b[?1049l'

const run = (library: string, ...options: string[]) =>
  spawnSync(process.execPath, [MAIN, ...options], {
    env: { PATH: process.env.PATH, NVML_LIBRARY: library },
    encoding: 'utf8',
  })

test('a machine with neither a stack nor a GPU is told so in a sentence', () => {
  const { status, stderr, stdout } = run('/no/such/libnvidia-ml.so.1')
  expect(status).toBe(1)
  expect(stdout).toBe('')
  expect(stderr).toMatch(/^No stack runs on this machine, and it shows no GPU\. .*there is no NVIDIA driver here\.\n$/)
})

test('an option that there is not is told with those that there are', () => {
  const { status, stderr } = run('', '--wat')
  expect(status).toBe(1)
  expect(stderr).toContain('Usage: npm run gpus')
  expect(run('', '--gateway', 'http://127.0.0.1:1').stderr).toMatch(/^--gateway goes with --token-file/)
})

describe.runIf(canCompile())('on a machine with GPUs', () => {
  let folder: string
  let fake: Fake
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'constellation-view-'))
    fake = buildFake(join(folder, 'libnvidia-ml.so.1'))
    fake.configure({ gpus: 2 })
    fake.process(1, { pid: process.pid, memoryMiB: 512 })
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('it prints one table without any colour where the output is no terminal', () => {
    const { status, stdout } = run(fake.path)
    expect(status).toBe(0)
    expect(stdout).not.toContain('\u001b')
    expect(stdout).toMatch(/^Constellation {2}this machine {2}2 GPUs {2}driver \d/)
    expect(stdout).toMatch(/ {2}0 NVIDIA A100-SXM4-80GB .* OK\n/)
    expect(stdout).toMatch(new RegExp(`  1 +${process.pid} \\w+ +512M - .*node`))
  })

  test('as JSON it tells the same', () => {
    const { gpus, processes } = JSON.parse(run(fake.path, '--json').stdout).groups[0]
    expect(gpus).toMatchObject([
      { index: 0, state: 'OK' },
      { index: 1, reading: { powerLimitWatts: 400 } },
    ])
    expect(processes).toMatchObject([{ gpuIndex: 1, pid: process.pid }])
  })

  test.runIf(process.platform === 'linux').each([
    ['q', (terminal: Terminal) => terminal.type('q')],
    ['Ctrl-C', (terminal: Terminal) => terminal.type('\u0003')],
    ['SIGTERM', (terminal: Terminal) => process.kill(terminal.pid(), 'SIGTERM')],
  ])('in a terminal it stays, and gives it back on %s', async (_, end) => {
    const terminal = inTerminal(fake.path)
    await terminal.shows(ALTERNATE)
    await terminal.shows('q quit')
    end(terminal)
    expect(await terminal.ended).toBe(0)
    expect(terminal.output().trimEnd().endsWith(RESTORED)).toBe(true)
  })
})

type Terminal = ReturnType<typeof inTerminal>

/** The view on a terminal of its own: `script` makes one. */
function inTerminal(library: string) {
  const command = `echo pid=$$; stty cols 100 rows 30; exec '${process.execPath}' '${MAIN}'`
  const child = spawn('script', ['-qefc', command, '/dev/null'], {
    env: { PATH: process.env.PATH, NVML_LIBRARY: library, TERM: 'xterm-256color' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let output = ''
  const waiting = new Set<() => void>()
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
    for (const look of waiting) look()
  })
  return {
    type: (keys: string) => child.stdin.write(keys),
    pid: () => Number(/pid=(\d+)/.exec(output)?.[1]),
    output: () => output,
    ended: new Promise<number | null>((resolve) => child.once('close', resolve)),
    shows: (text: string) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (!output.includes(text)) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
  }
}
