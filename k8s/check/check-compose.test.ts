import { readFileSync } from 'node:fs'
import path from 'node:path'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { makeTestHome, removeTestHome } from '@constellation/local/testing/test-home.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkCompose } from './check-compose.ts'
import { describeFault } from './check-overlay.ts'

const text = readFileSync(path.join(repositoryRoot, 'compose.yaml'), 'utf8')
let home: string
beforeAll(async () => {
  home = await makeTestHome()
})
afterAll(() => removeTestHome(home))

test('nothing is wrong with compose.yaml', async () => {
  expect((await checkCompose(home)).map(describeFault)).toEqual([])
})

test.each([
  ['a field is misspelt', 'schema', 'healthcheck: *ready', 'healtcheck: *ready'],
  ['a setting is missing', 'environment', 'JOBS_URL: http://jobs:4000', 'JOBS: http://jobs:4000'],
  ['a setting cannot be read', 'environment', 'LAKE_DIRECTORY: /var', 'LAKE_DIRECTORY: var'],
  ['a URL names nobody', 'environment', 'GPUS_URL: http://gpus:4000', 'GPUS_URL: http://gpu:4000'],
  ['a file of keys is misspelt', 'secret', 'keys/compose/jobs.env', 'keys/compose/job.env'],
  ['a mounted file is not there', 'volume', './k8s/compose/tempo.yaml:', './k8s/compose/tmpo.yaml:'],
  ['a volume is not there', 'volume', 'lake:/var', 'lakes:/var'],
  ['it waits for nobody', 'service', 'depends_on:\n      postgres:', 'depends_on:\n      postgresql:'],
  ['the command is misspelt', 'command', 'command: [gpus]', 'command: [gpu]'],
  ['the image is whatever is newest', 'image', 'nats:2.14.3-alpine', 'nats:latest'],
  ['an image may be written to', 'read-only', '  read_only: true\n  tmpfs', '  read_only: false\n  tmpfs'],
  ['the whole network is listened to', 'open port', '127.0.0.1:4000:4000', '4000:4000'],
])('it is seen that %s', async (_, rule, right, wrong) => {
  expect(text).toContain(right)
  const faults = await checkCompose(home, text.replace(right, wrong))
  expect(faults.map((fault) => fault.rule)).toContain(rule)
})
