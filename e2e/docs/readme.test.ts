import { execFile } from 'node:child_process'
import { mkdir, symlink } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSocket, openWorld, submit, type World } from '../testing.ts'
import { blocks, read } from './read-markdown.ts'

const run = promisify(execFile)
const README = read('README.md')

describe('what the README says to type', () => {
  let world: World
  /** As a clone in which `npm start` runs. */
  let clone: string
  beforeAll(async () => {
    world = await openWorld()
    clone = path.join(world.stack.home, 'clone')
    await mkdir(clone)
    await symlink(world.stack.home, path.join(clone, '.constellation'))
  }, 120_000)
  afterAll(() => world?.close())

  const here = (command: string) => command.replaceAll(/(http:\/\/127\.0\.0\.1|localhost):4000/g, world.stack.url)

  const named = (all: string[]) =>
    all.map((block) => [block.trim().split('\n').slice(0, 2).join(' ').slice(0, 80), block] as const)

  test.each(named(blocks(README, 'sh').filter((block) => block.includes('curl '))))('%s', async (_, block) => {
    // Whoever reads the answer sees an error; this reader is to fail of it.
    const script = here(block).replaceAll('curl -s ', 'curl -sS --fail-with-body ')
    const env = { ...process.env, TOKEN: world.stack.adminToken }
    const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', script], { cwd: clone, env })
    expect(stdout).toMatch(/^[[{]/)
  })

  test.each(named(blocks(README, 'graphql')))('%s', async (_, block) => {
    const { id } = await submit(world, { command: ['true'] })
    const query = block.replaceAll('…', id)
    const [definition] = parse(query).definitions
    const isLive = definition?.kind === 'OperationDefinition' && definition.operation === 'subscription'
    const { data, errors } = isLive ? await firstOf(query) : await world.graphql(query)
    expect(errors).toBeUndefined()
    expect(data).toBeTruthy()
  })

  async function firstOf(query: string) {
    const client = openSocket(world)
    try {
      for await (const result of client.iterate({ query })) return result
      throw new Error('The subscription told nothing.')
    } finally {
      await client.dispose()
    }
  }
})
