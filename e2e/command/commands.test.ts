import { execFileSync, spawnSync } from 'node:child_process'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openWorld, type World } from '../testing.ts'
import { type Caller, COMMAND, callerFor } from './testing.ts'

const NOBODY = { CONSTELLATION_URL: undefined, CONSTELLATION_TOKEN: undefined }

let world: World
let constellation: Caller
beforeAll(async () => {
  // Every document of the command is one that the gateway knows.
  vi.stubEnv('ALLOWED_DOCUMENTS', 'persisted')
  world = await openWorld({ CONSTELLATION_SIMULATED_GPUS: '2' })
  constellation = callerFor(world)
}, 120_000)
afterAll(async () => {
  vi.unstubAllEnvs()
  await world?.close()
})

/** The id of a job that never ends by itself. */
const held = async (...options: string[]) =>
  (await constellation('submit', ...options, '--', 'sleep', '600')).stdout.trim()
const shown = async (job: string) => JSON.parse((await constellation('show', '--json', job)).stdout)

describe('submit', () => {
  test('asks for all that a job may ask', async () => {
    const options =
      `-n full -g simulated:1 --gpu-memory 8G -e A=1 -e HOME -w /tmp -A default -p 3 -t 1:30:00 --max-idle 2h -r 2
      --retry-on 3,4 --retry-delay 10s --begin +1h --preemptible --warn USR1@30 -m 512M -c 1.5`.split(/\s+/)
    const { stdout, code } = await constellation('submit', ...options, 'sh', '-c', 'echo "$A"')
    expect(code).toBe(0)
    expect(await shown(stdout.trim())).toMatchObject({
      name: 'full',
      command: ['sh', '-c', 'echo "$A"'],
      gpus: { count: 1, model: 'simulated', minMemoryMb: 8_192 },
      env: { A: '1', HOME: world.stack.home },
      workingDirectory: '/tmp',
      priority: 3,
      timeoutSeconds: 5_400,
      maxIdleSeconds: 7_200,
      maxRetries: 2,
      preemptible: true,
      limits: { memoryMb: 512, cpus: 1.5 },
    })
    expect((await constellation('why', 'full')).stdout).toMatch(/^It has waited for \d+s: .*start/)
  })

  test('reads jobs from a file that depend on each other, in the words of REST too', async () => {
    const file = path.join(world.stack.home, 'jobs.yaml')
    await writeFile(
      file,
      `- ref: first\n  name: one\n  command: [sleep, "600"]\n---\nname: two\ndepends_on: [first]\nparams:\n  command: ["true"]\n  gpus: 1\n  env: {LR: 0.1}\n`,
    )
    const { stdout } = await constellation('submit', '-f', file, '--priority', '5')
    const [one = '', two = ''] = stdout.trim().split('\n')
    expect(await shown(two)).toMatchObject({ priority: 5, env: { LR: '0.1' }, dependsOn: [{ id: one }] })
    expect((await constellation('cancel', one)).code).toBe(0)
  })

  test('makes an array, which is listed and cancelled as one', async () => {
    const { stdout } = await constellation(
      'submit',
      '--sweep',
      'LR=0.1,0.01',
      '--max-parallel',
      '1',
      '--',
      'sleep',
      '{{LR}}00',
    )
    const listed = await constellation('list', '-q', '--array', stdout.trim())
    expect(listed.stdout.trim().split('\n')).toHaveLength(2)
    expect((await constellation('cancel', '--array', stdout.trim())).code).toBe(0)
  })

  test('says beforehand whether it could run, and what is wrong with it', async () => {
    expect(await constellation('submit', '--check', '-g', '1', '--', 'true')).toMatchObject({ code: 0 })
    const tooMany = await constellation('submit', '--check', '-g', '3', '--', 'true')
    expect(tooMany).toMatchObject({ code: 1, stdout: expect.stringContaining('no worker has more than 2') })
    const wrong = await constellation('submit', '-d', '00000000-0000-7000-8000-000000000000', '--', 'true')
    expect(wrong).toMatchObject({ code: 4, stderr: expect.stringMatching(/^dependsOn\.0: /) })
    const once = ['submit', '--key', 'once', '--', 'true']
    expect((await constellation(...once)).stdout).toBe((await constellation(...once)).stdout)
  })
})

describe('the queue and the jobs in it', () => {
  test('a job is found by name, beginning and @last, moved, rerun and cancelled', async () => {
    const all = await held('-n', 'all', '-g', '2')
    const [first, second] = [await held('-n', 'first', '-g', '2'), await held('-n', 'second', '-g', '2')]
    expect((await constellation('open', 'first')).stdout).toBe(`${world.stack.url}/app/jobs/${first}\n`)
    expect((await constellation('show', first.slice(0, 23))).stdout).toContain(first)
    expect((await constellation('priority', '@last', '7')).stdout).toBe(`${second}  priority 7\n`)
    const names = async () =>
      JSON.parse((await constellation('queue', '--json')).stdout).map((job: { name: string }) => job.name)
    await expect.poll(names).toEqual(['second', 'first', 'full'])
    expect((await constellation('move', 'first', '--before', 'second')).code).toBe(0)
    await expect.poll(names).toEqual(['first', 'second', 'full'])
    expect((await constellation('queue')).stdout).toMatch(/^ *# +JOB .*\n *1 +\S+ +first /)
    expect((await constellation('list', '--state', 'running', '--mine')).stdout).toMatch(
      /all +running +admin +default +2 /,
    )
    const { stdout: ended } = await constellation('cancel', all, first, second)
    expect(ended.trim().split('\n')).toHaveLength(3)
    const { stdout: again } = await constellation('rerun', first)
    expect(await shown(again.trim())).toMatchObject({ name: 'first', gpus: { count: 2 } })
    await constellation('cancel', again.trim())
  })

  test('GPUs and workers are taken out of service and back, by any of their names', async () => {
    const out = await constellation('cordon', 'worker-local/1', '--reason', 'a fan')
    expect(out).toMatchObject({ code: 0, stdout: expect.stringMatching(/^worker-local\/1: .*a fan/) })
    expect((await constellation('return', 'worker-local/1')).stdout).toBe('worker-local/1: available\n')
    expect((await constellation('drain', 'worker-local')).stdout).toMatch(/^worker worker-local is (draining|cordoned)/)
    expect((await constellation('return', 'worker-local')).code).toBe(0)
    expect(await constellation('drain', 'no-such')).toMatchObject({ code: 4 })
  })

  test('usage is told by day and model, with its sum', async () => {
    await constellation('run', '-g', '1', '--', 'true')
    const { stdout } = await constellation('usage', '--by', 'model', '--per', 'day', '--zone', 'UTC')
    expect(stdout).toMatch(/^FROM +MODEL +RUNS +GPU-HOURS +WASTED +USED +COST\n\d{4}-\d\d-\d\d +Simulated/)
    expect(stdout).toMatch(/\ntotal +total +\d+ +\d+\.\d\d/)
  })
})

describe('who one is', () => {
  test('a token from stdin is kept for oneself alone, and used from then on until one signs out', async () => {
    const nobody = constellation.with(NOBODY)
    expect(await nobody('list')).toMatchObject({ code: 3, stderr: expect.stringContaining('constellation login') })
    const login = spawnSync(process.execPath, [COMMAND, 'login', world.stack.url, '--token-stdin', '--name', 'here'], {
      input: `${world.stack.adminToken}\n`,
      env: { PATH: process.env.PATH, XDG_CONFIG_HOME: path.join(world.stack.home, 'config') },
      encoding: 'utf8',
    })
    expect(login).toMatchObject({ status: 0, stderr: `Signed in at ${world.stack.url} as admin (admin).\n` })
    const file = path.join(world.stack.home, 'config', 'constellation', 'config.json')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await nobody('whoami')).stdout).toBe(`admin (admin, accounts default) at ${world.stack.url}\n`)
    expect((await nobody('context')).stdout).toBe(`* here  ${world.stack.url}\n`)
    // What is kept for one server is not sent to another.
    expect((await nobody('--url', 'http://127.0.0.1:9', 'list')).code).toBe(3)
    expect((await nobody('logout')).code).toBe(0)
    expect(await readFile(file, 'utf8')).not.toContain(world.stack.adminToken)
  })

  test('in the folder of a stack nobody needs to sign in', async () => {
    const here = constellation.with({ ...NOBODY, CONSTELLATION_HOME: world.stack.home })
    expect((await here('whoami')).stdout).toMatch(/^admin /)
  })

  test.each<[number, RegExp, string[], Record<string, string>]>([
    [2, /no option --gpu\. Did you mean --gpus\?/, ['submit', '--gpu', '1', 'true'], {}],
    [2, /no command lst\. Did you mean list\?/, ['lst'], {}],
    [2, /--priority must be a whole number/, ['submit', '-p', 'high', 'true'], {}],
    [3, /is not valid/, ['list'], { CONSTELLATION_TOKEN: 'made-up' }],
    [4, /no job nobody/, ['show', 'nobody'], {}],
    [4, /no job python\.(.*\n).*"constellation submit"/, ['run', '-d', 'python', 'train.py'], {}],
    [2, /--from must be before --to/, ['usage', '--from', '+1d'], {}],
    [5, /could not be reached/, ['list'], { CONSTELLATION_URL: 'http://127.0.0.1:9' }],
  ])('exit code %d: %s', async (code, message, args, env) => {
    expect(await constellation.with(env)(...args)).toMatchObject({
      code,
      stdout: '',
      stderr: expect.stringMatching(message),
    })
  })
})

test('bash completes commands, options, their values, and what the server knows', async () => {
  const bin = path.join(world.stack.home, 'bin')
  await mkdir(bin)
  await writeFile(path.join(bin, 'constellation'), `#!/bin/sh\nexec '${process.execPath}' '${COMMAND}' "$@"\n`, {
    mode: 0o755,
  })
  const id = await held('-n', 'completed-by-name')
  const script = `eval "$(constellation completion bash)"
    try() { COMP_WORDS=(constellation "$@"); COMP_LINE="\${COMP_WORDS[*]}"; tell; }
    tell() { COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); COMPREPLY=(); _constellation; echo "\${COMPREPLY[*]}"; }
    try que; try list --st; try list --state fai; try cancel completed-; try logs ${id.slice(0, 30)}; try cordon worker-local/; try run -f /etc/passw
    COMP_LINE='constellation list --state=fai'; COMP_WORDS=(constellation list --state = fai); tell
    COMP_WORDS=(constellation list --state =); COMP_LINE='constellation list --state='; tell`
  const out = execFileSync('bash', ['--norc', '-c', script], {
    env: {
      PATH: `${bin}:${process.env.PATH}`,
      CONSTELLATION_URL: world.stack.url,
      CONSTELLATION_TOKEN: world.stack.adminToken,
    },
    encoding: 'utf8',
  })
  expect(out.trim().split('\n')).toEqual([
    'queue',
    '--state',
    'failed',
    'completed-by-name',
    id,
    'worker-local/0 worker-local/1',
    expect.stringMatching(/^\/etc\/passwd/),
    'failed',
    'queued running completed failed cancelled',
  ])
  await constellation('cancel', id)
})

const OTHER_NODE = '/usr/bin/node'
const hasOtherNode = spawnSync(OTHER_NODE, ['--version'], { encoding: 'utf8' }).stdout?.startsWith('v2')

test.runIf(hasOtherNode)('the package is installed in an empty folder, and is one file for Node 20', async () => {
  const [made, folder] = [path.join(world.stack.home, 'package'), path.join(world.stack.home, 'elsewhere')]
  await mkdir(folder)
  execFileSync(process.execPath, [path.join(repositoryRoot, 'terminal/pack/make-package.ts'), made])
  const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder, made], {
    encoding: 'utf8',
  }).trim()
  const quiet = ['--prefix', folder, '--offline', '--no-audit', '--no-fund', '--silent']
  execFileSync('npm', ['install', ...quiet, path.join(folder, packed)], { cwd: folder })
  const installed = callerFor(world, [OTHER_NODE, path.join(folder, 'node_modules/.bin/constellation')])
  expect((await installed('--version')).stdout).toBe('constellation 0.1.0\n')
  expect(await installed('run', '--', 'echo', 'from far')).toMatchObject({ code: 0, stdout: 'from far\n' })
  expect((await installed('list', '--all', '--limit', '1')).stdout).toMatch(/echo from far +completed/)
})
