import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Targets } from './matrix/arguments.ts'
import { type Ask, createAsk, createDirectAsk } from './matrix/ask.ts'
import { type Row, rowsOf } from './matrix/cells.ts'
import type { Answer } from './matrix/outcome.ts'
import { mintTokens, NAMES } from './matrix/people.ts'
import { drawTable } from './matrix/table.ts'
import { makeStir, makeThings, saveThings } from './matrix/things.ts'
import { openWorld, type World } from './testing.ts'

let world: World
let ask: Ask
let targets: Targets
let rows: Row[]
beforeAll(async () => {
  world = await openWorld({ CONSTELLATION_SIMULATED_GPUS: '1' })
  const { home, url } = world.stack
  ask = createAsk(url, await mintTokens(home))
  targets = await makeThings(world, ask)
  rows = rowsOf({ ask, askDirectly: await createDirectAsk(home), stir: await makeStir(ask, targets) })
}, 240_000)
afterAll(() => world?.close())

const LEGEND = `What each of the people may do with what is the owner's. Compared with the real stack by \`matrix.test.ts\`: every
field of the graph, every reference that a service resolves, and every operation of the REST contract has a row.

- shown: answered, with something of the owner's in it
- allowed: answered, without that; or done, where it is a change
- not found: as if there were no such thing`

test('an id of another’s and an id of nothing look the same', async () => {
  const id = (digit: number) => `00000000-0000-7000-8000-00000000000${digit}`
  const absent: Targets = {
    ...targets,
    jobId: id(1),
    arrayId: id(2),
    runId: id(3),
    account: 'nowhere-account',
    schedule: 'nowhere-schedule',
    secret: 'NOWHERE_SECRET',
    webhookId: id(4),
    tokenId: id(5),
    budgetId: id(6),
  }
  const differing = rows.filter(({ request }) => request(targets) !== request(absent))
  expect(differing.length).toBeGreaterThan(20)
  for (const row of differing) {
    const [theirs, nothings] = [await row.ask('other', targets), await row.ask('other', absent)]
    expect([row.name, anonymous(theirs, targets)]).toEqual([row.name, anonymous(nothings, absent)])
  }
})

test('every operation is answered to each of the people as the table says', async () => {
  const table: string[][] = [['', ...NAMES]]
  for (const row of rows) {
    const answer = async (name: (typeof NAMES)[number]) => row.outcome(await row.ask(name, targets), targets)
    // What changes something is done by one after the other.
    const cells = row.isChange ? [] : await Promise.all(NAMES.map(answer))
    for (const name of row.isChange ? NAMES : []) {
      if (/delete|revoke/i.test(row.name)) await saveThings(ask, targets)
      cells.push(await answer(name))
    }
    table.push([row.name, ...cells])
  }
  await expect(`# Who may do what\n\n${LEGEND}\n\n${drawTable(table)}\n`).toMatchFileSnapshot('matrix.expected.md')
}, 240_000)

/** The answer without what names the targets, and without the time at which it was made. */
function anonymous({ status, text }: Answer, { gpuId: _, workerId: __, ...others }: Targets): Answer {
  const without = Object.values(others).reduce((rest, name) => rest.replaceAll(name, '…'), text)
  return { status, text: without.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then') }
}
