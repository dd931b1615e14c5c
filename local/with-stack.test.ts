import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { urlFile } from './home.ts'
import { repositoryRoot } from './repository.ts'
import { processIdentity } from './setup/process-identity.mjs'

let home: string
let program: string

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'constellation-with-stack-'))
  program = path.join(home, 'program.mjs')
  await writeFile(program, 'console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 7')
  await writeFile(urlFile(home), 'http://127.0.0.1:4321\n')
})

afterEach(() => rm(home, { recursive: true }))

async function runBeside(gateway: { pid: number; identity: string | undefined }) {
  await writeFile(path.join(home, 'stack.json'), JSON.stringify({ gateway }))
  const { status, stdout } = spawnSync(process.execPath, ['local/with-stack.ts', program, '--once'], {
    cwd: repositoryRoot,
    env: { PATH: process.env.PATH, CONSTELLATION_HOME: home },
    encoding: 'utf8',
  })
  return { status, given: JSON.parse(stdout) }
}

test('a program is told where the stack is, before what it was given, and its exit code is passed on', async () => {
  expect(await runBeside({ pid: process.pid, identity: processIdentity(process.pid) })).toEqual({
    status: 7,
    given: [
      '--gateway',
      'http://127.0.0.1:4321',
      '--token-file',
      path.join(home, 'admin.token'),
      '--worker-home',
      path.join(home, 'worker'),
      '--once',
    ],
  })
})

test('it is told of no stack that has ended, although another process has its number by now', async () => {
  expect((await runBeside({ pid: process.pid, identity: 'of an earlier boot' })).given).toEqual(['--once'])
})
