import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '@constellation/local/free-port.ts'
import { natsUrls, startNats } from '@constellation/local/nats/nats-server.ts'
import { makeSecrets } from '@constellation/local/secrets.ts'
import { makeTestHome, removeTestHome } from '@constellation/local/testing/test-home.ts'
import type { AuditRecord } from '@constellation/platform/events/audit-record.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { createLogger } from '@constellation/platform/log.ts'
import { connectNats, ensureStreams } from '@constellation/platform/nats/nats.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeKeys } from '../testing/gateway.ts'
import { startTestServices, type TestServices } from '../testing/services.ts'

const SECRET = 'a secret that only this test knows, long enough'
const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))

let home: string
let folder: string
let services: TestServices
const children: ChildProcess[] = []
beforeAll(async () => {
  home = await makeTestHome()
  folder = await mkdtemp(path.join(tmpdir(), 'constellation-killed-'))
  services = await startTestServices(SECRET, createLogger('test', 'silent'))
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await services?.stop()
  await removeTestHome(home)
  await rm(folder, { recursive: true })
})

async function startProcess(env: Record<string, string>): Promise<{ url: string; kill(): Promise<unknown> }> {
  const port = await freePort()
  const child = spawn(process.execPath, [MAIN], {
    env: { ...env, HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'silent', APOLLO_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  children.push(child)
  const url = `http://127.0.0.1:${port}`
  const isLive = () => fetch(`${url}/live`).then(({ status }) => status, String)
  await expect.poll(isLive, { timeout: 60_000 }).toBe(200)
  const gone = once(child, 'exit')
  return {
    url,
    kill() {
      child.kill('SIGKILL')
      return gone
    },
  }
}

test('what was changed while NATS was away is told after the gateway was killed', { timeout: 120_000 }, async () => {
  const keys = await makeKeys(folder)
  const { nats: natsKeys } = makeSecrets()
  const natsPort = await freePort()
  const file = path.join(folder, 'audit.jsonl')
  const env = {
    NATS_URL: natsUrls(natsKeys, natsPort).gateway,
    GATEWAY_SECRET: SECRET,
    JOBS_URL: services.urls.jobs,
    GPUS_URL: services.urls.gpus,
    USAGE_URL: services.urls.usage,
    JWKS_FILE: keys.jwksFile,
    AUDIT_FILE: file,
  }
  const gateway = await startProcess(env)
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await keys.sign()}` }
  for (const id of ['one', 'two']) {
    const query = 'mutation ($id: ID!) { cancelJob(id: $id) { job { id } } }'
    const body = JSON.stringify({ query, variables: { id } })
    await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body })
  }
  const written = async () => (await readFile(file, 'utf8')).split('\n').length - 1
  await expect.poll(written, { timeout: 10_000 }).toBe(2)
  await gateway.kill()
  await appendFile(file, '{"half a line')

  const nats = await startNats({ home, keys: natsKeys, port: natsPort, log: () => {} })
  const listener = await connectNats(nats.urls.services, 'test')
  await ensureStreams(listener)
  const heard = listener.subscribe(SUBJECTS.audit, { max: 2 })
  await listener.flush()
  const again = await startProcess(env)
  const targets: unknown[] = []
  for await (const message of heard) targets.push(message.json<AuditRecord>().targets)
  expect(targets).toEqual([['one'], ['two']])
  await expect.poll(() => readFile(file, 'utf8'), { timeout: 10_000 }).toBe('')
  await again.kill()
  await listener.close()
  await nats.stop()
})
