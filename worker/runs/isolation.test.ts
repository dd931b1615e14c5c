import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { closeCgroups, openCgroups } from '../executors/cgroup-home.ts'
import { openUsers } from '../run-as.ts'
import { runFiles } from '../shim/files.ts'
import { type Bench, startBench, textOf } from '../testing/bench.ts'
import type { FakeJob } from '../testing/fake-gateway.ts'

const IS_ROOT = process.getuid?.() === 0
const FIRST = 2_000_000_000
/** In more than one group, where there is such a user. */
const SOMEBODY = IS_ROOT && isInGroups('postgres') ? 'postgres' : 'nobody'

let bench: Bench

async function run(job: Partial<FakeJob> & { command: string[] }) {
  const submitted = bench.submit({ shell: true, ...job })
  const attempt = await bench.gateway.until(() => submitted.runs[0]?.end && submitted.runs[0])
  const log = await bench.logOf(attempt)
  return { attempt, end: attempt.end, log, lines: textOf(log, 'stdout').trimEnd().split('\n') }
}

describe.runIf(IS_ROOT)('with RUN_AS a range of users', () => {
  beforeAll(async () => {
    bench = await startBench()
    bench.startWorker({ RUN_AS: `${FIRST}-${FIRST + 999}` })
    await bench.gateway.until(() => bench.gateway.state.registrations.length)
  })
  afterAll(() => bench.stop())

  test('each run has a user of its own, with no further rights and a home that is its scratch directory', async () => {
    const script =
      'id -u; id -g; id -G; pwd; stat -c "%u %a" .; echo $HOME; echo $USER; grep NoNewPrivs /proc/self/status'
    const [first, second] = await Promise.all([run({ command: [script] }), run({ command: [script] })])
    const [uid, gid, groups, directory, owner, home, name, privileges] = first.lines
    expect(Number(uid)).toBeGreaterThanOrEqual(FIRST)
    expect(Number(uid)).toBeLessThan(FIRST + 1_000)
    expect([gid, groups, owner]).toEqual([uid, uid, `${uid} 700`])
    expect(home).toBe(directory)
    expect(name).toBe(`run-${uid}`)
    expect(privileges).toBe('NoNewPrivs:\t1')
    expect(second.lines[0]).not.toBe(uid)
  })

  test('what a command may not read is the token, its own description, its shim, and what is another run’s', async () => {
    const gate = join(bench.home, 'gate')
    mkdirSync(gate)
    chmodSync(gate, 0o777)
    const other = bench.submit({ command: [`echo $$ on; while [ ! -e ${gate}/go ]; do sleep 0.05; done`], shell: true })
    const pid = Number.parseInt(
      textOf(await bench.logOf(await bench.started(other), (log) => log.length > 0), 'stdout'),
      10,
    )
    const directory = bench.runDirectory(await bench.started(other))
    const { lines } = await run({
      command: [
        `for f in ${join(bench.home, 'token')} ${directory}/spec.json ${directory} /proc/${pid}/environ /proc/$PPID/environ /proc/$PPID/fd; do
           if [ -d $f ] && ls $f >/dev/null 2>&1 || cat $f >/dev/null 2>&1; then echo "read $f"; fi; done
         kill -9 ${pid} 2>/dev/null && echo killed; kill -9 $PPID 2>/dev/null && echo killed
         touch ${gate}/go; echo done`,
      ],
    })
    expect(lines).toEqual(['done'])
    await bench.gateway.until(() => other.runs[0]?.end)
    expect(other.runs[0]?.end).toMatchObject({ exitCode: 0 })
  })

  test('a command cannot end its shim, however soon it tries', async () => {
    const ends = await Promise.all(Array.from({ length: 12 }, () => run({ command: ['kill -9 $PPID; echo on'] })))
    expect(ends.map(({ end, lines }) => [end?.outcome, ...lines])).toEqual(ends.map(() => ['EXITED', 'on']))
  })

  test('a program opens its output by name, and writes where everybody may', async () => {
    const { lines, end } = await run({
      command: ['echo one >/dev/stdout; cd /tmp; t=$(mktemp); stat -c %u $t; rm $t; id -u'],
    })
    expect(end).toMatchObject({ exitCode: 0 })
    expect(lines[0]).toBe('one')
    expect(lines[1]).toBe(lines[2])
  })

  test('a directory or a program that the user may not use is a clear failure', async () => {
    const closed = join(bench.home, 'closed')
    mkdirSync(closed, { mode: 0o700 })
    const [entered, started] = await Promise.all([
      run({ command: ['true'], workingDirectory: closed }),
      run({ command: [join(closed, 'program')], shell: false }),
    ])
    const forbidden = (what: string) =>
      expect.stringMatching(
        `^The ${what} may not be run or entered by user \\d+, whom commands run as, on this worker.$`,
      )
    expect(entered.end).toMatchObject({ outcome: 'NOT_STARTED', reason: forbidden(`working directory ${closed}`) })
    expect(started.end).toMatchObject({ outcome: 'NOT_STARTED', reason: forbidden(`command ${closed}/program`) })
  })

  test('nothing of its scratch directory is left, whatever it did to it', async () => {
    const { attempt, lines } = await run({ command: ['pwd; mkdir -p a/b; touch a/b/c; ln -s /etc d; chmod 000 a'] })
    expect(lines[0]).toBe(join(realpathSync(bench.home), 'worker', 'scratch', attempt.runId))
    await expect.poll(() => existsSync(lines[0] ?? '')).toBe(false)
    expect(existsSync('/etc/passwd')).toBe(true)
  })
})

test.runIf(IS_ROOT)(
  'with RUN_AS a user of the machine’s, a command is that user, with all groups and no way back',
  async () => {
    bench = await startBench()
    onTestFinished(() => bench.stop())
    bench.startWorker({ RUN_AS: SOMEBODY })
    const script =
      'kill -9 $PPID; id -u; id -G; grep -E "^(Uid|Gid|CapEff|NoNewPrivs)" /proc/self/status | tr -s "\\t" " "'
    const { lines, end } = await run({ command: [script] })
    expect(end).toMatchObject({ outcome: 'EXITED', exitCode: 0 })
    const number = (option: string) => execFileSync('id', [option, SOMEBODY], { encoding: 'utf8' }).trim()
    const [uid, gid] = [number('-u'), number('-g')]
    expect(lines).toEqual([
      uid,
      number('-G'),
      `Uid: ${Array(4).fill(uid).join(' ')}`,
      `Gid: ${Array(4).fill(gid).join(' ')}`,
      'CapEff: 0000000000000000',
      'NoNewPrivs: 1',
    ])
  },
)

test.runIf(IS_ROOT)('a user of the machine’s is taken with its groups and its name', () => {
  expect(openUsers('nobody').choose('a', [])).toMatchObject({
    user: { uid: 65_534, groups: [65_534], exclusive: false },
    environment: { USER: 'nobody', LOGNAME: 'nobody' },
  })
  expect(openUsers('1234:5678').choose('a', [])?.user).toEqual({
    uid: 1234,
    gid: 5678,
    groups: [5678],
    exclusive: false,
  })
  expect(() => openUsers('no-such-user')).toThrow('RUN_AS names no-such-user, and this machine has no such user.')
  expect(() => openUsers('0:0')).toThrow('must not be root')
})

test.runIf(IS_ROOT)('attempts of one job have the same user, and no two living runs have', () => {
  const users = openUsers('2000000000-2000000002')
  const first = users.choose('a', [])?.user ?? null
  expect(users.choose('a', [])?.user).toEqual(first)
  const second = users.choose('a', [first])?.user ?? null
  const third = users.choose('b', [first, second])?.user ?? null
  expect(new Set([first?.uid, second?.uid, third?.uid]).size).toBe(3)
  expect(() => users.choose('c', [first, second, third])).toThrow('every user of RUN_AS')
})

test.skipIf(IS_ROOT)('a worker that is not root refuses to run commands as others', () => {
  expect(() => openUsers('nobody')).toThrow('takes Linux and a worker of root')
  expect(openUsers(undefined).choose('a', [])).toBeUndefined()
})

/** What this machine lets the one who tests do. */
const groups = openCgroups(join('/', 'constellation-test'), undefined)
afterAll(() => closeCgroups(groups))
const can = (controller: 'memory' | 'cpu') => groups.some(({ controllers }) => controllers.includes(controller))

describe('limits', () => {
  beforeAll(async () => {
    bench = await startBench()
    bench.startWorker()
    await bench.gateway.until(() => bench.gateway.state.registrations.length)
  })
  afterAll(() => bench.stop())

  test.runIf(can('memory'))('more memory than the limit ends a run, which says so', async () => {
    const { end, log } = await run({ command: ['echo begin; tail /dev/zero'], limits: { memoryMb: 64, cpus: null } })
    expect(end).toMatchObject({
      outcome: 'OUT_OF_MEMORY',
      reason: 'The run used more memory than its limit of 64 MiB.',
    })
    expect(textOf(log, 'stdout')).toBe('begin\n')
    expect(textOf(log, 'system')).toContain('more memory than its limit of 64 MiB')
  })

  test.runIf(can('memory'))('a limit in which nothing can start is the end of the run, not of its shim', async () => {
    const { end } = await run({ command: ['echo on; tail /dev/zero'], limits: { memoryMb: 1, cpus: null } })
    expect(end).toMatchObject({ outcome: 'OUT_OF_MEMORY' })
  })

  test.runIf(can('memory'))(
    'a run within its limit ends as ever, and a kill by hand is no want of memory',
    async () => {
      const limits = { memoryMb: 64, cpus: null }
      const [fine, killed] = await Promise.all([
        run({ command: ['head -c 20000000 /dev/zero | tail -c 1 | wc -c'], limits }),
        run({ command: ['kill -9 $$'], limits }),
      ])
      expect(fine.end).toMatchObject({ outcome: 'EXITED', exitCode: 0 })
      expect(killed.end).toMatchObject({ outcome: 'EXITED', signal: 'SIGKILL', reason: null })
    },
  )

  test.runIf(can('cpu'))('a tenth of a processor is a tenth of its time', async () => {
    const { lines } = await run({
      command: ['timeout 2 sh -c "while :; do :; done"; times'],
      limits: { memoryMb: null, cpus: 0.1 },
    })
    const seconds = [...(lines.at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)].reduce(
      (sum, [, m, s]) => sum + Number(m) * 60 + Number(s),
      0,
    )
    expect(seconds).toBeGreaterThan(0.05)
    expect(seconds).toBeLessThan(0.6)
  })
})

describe('without groups of processes', () => {
  beforeAll(async () => {
    bench = await startBench()
  })
  afterAll(() => bench.stop())

  test('a run says that its limits are not enforced, and a worker that is set to refuses them', async () => {
    const limits = { memoryMb: 64, cpus: 2 }
    const worker = bench.startWorker({ WORKER_CGROUP: 'none' })
    const { end, log } = await run({ command: ['echo on'], limits })
    expect(end).toMatchObject({ outcome: 'EXITED', exitCode: 0 })
    expect(textOf(log, 'system')).toBe(
      'The limit of memory of 64 MiB and of 2 processors is not enforced on this worker.\n',
    )
    await worker.stop()
    bench.startWorker({ WORKER_CGROUP: 'none', REQUIRE_LIMITS: 'true' })
    expect((await run({ command: ['echo on'], limits })).end).toMatchObject({
      outcome: 'NOT_STARTED',
      reason: 'The limit of memory of 64 MiB and of 2 processors cannot be enforced on this worker.',
    })
  })
})

test('what a shim leaves on the disk of a run holds no secret once it has read it', async () => {
  bench = await startBench()
  bench.startWorker()
  const job = bench.submit({ command: ['echo "is $KEY"; sleep 60'], shell: true, secrets: { KEY: 'xyzzy-plugh' } })
  const attempt = await bench.started(job)
  expect(textOf(await bench.logOf(attempt, (log) => log.length > 0), 'stdout')).toBe('is ***\n')
  expect(readFileSync(runFiles(bench.runDirectory(attempt)).spec, 'utf8')).not.toContain('xyzzy')
  await bench.stop()
})

function isInGroups(name: string): boolean {
  try {
    return execFileSync('id', ['-G', name], { encoding: 'utf8', stdio: 'pipe' }).trim().includes(' ')
  } catch {
    return false // No such user.
  }
}
