// Every block of a document that people are told to type: asked of a stack as it stands, or accounted for.
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, symlink } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSocket, openWorld, submit, type World } from '../testing.ts'
import { NOT_RUN, RUN_BY } from './accounted.ts'
import { fillPlaces, LEFT_OUT } from './places.ts'
import { blocks, documents, read } from './read-markdown.ts'
import { asksTheStack, commandsOf, shellBlocks } from './shell-commands.ts'

const run = promisify(execFile)
const shells = documents().flatMap(shellBlocks)
const asked = shells.filter(asksTheStack)
const others = shells.filter((block) => !asksTheStack(block))

const named = (document: string, block: string) =>
  `${document}: ${block.trim().split('\n').slice(0, 2).join(' ').slice(0, 90)}`

describe('what is not asked of a stack as it stands', () => {
  const begins = [...RUN_BY, ...NOT_RUN].map(([begin]) => begin)

  test('is run by another test, or said with the reason why none does', () => {
    const unknown = others.flatMap(({ document, commands }) =>
      commands
        .filter((command) => !begins.some((begin) => command.startsWith(begin)))
        .map((command) => `${document}: ${command}`),
    )
    expect(unknown).toEqual([])
  })

  test('is in a document still, and the test that is named has it', () => {
    const all = others.flatMap(({ commands }) => commands)
    expect(begins.filter((begin) => !all.some((command) => command.startsWith(begin)))).toEqual([])
    const missing = RUN_BY.filter(([, file, has]) => {
      const place = path.join(repositoryRoot, file)
      return !existsSync(place) || !readFileSync(place, 'utf8').includes(has)
    })
    expect(missing).toEqual([])
  })

  test('is told command by command: comments are left out, and lines that go on are one', () => {
    expect(commandsOf('npm start   # at once\n\n# nothing\ncurl -s a \\\n  -d b')).toEqual([
      'npm start',
      'curl -s a -d b',
    ])
  })
})

describe('what is asked of a stack', () => {
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

  test.each(
    asked
      .filter(({ text }) => !LEFT_OUT.some(([begin]) => text.startsWith(begin)))
      .map(({ document, text }) => [named(document, text), text] as const),
  )('%s', async (_, text) => {
    const block = await fillPlaces(world, text)
    // Whoever reads the answer sees an error; this reader is to fail of it.
    const script = here(block).replaceAll('curl -s ', 'curl -sS --fail-with-body ')
    const env = { ...process.env, TOKEN: world.stack.adminToken }
    await run('bash', ['-euo', 'pipefail', '-c', script], { cwd: clone, env })
  })

  test('what is left out is still there', () => {
    expect(LEFT_OUT.filter(([begin]) => !asked.some(({ text }) => text.startsWith(begin)))).toEqual([])
  })

  test.each(
    documents().flatMap((document) =>
      blocks(read(document), 'graphql').map((block) => [named(document, block), block] as const),
    ),
  )('%s', async (_, block) => {
    const { id } = await submit(world, { command: ['true'] })
    const query = block.replaceAll('…', id)
    const [definition] = parse(query).definitions
    const isLive = definition?.kind === 'OperationDefinition' && definition.operation === 'subscription'
    const { data, errors } = isLive ? await firstOf(query) : await world.graphql(query)
    expect(errors).toBeUndefined()
    expect(data).toBeTruthy()
  })

  test('a part that is ended as the page on development says is started again', async () => {
    const text = shells.find(
      ({ document, commands }) => document === 'docs/development.md' && commands[0]?.startsWith('part()'),
    )
    const restarted = world.restarted('jobs')
    await run('bash', ['-euo', 'pipefail', '-c', text?.text ?? ''], {
      cwd: clone,
      env: { ...process.env, PATH: `${path.dirname(process.execPath)}:${process.env.PATH}` },
    })
    await restarted
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
