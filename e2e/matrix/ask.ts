// Asks as one of the people, in each of the ways in.
import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { loadSecrets } from '@constellation/local/secrets.ts'
import { logPath } from '@constellation/local/stack/log-file.ts'
import { vouch } from '@constellation/platform/identity.ts'
import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import type { Answer } from './outcome.ts'
import { PEOPLE, type Person } from './people.ts'
import { SUBGRAPHS, type Subgraph } from './reference-operations.ts'

/** How long a subscription is left alone before something is done that it may tell of, in milliseconds. */
const QUIET_MS = 100
/** What came of something earlier may be told first: so many more answers are looked at for something of the owner's. */
const MORE = 3
/** What a graphql-ws server says to who is not signed in. */
const UNAUTHORIZED = 4401

interface GraphRequest {
  query: string
  variables: object
}

const JSON_TYPE = { 'content-type': 'application/json' }

export type Ask = ReturnType<typeof createAsk>

/** `url` is the gateway's. */
export function createAsk(url: string, tokens: ReadonlyMap<Person, string>) {
  const signed = (who: Person) => (tokens.has(who) ? { authorization: `Bearer ${tokens.get(who)}` } : undefined)
  return {
    async graph(who: Person, request: GraphRequest): Promise<Answer> {
      const headers = { ...JSON_TYPE, ...signed(who) }
      const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify(request) })
      return { status: answer.status, text: await answer.text() }
    },

    /** Of a stream of events the first one is enough. */
    async rest(who: Person, method: string, path: string, body: object | undefined): Promise<Answer> {
      const headers = { ...signed(who), ...(body && JSON_TYPE) }
      const init = { method, headers, redirect: 'manual' as const, ...(body && { body: JSON.stringify(body) }) }
      const answer = await fetch(`${url}${path}`, init)
      if (!answer.headers.get('content-type')?.startsWith('text/event-stream')) {
        return { status: answer.status, text: await answer.text() }
      }
      let text = ''
      for await (const part of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        text += part
        if (/^data: .*\n/m.test(text)) break
      }
      return { status: answer.status, text }
    },

    /** The first message of a socket of the REST contract, which may tell of a refusal as an answer of HTTP would. */
    socket(who: Person, path: string): Promise<Answer> {
      const socket = new WebSocket(`${url.replace('http', 'ws')}${path}`, { headers: signed(who) ?? {} })
      const { promise, resolve, reject } = Promise.withResolvers<Answer>()
      socket.on('message', (data) => {
        const { problem }: { problem?: { status: number } } = JSON.parse(String(data))
        resolve({ status: problem?.status ?? 101, text: String(data) })
      })
      socket.on('close', (code, reason) => reject(new Error(`The socket was closed: ${code} ${reason}`)))
      socket.on('error', reject)
      return promise.finally(() => socket.terminate())
    },

    /** The first answer of a subscription that is `enough`, or one of the first; `stir` is done again and again until there is one. */
    async subscription(
      who: Person,
      { query, variables }: GraphRequest,
      stir: () => Promise<void>,
      enough: (answer: Answer) => boolean,
    ): Promise<Answer> {
      const client = createClient({
        url: `${url.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        connectionParams: tokens.has(who) ? { token: tokens.get(who) } : {},
        retryAttempts: 0,
      })
      const results = client.iterate({ query, variables: { ...variables } })
      const next = () =>
        results.next().then(({ done, value }) => (done && answer ? undefined : answerOf(value)), answerOfRefusal)
      let answer: Answer | undefined
      let coming = next()
      try {
        for (let more = MORE; answer === undefined || more > 0; ) {
          const came = await Promise.race([coming, delay(QUIET_MS)])
          if (came && (answer === undefined || enough(came))) answer = came
          if (answer && enough(answer)) return answer
          if (answer) more -= 1
          if (came) coming = next()
          await stir()
        }
        return answer
      } finally {
        await client.dispose()
      }
    },
  }
}

function answerOf(result: unknown): Answer {
  return { status: 200, text: JSON.stringify(result) }
}

/** graphql-ws rejects with the errors of an operation, or with the event of the socket's end. */
function answerOfRefusal(reason: unknown): Answer {
  if (Array.isArray(reason)) return answerOf({ errors: reason })
  const code = typeof reason === 'object' && reason && 'code' in reason ? Number(reason.code) : 0
  return { status: code === UNAUTHORIZED ? 401 : code, text: '' }
}

/** Asks the services themselves, in the gateway's name; in nobody's without its word. */
export async function createDirectAsk(home: string) {
  const { gateway: secret } = await loadSecrets(home)
  const urls = new Map<Subgraph, string>()
  for (const name of SUBGRAPHS) {
    const log = await readFile(logPath(home, name), 'utf8')
    urls.set(name, log.match(new RegExp(`${name} answers at (http://[^"\\s]+)`))?.[1] ?? '')
  }
  return async (who: Person, subgraph: Subgraph, request: GraphRequest): Promise<Answer> => {
    const body = JSON.stringify(request)
    const principal = PEOPLE[who]
    const vouched = principal ? vouch(secret, { ...principal, accounts: [...principal.accounts] }, body) : {}
    const headers = { ...JSON_TYPE, ...vouched }
    const answer = await fetch(`${urls.get(subgraph)}/graphql`, { method: 'POST', headers, body })
    return { status: answer.status, text: (await answer.text()).replace(/"_entities":\[(.*)\]/, '"entity":$1') }
  }
}
