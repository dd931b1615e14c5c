// The commands of the image together, as the manifests start them: migrated, waited for, and then used once.
import type { ChildProcess } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { ServiceUrls } from '@constellation/db/migrate.ts'
import type { Secrets } from '@constellation/local/secrets.ts'
import { startContained } from './contained.ts'
import type { Command } from './entry.ts'

type Service = 'gateway' | 'jobs' | 'gpus' | 'usage'

interface Stack {
  tree: string
  node: string
  /** Where folders that may be written to are made. */
  work: string
  adminUrl: string
  serviceUrls: ServiceUrls
  natsUrls: Readonly<Record<Service | 'worker', string>>
  secrets: Secrets
  /** The issuer's public keys. */
  jwks: string
  tokens: { admin: string; worker: string }
  ports: Readonly<Record<Service, number>>
  print(line: string): void
}

/** As in the manifests: what a worker needs for each job to be a user of its own. */
const OF_WORKER = ['setuid', 'setgid', 'chown', 'fowner', 'dac_override', 'kill']
const JOB_USERS = { first: 200_000, last: 265_535 }

const READY_LIMIT_MS = 60_000
const JOB_LIMIT_MS = 30_000
const LOOK_EVERY_MS = 200

/** @throws Error with the end of what a command said, where it fails or the job does not complete */
export async function runStack(stack: Stack): Promise<void> {
  const running: ChildProcess[] = []
  const start = (command: Command, env: Record<string, string>, ...rest: string[]) =>
    begin(stack, running, [command, ...rest], env)
  const env = environments(stack)
  try {
    await start('migrate', env.migrate).ended
    for (const service of ['jobs', 'gpus', 'usage'] as const) await start('await-schema', env[service], service).ended
    const services = (['jobs', 'gpus', 'usage', 'gateway'] as const).map((name) => start(name, env[name]))
    const url = `http://127.0.0.1:${stack.ports.gateway}`
    await orFailed(
      services,
      until(`${url}/readyz`, READY_LIMIT_MS, () => answers(`${url}/readyz`)),
    )
    services.push(start('worker', env.worker))
    await orFailed(services, until('a job', JOB_LIMIT_MS + READY_LIMIT_MS, createJob(url, stack.tokens.admin)))
    const page = await fetch(`${url}/app/`)
    if (page.status !== 200) throw new Error(`The page answers with ${page.status}.`)
    await start('backup', env.backup, path.join(stack.work, 'of-backup', 'copy')).ended
    stack.print(
      'A job has completed as a user of its own, and the page is there: all of it works on a tree that is read-only.',
    )
  } finally {
    const ends = running.map((child) => new Promise((resolve) => child.once('exit', resolve)))
    const live = running.filter(
      (child) => child.exitCode === null && child.signalCode === null && child.kill('SIGTERM'),
    )
    await Promise.all(live.map((child) => ends[running.indexOf(child)]))
  }
}

interface Begun {
  /** Rejects where it ends otherwise than well. */
  ended: Promise<void>
}

function begin(
  { tree, node, work, print }: Stack,
  running: ChildProcess[],
  command: string[],
  env: Record<string, string>,
): Begun {
  const began = performance.now()
  const writable = path.join(work, `of-${command[0]}`)
  const rights = command[0] === 'worker' ? { capabilities: OF_WORKER } : {}
  const child = startContained({ tree, node, command, env, writable, ...rights })
  running.push(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      said = (said + chunk).slice(-4_000)
    })
  }
  const ended = new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => {
      if (code !== 0) return reject(new Error(`${command.join(' ')} ended with ${code}:\n${said}`))
      print(`${command.join(' ')}: ended well after ${((performance.now() - began) / 1000).toFixed(1)} s`)
      resolve()
    })
  })
  ended.catch(() => {})
  return { ended }
}

/** What the manifests give to each command. */
function environments(stack: Stack): Record<Service | 'worker' | 'migrate' | 'backup', Record<string, string>> {
  const { secrets, ports, natsUrls, serviceUrls } = stack
  const file = (name: string, text: string) => {
    const place = path.join(stack.work, name)
    writeFileSync(place, text)
    chmodSync(place, 0o644)
    return place
  }
  const common = (service: Service) => ({
    HOST: '127.0.0.1',
    PORT: String(ports[service]),
    NATS_URL: natsUrls[service],
    GATEWAY_SECRET: secrets.gateway,
    NODE_ENV: 'production',
  })
  const url = (service: Service) => `http://127.0.0.1:${ports[service]}`
  const writable = (command: string) => path.join(stack.work, `of-${command}`)
  const passwords = secrets.databaseRoles
  return {
    migrate: {
      DATABASE_URL: stack.adminUrl,
      JOBS_DATABASE_PASSWORD: passwords.jobs,
      GPUS_DATABASE_PASSWORD: passwords.gpus,
      USAGE_DATABASE_PASSWORD: passwords.usage,
    },
    backup: { DATABASE_URL: stack.adminUrl, SECRETS_KEY: secrets.jobs },
    jobs: { ...common('jobs'), DATABASE_URL: serviceUrls.jobs, SECRETS_KEY: secrets.jobs },
    gpus: { ...common('gpus'), DATABASE_URL: serviceUrls.gpus },
    usage: {
      ...common('usage'),
      DATABASE_URL: serviceUrls.usage,
      LAKE_DIRECTORY: path.join(writable('usage'), 'lake'),
    },
    gateway: {
      ...common('gateway'),
      JOBS_URL: url('jobs'),
      GPUS_URL: url('gpus'),
      USAGE_URL: url('usage'),
      JWKS_FILE: file('jwks.json', stack.jwks),
      AUDIT_FILE: path.join(writable('gateway'), 'audit-waiting.jsonl'),
      WEB_DIR: path.join(stack.tree, 'web/dist'),
    },
    worker: {
      GATEWAY_URL: url('gateway'),
      NATS_URL: natsUrls.worker,
      TOKEN_FILE: file('worker.token', stack.tokens.worker),
      WORKER_HOME: path.join(writable('worker'), 'home'),
      CONSTELLATION_SIMULATED_GPUS: '1',
      EXECUTORS: 'process',
      RUN_AS: `${JOB_USERS.first}-${JOB_USERS.last}`,
      WORKER_CGROUP: 'none',
    },
  }
}

/** Submits a job at the first call, and tells at each whether it has completed. */
function createJob(url: string, token: string): () => Promise<boolean> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  let id: string | undefined
  return async () => {
    if (id === undefined) {
      const body = JSON.stringify({
        name: 'image',
        params: { command: ['sh', '-c', `test $(id -u) -ge ${JOB_USERS.first}`], gpus: 1 },
      })
      const answer = await fetch(`${url}/jobs`, { method: 'POST', headers, body })
      id = (await answer.json()).id
    }
    const job = await (await fetch(`${url}/jobs/${id}`, { headers })).json()
    if (job.state === 'failed') throw new Error(`The job has failed: ${JSON.stringify(job)}`)
    return job.state === 'completed'
  }
}

async function answers(url: string): Promise<boolean> {
  return await fetch(url).then(
    ({ ok }) => ok,
    () => false,
  )
}

async function orFailed(begun: readonly Begun[], work: Promise<void>): Promise<void> {
  const failures = begun.map(({ ended }) => ended.then(() => new Promise<never>(() => {})))
  await Promise.race([work, ...failures])
}

async function until(what: string, limitMs: number, isDone: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + limitMs
  while (!(await isDone())) {
    if (Date.now() > end) throw new Error(`${what} is not done after ${limitMs / 1000} s.`)
    await delay(LOOK_EVERY_MS)
  }
}
