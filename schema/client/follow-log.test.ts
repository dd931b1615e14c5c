import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { answerOf, createConstellationClient, ProblemError } from './client.ts'
import { followLog, type LogItem } from './follow-log.ts'

const JOB_ID = '0199a1b2-0000-7000-8000-000000000001'
const RUN_ID = '0199a1b2-0000-7000-8000-000000000002'
const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A server that answers each request with the next of these, and the requests that it had. */
async function serve(...answers: ((response: ServerResponse) => void)[]) {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    answers.shift()?.(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close().closeAllConnections())
  const address: AddressInfo | string | null = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return { client: createConstellationClient({ url: `http://127.0.0.1:${address.port}/`, token: 'alice' }), requests }
}

function piece(seq: number): string {
  const data = { attempt: 1, run_id: RUN_ID, seq, at: '', stream: 'stdout', text: `line ${seq}\n`, first_line: seq }
  return `id: 1.${seq}\nevent: log\ndata: ${JSON.stringify(data)}\n\n`
}

const END = 'id: end\nevent: end\ndata: {"state":"completed","exit_code":0}\n\n'
const TOO_MUCH = { type: 'about:blank', title: 'Too Many Requests', status: 429, detail: 'Later.' }
const PROBLEM = { type: 'about:blank', title: 'Service Unavailable', status: 503, detail: 'Not now.' }

/** An answer that begins with these events, and then ends, or breaks. */
const events = (text: string, then: 'ends' | 'breaks') => (response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write(`retry: 1\n\n${text}`, () => (then === 'ends' ? response.end() : response.destroy()))
}
const refuse = (problem: { status: number }) => (response: ServerResponse) => {
  response.writeHead(problem.status, { 'content-type': 'application/problem+json', 'retry-after': '0' })
  response.end(JSON.stringify(problem))
}

async function collect(log: AsyncIterable<LogItem>): Promise<LogItem[]> {
  const items = []
  for await (const item of log) items.push(item)
  return items
}

const textOf = (items: LogItem[]) =>
  items.map((item) => (item.type === 'log' ? item.log.text : `(${item.type})`)).join('')

test('a log that breaks, ends early or fails goes on behind its last piece, with nothing twice', async () => {
  const { client, requests } = await serve(
    events(piece(0) + piece(1), 'breaks'),
    refuse(PROBLEM),
    refuse(TOO_MUCH),
    events(`${piece(2)}event: problem\ndata: ${JSON.stringify(PROBLEM)}\n\n`, 'ends'),
    events(piece(3) + END, 'breaks'),
  )
  const items = await collect(followLog(client, JOB_ID, { attempt: 1, fromLine: 0 }))
  expect(textOf(items)).toBe('line 0\nline 1\nline 2\nline 3\n(end)')
  expect(requests.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '1.1', '1.1', '1.1', '1.2'])
  expect(requests[0]?.url).toBe(`/jobs/${JOB_ID}/logs?attempt=1&from_line=0`)
  expect(requests[0]?.headers).toMatchObject({ authorization: 'Bearer alice', accept: 'text/event-stream' })
})

test('what is refused is an error with the problem that the server names', async () => {
  const problem = { type: 'about:blank', title: 'Not Found', status: 404, detail: 'There is no job.' }
  const { client } = await serve(refuse(problem))
  const refused = await collect(followLog(client, JOB_ID)).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(ProblemError)
  expect(refused).toMatchObject({ problem, message: 'There is no job.', retryAfterSeconds: 0 })
})

test('whoever stops reading ends the connection, and so does the signal', async () => {
  const closed = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const open = (index: number) => (response: ServerResponse) => {
    response.once('close', () => closed[index]?.resolve())
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(piece(0))
  }
  const { client } = await serve(open(0), open(1))
  for await (const item of followLog(client, JOB_ID)) {
    expect(item.type).toBe('log')
    break
  }
  await closed[0]?.promise
  const stop = new AbortController()
  const following = followLog(client, JOB_ID, { signal: stop.signal })
  await following.next()
  stop.abort()
  await expect(following.next()).rejects.toMatchObject({ name: 'AbortError' })
  await closed[1]?.promise
})

test('answers are data, and a page of a proxy in place of one is a problem too', async () => {
  const { client, requests } = await serve(
    (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"jobs":[],"next_cursor":null}'),
    (response) => response.writeHead(502).end('<html>Bad gateway</html>'),
  )
  expect(await answerOf(client.GET('/jobs', { params: { query: { state: ['queued', 'running'] } } }))).toEqual({
    jobs: [],
    next_cursor: null,
  })
  expect(requests[0]?.url).toBe('/jobs?state=queued,running')
  await expect(answerOf(client.GET('/jobs'))).rejects.toMatchObject({ problem: { status: 502 } })
})
