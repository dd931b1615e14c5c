import { stat } from 'node:fs/promises'
import path from 'node:path'
import { makeTestHome, removeTestHome } from '@constellation/local/testing/test-home.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { asSecrets, writeFiles } from './command.ts'
import { HOSTS, makeComposeContents, makeContents } from './contents.ts'

let home: string
beforeAll(async () => {
  home = await makeTestHome()
})
afterAll(() => removeTestHome(home))

test('the keys of a home stay, and each service gets its own and no other', async () => {
  const first = await makeContents(home, HOSTS.kubernetes)
  const again = await makeContents(home, HOSTS.kubernetes)
  expect(again.jobs?.SECRETS_KEY).toBe(first.jobs?.SECRETS_KEY)
  expect(again.migrate).toEqual(first.migrate)
  expect(again.nats?.['routes.conf']).toBe(first.nats?.['routes.conf'])
  expect(Object.keys(first.usage ?? {})).toEqual(['DATABASE_URL', 'DATABASE_REPLICA_URL', 'NATS_URL', 'GATEWAY_SECRET'])
  expect(first.gpus?.DATABASE_URL).toMatch(
    /^postgres:\/\/constellation_gpus:[\w-]+@postgres-rw:5432\/constellation\?sslmode=verify-full&sslrootcert=/,
  )
  const operator = first.nats?.['trust.conf'] ?? ''
  expect(operator).not.toMatch(/S[OAU][A-Z2-7]{56}/)
})

test('they are Secrets as kubectl takes them', async () => {
  const text = asSecrets(await makeContents(home, HOSTS.kubernetes))
  const secrets = parseAllDocuments(text).map((document) => document.toJS())
  expect(secrets.map(({ metadata, type }) => [metadata.name, type])).toEqual([
    ...['gateway', 'jobs', 'gpus', 'usage', 'migrate', 'upkeep', 'nats'].map((name) => [name, 'Opaque']),
    ['postgres-admin', 'kubernetes.io/basic-auth'],
  ])
})

test('for compose they are files that others on the machine do not reach', async () => {
  const folder = path.join(home, 'compose')
  await writeFiles(folder, await makeComposeContents(home))
  const modeOf = async (file: string) => ((await stat(path.join(folder, file))).mode & 0o777).toString(8)
  expect([await modeOf('.'), await modeOf('jobs.env'), await modeOf('worker/worker.token')]).toEqual([
    '700',
    '600',
    '644',
  ])
})
