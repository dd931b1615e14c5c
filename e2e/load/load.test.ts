import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, submit, type World } from '../testing.ts'
import { press } from './press.ts'
import { questionsAbout } from './questions.ts'

const run = promisify(execFile)
/** Enough for every connection to be used again, and few enough to be soon over. */
const REQUESTS = 100
const CONNECTIONS = 16
const FOLDER = path.join(repositoryRoot, 'e2e/load')

let world: World
let jobId: string
beforeAll(async () => {
  world = await openWorld()
  jobId = (await submit(world, { command: ['true'] })).id
}, 120_000)
afterAll(() => world?.close())

// These first: what the others submit waits for its turn.
test.each(['submit-by-graph.js', 'submit-by-rest.js', 'watch.js'])(
  '%s for k6 asks what it means to, and its checks hold',
  async (script) => {
    const env = { PATH: process.env.PATH, URL: world.stack.url, TOKEN: world.stack.adminToken }
    const args = [path.join(FOLDER, 'stand-in/run.ts'), path.join(FOLDER, 'k6', script), '2']
    const { stdout } = await run(process.execPath, args, { env })
    const checks: Record<string, { passes: number; fails: number }> = JSON.parse(stdout)
    expect(Object.values(checks).reduce((all, { passes }) => all + passes, 0)).toBeGreaterThanOrEqual(4)
    for (const { fails } of Object.values(checks)) expect(fails).toBe(0)
  },
)

test.each(questionsAbout('').map(({ name }, i) => [name, i] as const))(
  '%s is answered each time, over many connections',
  async (_, i) => {
    const question = questionsAbout(jobId)[i]
    if (!question) throw new Error('There is no such question.')
    const { url, adminToken: token } = world.stack
    const { good, bad } = await press(question, { url, token, connections: CONNECTIONS, until: { requests: REQUESTS } })
    expect({ good, bad }).toEqual({ good: REQUESTS, bad: 0 })
  },
)
