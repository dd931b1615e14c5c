import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { withClient } from '@constellation/db/database.ts'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readStackConfig, type StackConfig } from '../config.ts'
import { freePort, requireFreePort } from '../free-port.ts'
import { startNats } from '../nats/nats-server.ts'
import { startPostgres } from '../postgres/postgres.ts'
import { makeSecrets } from '../secrets.ts'
import { processIdentity } from '../setup/process-identity.mjs'
import { makeTestHome, removeTestHome } from '../testing/test-home.ts'
import { type Stack, type StackOptions, startStack } from './stack.ts'
import { PROGRAMS } from './stack-parts.ts'
import type { PartEvent } from './supervise.ts'

const fake = fileURLToPath(new URL('fake-program.ts', import.meta.url))
const mains = Object.fromEntries(PROGRAMS.map((name) => [name, fake]))

let home: string
let port: number

function configFor(changes: Record<string, string> = {}): StackConfig {
  return readStackConfig({ CONSTELLATION_HOME: home, PORT: String(port), ...changes })
}

function start(options: Partial<StackOptions> = {}): Promise<Stack> {
  return startStack({ config: configFor(), print: () => {}, mains, ...options })
}

/** The entries of a program's log with this message. */
async function logged(program: string, message: string): Promise<Record<string, unknown>[]> {
  const text = await readFile(path.join(home, 'logs', `${program}.log`), 'utf8')
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  return lines.filter(({ msg }) => msg === message)
}

beforeAll(async () => {
  home = await makeTestHome()
  port = await freePort()
})

afterAll(() => removeTestHome(home))

describe('a running stack', () => {
  let stack: Stack
  const printed: string[] = []
  const events: PartEvent[] = []
  let wake = () => {}

  /** Resolves with the new process of a part that was killed just now. */
  async function restartOf(part: string): Promise<number> {
    for (;;) {
      const index = events.findIndex((event) => event.kind === 'restarted' && event.part === part)
      const event = events[index]
      if (event?.kind === 'restarted') {
        events.splice(0, index + 1)
        return event.pid
      }
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }

  beforeAll(async () => {
    stack = await start({
      config: configFor({ CONSTELLATION_SIMULATED_GPUS: '3' }),
      print: (line) => printed.push(line),
      onEvent(event) {
        events.push(event)
        wake()
      },
    })
  })

  afterAll(() => stack.stop())

  it('answers where it says, and names every process', async () => {
    expect(stack.url).toBe(`http://127.0.0.1:${port}`)
    expect((await fetch(`${stack.url}/health`)).status).toBe(200)
    expect(Object.keys(stack.processes()).sort()).toEqual([...PROGRAMS, 'nats', 'postgres'].sort())
    for (const pid of Object.values(stack.processes())) expect(processIdentity(pid)).toBeDefined()
  })

  it('gives its worker no database and no secret', async () => {
    const [{ env } = {}] = await logged('worker', 'environment')
    expect(env).toMatchObject({
      GATEWAY_URL: stack.url,
      TOKEN_FILE: path.join(home, 'worker.token'),
      WORKER_HOME: path.join(home, 'worker'),
      NATS_URL: expect.stringMatching(/^nats:\/\/worker:/),
      CONSTELLATION_SIMULATED_GPUS: '3',
      NODE_ENV: 'production',
      EXIT_WITH_PARENT: 'true',
    })
    expect(env).not.toHaveProperty('DATABASE_URL')
    expect(env).not.toHaveProperty('GATEWAY_SECRET')
    expect(env).not.toHaveProperty('VITEST')
  })

  it('gives each service its own role, and the gateway no database', async () => {
    const [{ env } = {}] = await logged('usage', 'environment')
    expect(env).toMatchObject({
      HOST: '127.0.0.1',
      DATABASE_URL: expect.stringMatching(/^postgres:\/\/constellation_usage:/),
    })
    const [{ env: gateway } = {}] = await logged('gateway', 'environment')
    expect(gateway).toMatchObject({ JWKS_FILE: path.join(home, 'issuer', 'jwks.json'), HEALTH_NEEDS_WORKER: 'true' })
    expect(gateway).not.toHaveProperty('DATABASE_URL')
  })

  it('shows warnings on the terminal, and only those', () => {
    expect(printed).toContain('gateway: a warning: of no weight')
    expect(printed.join('\n')).not.toContain('environment')
  })

  it('keeps its token and secrets to its owner', async () => {
    for (const file of ['admin.token', 'worker.token', 'secrets.json', 'stack.json']) {
      expect((await stat(path.join(home, file))).mode & 0o777).toBe(0o600)
    }
    expect(await readFile(path.join(home, 'admin.token'), 'utf8')).toBe(`${stack.adminToken}\n`)
  })

  it('refuses a second stack on its home, and names the process', async () => {
    await expect(start()).rejects.toThrow(`Another stack already uses ${home}: process ${process.pid}, since `)
  })

  it.each(['gateway', 'jobs', 'worker', 'nats', 'postgres'])('starts %s again after kill -9', async (part) => {
    const before = stack.processes()[part] ?? 0
    const restarted = restartOf(part)
    process.kill(before, 'SIGKILL')
    const pid = await restarted
    expect(pid).not.toBe(before)
    expect(stack.processes()[part]).toBe(pid)
    expect(printed).toContain(`${part} has ended (signal SIGKILL); it starts again in 0.2 s.`)
  })

  it('gives a restarted PostgreSQL the same address', async () => {
    const [{ env } = {}] = await logged('jobs', 'environment')
    const { DATABASE_URL: url } = env as { DATABASE_URL: string }
    const count = await withClient(
      url,
      async (client) => (await client.query('SELECT count(*)::int FROM migrations')).rows,
    )
    expect(count).toEqual([{ count: expect.any(Number) }])
  })

  it('stops the worker first, then the gateway, then the services, and leaves nothing', async () => {
    const pids = Object.values(stack.processes())
    await stack.stop()
    expect(pids.filter((pid) => processIdentity(pid) !== undefined)).toEqual([])
    await requireFreePort('127.0.0.1', port)
    expect(existsSync(path.join(home, 'stack.lock'))).toBe(false)
    const ends = await Promise.all(
      ['worker', 'gateway', 'usage'].map(async (name) => (await logged(name, 'ends')).at(-1)),
    )
    expect(ends.map((end) => end?.why)).toEqual(['SIGTERM', 'SIGTERM', 'SIGTERM'])
    const times = ends.map((end) => Number(end?.at))
    expect(times).toEqual([...times].sort((a, b) => a - b))
  })
})

it("runs on servers of the user's own, and leaves them as they are", async () => {
  const elsewhere = await makeTestHome()
  const log = () => {}
  const postgres = await startPostgres({ home: elsewhere, password: 'a-password', log, durable: false })
  const nats = await startNats({ home: elsewhere, keys: makeSecrets().nats, log })
  try {
    const stack = await start({ config: configFor({ DATABASE_URL: postgres.adminUrl, NATS_URL: nats.servicesUrl }) })
    expect(Object.keys(stack.processes()).sort()).toEqual([...PROGRAMS].sort())
    const [{ env } = {}] = (await logged('jobs', 'environment')).slice(-1)
    expect(env).toMatchObject({
      DATABASE_URL: expect.stringContaining(`:${postgres.port}/postgres`),
      NATS_URL: nats.servicesUrl,
    })
    await stack.stop()
    expect([postgres.pid, nats.pid].map(processIdentity)).not.toContain(undefined)
  } finally {
    await Promise.all([postgres.stop(), nats.stop()])
    await removeTestHome(elsewhere)
  }
})

it("says which of the user's own servers cannot be used", async () => {
  const nobody = `postgres://user:password@127.0.0.1:${await freePort()}/anything`
  await expect(start({ config: configFor({ DATABASE_URL: nobody }) })).rejects.toThrow(
    /^The database of DATABASE_URL \(127\.0\.0\.1:\d+\) cannot be used: connect ECONNREFUSED/,
  )
})

describe('a stack that cannot start', () => {
  it('says that its port is taken, and which other to take', async () => {
    const server = createServer().listen(port, '127.0.0.1')
    await once(server, 'listening')
    await expect(start()).rejects.toThrow(
      `Port ${port} of 127.0.0.1 is taken by another program. Choose another one: PORT=4001 npm start`,
    )
    server.close()
    expect(existsSync(path.join(home, 'stack.lock'))).toBe(false)
  })

  it('ends with the last lines of a program that dies again and again', async () => {
    const broken = path.join(home, 'broken.mjs')
    await writeFile(broken, 'console.error("no such thing"); process.exit(3)')
    const pids: number[] = []
    const starting = start({
      mains: { ...mains, gpus: broken },
      onEvent: (event) => event.kind === 'started' && pids.push(event.pid),
    })
    await expect(starting).rejects.toThrow(
      /^gpus does not start \(code 3\)\. Its log is .*gpus\.log, and ends with:\n {2}no such thing$/,
    )
    expect(pids.length).toBeGreaterThanOrEqual(6)
    expect(pids.filter((pid) => processIdentity(pid) !== undefined)).toEqual([])
  })

  it('says what is not ready when that takes too long', async () => {
    const mute = path.join(home, 'mute.mjs')
    await writeFile(
      mute,
      'process.stdin.resume().once("close", () => process.exit()); process.once("SIGTERM", () => process.exit())',
    )
    const starting = start({ mains: { ...mains, jobs: mute }, readyLimitMs: 1_000 })
    await expect(starting).rejects.toThrow(/^Not ready after \d s: http:.* \(does not answer\)\nThe logs are in/)
  })

  it('is given up in the middle when it is told to', async () => {
    const giveUp = new AbortController()
    const pids: number[] = []
    const starting = start({
      signal: giveUp.signal,
      onEvent(event) {
        if (event.kind !== 'started') return
        pids.push(event.pid)
        if (event.part === 'gateway') giveUp.abort(new Error('never mind'))
      },
    })
    await expect(starting).rejects.toThrow('never mind')
    expect(pids.filter((pid) => processIdentity(pid) !== undefined)).toEqual([])
  })
})

describe('a stack that was killed', () => {
  /** A stack in a process of its own, which prints its processes when it is ready. */
  async function otherStack(): Promise<{ process: ChildProcess; parts: Record<string, number> }> {
    const script = `
      const { startStack } = await import(${JSON.stringify(new URL('stack.ts', import.meta.url).href)})
      const stack = await startStack({ config: ${JSON.stringify(configFor())}, mains: ${JSON.stringify(mains)}, print() {} })
      console.log(JSON.stringify(stack.processes()))`
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = await once(createInterface(child.stdout), 'line')
    return { process: child, parts: JSON.parse(line) }
  }

  it('takes its programs with it, and the next start stops its servers', async () => {
    const killed = await otherStack()
    const identities = Object.values(killed.parts).map((pid) => [pid, processIdentity(pid)] as const)
    killed.process.kill('SIGKILL')
    await once(killed.process, 'exit')
    const notes: string[] = []
    const stack = await start({ print: (line) => notes.push(line) })
    try {
      expect(notes.join('\n')).toMatch(/Stopping the PostgreSQL that an earlier stack left running/)
      expect(notes.join('\n')).toMatch(/Stopping the nats-server that an earlier stack left running/)
      // The programs end by themselves, each when it has let go of what it holds.
      const living = () => identities.filter(([pid, identity]) => processIdentity(pid) === identity)
      await vi.waitFor(() => expect(living()).toEqual([]), { timeout: 20_000 })
    } finally {
      await stack.stop()
    }
  })

  it('is ended by the next start where a program stays on without its parent', async () => {
    const stubborn = path.join(home, 'stubborn.mjs')
    await writeFile(stubborn, 'setInterval(() => {}, 1000)')
    const child = spawn(process.execPath, [stubborn], { detached: true, stdio: 'ignore' })
    await once(child, 'spawn')
    const record = { worker: { pid: child.pid, identity: processIdentity(child.pid ?? 0) } }
    await writeFile(path.join(home, 'stack.json'), JSON.stringify(record))
    const notes: string[] = []
    const ended = once(child, 'exit')
    const stack = await start({ print: (line) => notes.push(line) })
    expect(await ended).toEqual([null, 'SIGTERM'])
    expect(notes[0]).toBe(`Stopping what an earlier stack left running: worker (process ${child.pid}).`)
    await stack.stop()
  })
})
