import { spawn, spawnSync } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { submit, type World } from '../testing.ts'
import { theStack } from './the-stack.ts'

let world: World
beforeAll(async () => {
  world = await theStack()
})

const VIEW = 'worker/gpus-view/main.ts'
const FAULT = 'worker/gpu/fault-command.ts'

const environment = () => ({ PATH: process.env.PATH, CONSTELLATION_HOME: world.stack.home, TERM: 'xterm' })

function beside(...program: string[]) {
  return spawnSync(process.execPath, ['local/with-stack.ts', ...program], {
    cwd: repositoryRoot,
    env: environment(),
    encoding: 'utf8',
  })
}

test('the GPUs of the stack are shown where it runs, and a job on them live', async () => {
  const { status, stdout } = beside(VIEW, '--json')
  expect(status).toBe(0)
  const { source, groups } = JSON.parse(stdout)
  expect(source).toBe(world.stack.url)
  expect(groups[0].gpus).toMatchObject([{ index: 0, simulated: true, state: 'AVAILABLE', run: null }, { index: 1 }])

  const environmentOfJob = { SIMULATED_GPU_LOAD: '37', SIMULATED_GPU_MEMORY_MB: '20480' }
  const { id } = await submit(
    world,
    { command: ['sleep', '600'], gpus: 1, timeout_seconds: 600, env: environmentOfJob },
    'a training',
  )
  const screen = await onTerminal(/20\.0G\/80\.0G UTL \S+ +3[5-9]%[^%]*a training \(admin\)/)
  expect(screen).toContain('simulated')
  await world.rest(`/jobs/${id}`, { method: 'DELETE' })
})

test('a GPU of the stack is made to fail and healed by a command', () => {
  const failed = beside(FAULT, '1', 'ecc')
  expect(failed).toMatchObject({ status: 0, stdout: expect.stringMatching(/^GPU 1 \(SIM-.*\): ecc\. It is healed by/) })
  expect(beside(FAULT, '7', 'ecc').stderr).toMatch(/^No simulated GPU is 7\. There are:\n {2}0 {2}SIM-/)
  expect(beside(FAULT, '1', 'heal').status).toBe(0)
})

/** What the view shows on a terminal of its own, once it shows what is waited for. */
function onTerminal(wanted: RegExp): Promise<string> {
  const command = `stty cols 100 rows 30; exec '${process.execPath}' local/with-stack.ts ${VIEW}`
  const terminal = spawn('script', ['-qefc', command, '/dev/null'], { cwd: repositoryRoot, env: environment() })
  onTestFinished(() => void terminal.kill())
  let screen = ''
  return new Promise((resolve, reject) => {
    terminal.once('error', reject)
    terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
      screen = (screen + text).slice(-20_000)
      // Colours stand between the words.
      if (terminal.stdin.writable && wanted.test(stripVTControlCharacters(screen))) terminal.stdin.end('q')
    })
    terminal.once('close', () => resolve(screen))
  })
}
