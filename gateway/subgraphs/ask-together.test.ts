import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type Principal, requireVouchedBody } from '@constellation/platform/identity.ts'
import { BATCH_LIMITS, BATCH_PATH, readBatch } from '@constellation/platform/subgraph/question-batch.ts'
import { afterEach, expect, test } from 'vitest'
import { createCircuit } from '../limits/circuit.ts'
import { type AskTogether, createAskTogether, inGroups } from './ask-together.ts'

const SECRET = 'a secret that only the tests know, long enough'
const alice: Principal = { id: 'alice', role: 'user', accounts: ['a'] }
const bob: Principal = { id: 'bob', role: 'admin', accounts: [], scopes: ['READ'] }

let server: Server | undefined
let service: AskTogether | undefined
let refusals = 0

afterEach(async () => {
  server?.closeAllConnections()
  server?.close()
  await service?.close()
  service = undefined
})

/** What asks a service that answers in this way. */
async function answering(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<AskTogether> {
  server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return asking(`http://127.0.0.1:${port}`)
}

function asking(url: string): AskTogether {
  refusals = 0
  const circuit = createCircuit({ refusals: 3, restMs: 1_000 })
  const refused = () => {
    refusals += 1
  }
  const counted = { ...circuit, refused }
  service = createAskTogether({ url, secret: SECRET, circuit: counted, connections: 4 })
  return service
}

const question = (n: number) => JSON.stringify({ query: '{ job { id } }', variables: { n } })
const answer = (n: number) => ({ data: { n } })
const told = (n: number) => expect.objectContaining({ status: 200, value: answer(n) })

test('what is asked in one turn goes in one signed request, each in the name of its own principal', async () => {
  const seen: unknown[] = []
  const { ask } = await answering(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    requireVouchedBody(SECRET, request.headers, body)
    seen.push(request.url, readBatch(body))
    response.end('[1,{"data":{"n":1}}]\n[0,{"data":{"n":0}}]\n')
  })
  expect(await Promise.all([ask(alice, question(0)), ask(bob, question(1))])).toEqual([told(0), told(1)])
  expect(seen).toEqual([
    BATCH_PATH,
    [
      { who: alice, request: { query: '{ job { id } }', variables: { n: 0 } } },
      { who: bob, request: { query: '{ job { id } }', variables: { n: 1 } } },
    ],
  ])
})

test('a question that is alone goes as a plain request', async () => {
  const urls: unknown[] = []
  const { ask } = await answering((request, response) => {
    urls.push(request.url)
    response.end('{"data":{"n":0}}')
  })
  for (let i = 0; i < 2; i++) expect(await ask(alice, question(0))).toEqual(told(0))
  expect(urls).toEqual(['/graphql', '/graphql'])
})

test('an answer that is ready is told at once, in whatever pieces it comes, and not held up by a slow one', async () => {
  const second = Promise.withResolvers<void>()
  const { ask } = await answering(async (_, response) => {
    response.write('[0,{"da')
    response.write('ta":{"n":0}}]\n[')
    await second.promise
    response.end('1,{"data":{"n":1}}]\n')
  })
  let isSlowTold = false
  const quick = ask(alice, question(0))
  const slow = ask(alice, question(1)).finally(() => {
    isSlowTold = true
  })
  expect(await quick).toEqual(told(0))
  expect(isSlowTold).toBe(false)
  second.resolve()
  expect(await slow).toEqual(told(1))
})

test('where a batch breaks off, what was answered is answered, and the others hear of it', async () => {
  const { ask } = await answering((_, response) => {
    response.write('[1,{"data":{"n":1}}]\n', () => response.destroy())
  })
  const [first, second] = await Promise.all([ask(alice, question(0)), ask(alice, question(1))])
  expect(first).toEqual({ failure: expect.objectContaining({ code: 'UND_ERR_SOCKET' }) })
  expect(second).toEqual(told(1))
})

test('an answer that is too long is the failure of its question alone', async () => {
  const { ask } = await answering((_, response) => {
    response.write(`[0,"${'x'.repeat(17 * 2 ** 20)}"]\n`)
    response.end('[1,{"data":{"n":1}}]\n')
  })
  const [first, second] = await Promise.all([ask(alice, question(0)), ask(alice, question(1))])
  expect(first).toEqual({
    failure: expect.objectContaining({ constructor: expect.objectContaining({ name: 'TooLong' }) }),
  })
  expect(second).toEqual(told(1))
})

test.each([
  ['a line that is none', 200, 'no\n[7,{}]\n'],
  ['a refusal', 401, '{"errors":[{"message":"no"}]}\n'],
])('%s answers nobody, and all hear the status', async (_what, status, body) => {
  const { ask } = await answering((_, response) => response.writeHead(status).end(body))
  const replies = await Promise.all([ask(alice, question(0)), ask(alice, question(1))])
  expect(replies).toEqual(Array(2).fill({ status, value: undefined, text: '' }))
})

test('a service that knows no batches is asked question by question', async () => {
  const { ask } = await answering(async (request, response) => {
    if (request.url === BATCH_PATH) return response.writeHead(404).end('no')
    const { variables } = JSON.parse(Buffer.concat(await request.toArray()).toString())
    return response.end(JSON.stringify(answer(variables.n)))
  })
  expect(await Promise.all([ask(alice, question(0)), ask(bob, question(1))])).toEqual([told(0), told(1)])
})

test('one connection that is refused counts once, however many questions it had', async () => {
  const { ask } = asking('http://127.0.0.1:9')
  const replies = await Promise.all(Array.from({ length: 5 }, (_, n) => ask(alice, question(n))))
  expect(replies).toEqual(Array(5).fill({ failure: expect.objectContaining({ code: 'ECONNREFUSED' }) }))
  expect(refusals).toBe(1)
})

test('questions are divided in their order, by their number and their bytes', () => {
  const sized = (bytes: number) => ({ who: '{}', request: 'ü'.repeat(bytes / 2) })
  const many = Array.from({ length: 2 * BATCH_LIMITS.questions + 1 }, () => sized(2))
  expect(inGroups(many).map((group) => group.length)).toEqual([BATCH_LIMITS.questions, BATCH_LIMITS.questions, 1])
  const large = [sized(2), sized(BATCH_LIMITS.bytes), sized(BATCH_LIMITS.bytes / 2), sized(100), sized(2)]
  expect(inGroups(large)).toEqual([[large[0]], [large[1]], large.slice(2)])
  expect(inGroups([])).toEqual([])
})
