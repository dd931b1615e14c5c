import { randomBytes, randomUUID } from 'node:crypto'
import { createLogger } from '@constellation/platform/log.ts'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Answer } from '../subgraphs/subgraph-answer.ts'
import { type ApiTokens, createApiTokens } from './api-tokens.ts'

const log = createLogger('test', 'silent')
const KEPT_MS = 10_000

/** The jobs service, which knows `tokens` by their hashes in the order of being asked, and NATS. */
function surroundings() {
  const asked: string[] = []
  let say: (data: Uint8Array) => void = () => {}
  const state = { answer: async (): Promise<Answer> => ({ data: { checkApiToken: null } }) }
  return {
    asked,
    state,
    publish: (text: string) => say(new TextEncoder().encode(text)),
    options: {
      jobs: {
        ask: async ({ variables }: { variables?: Record<string, unknown> }) => {
          asked.push(String(variables?.hash))
          return await state.answer()
        },
      },
      link: {
        subscribe(_subject: string, onMessage: (data: Uint8Array) => void) {
          say = onMessage
          return { ready: Promise.resolve(), stop: () => {} }
        },
      },
      log,
      keptMs: KEPT_MS,
    },
  }
}

const madeUp = () => ({ id: randomUUID(), secret: randomBytes(32).toString('base64url') })
const held = (id: string, changes: object = {}): Answer => {
  const soon = new Date(Date.now() + 3_600_000).toISOString()
  const known = {
    id,
    owner: 'alice',
    role: 'user',
    accounts: ['team-a'],
    scopes: ['READ'],
    expiresAt: soon,
    ...changes,
  }
  return { data: { checkApiToken: known } }
}

describe('an API token', () => {
  let around: ReturnType<typeof surroundings>
  let tokens: ApiTokens
  const { id, secret } = madeUp()
  const token = `cst_${id}_${secret}`

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date', 'performance', 'setInterval', 'clearInterval'] })
    around = surroundings()
    around.state.answer = async () => held(id)
    tokens = createApiTokens(around.options)
  })
  afterEach(async () => {
    await tokens.stop()
    vi.useRealTimers()
  })

  test('is asked about once in ten seconds, and its secret never leaves the gateway', async () => {
    const signed = await Promise.all([tokens.check(token), tokens.check(token)])
    const who = { id: 'alice', role: 'user', accounts: ['team-a'], scopes: ['READ'], tokenId: token.slice(4, 40) }
    expect(signed[0]?.principal).toEqual(who)
    vi.advanceTimersByTime(KEPT_MS - 1)
    await tokens.check(token)
    expect(around.asked).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)])
    vi.advanceTimersByTime(2)
    await tokens.check(token)
    expect(around.asked).toHaveLength(2)
  })

  test('that was revoked is refused at once, and ends what is open with it', async () => {
    const signed = await tokens.check(token)
    const closed = vi.fn()
    const stop = signed.onRevoked?.(closed)
    signed.onRevoked?.(closed)
    stop?.()
    around.publish('{"id": 1}')
    expect(closed).not.toHaveBeenCalled()
    around.publish(JSON.stringify({ id }))
    expect(closed).toHaveBeenCalledTimes(1)
    await expect(tokens.check(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  test('ends what is open with it ten seconds later where the word was lost', async () => {
    const signed = await tokens.check(token)
    const closed = Promise.withResolvers<void>()
    signed.onRevoked?.(closed.resolve)
    around.state.answer = async () => ({ data: { checkApiToken: null } })
    vi.advanceTimersByTime(KEPT_MS + 1)
    await closed.promise
  })

  test('is refused when it is over, though it is remembered', async () => {
    around.state.answer = async () => held(id, { expiresAt: new Date(Date.now() + 1_000).toISOString() })
    await tokens.check(token)
    vi.advanceTimersByTime(1_001)
    await expect(tokens.check(token)).rejects.toMatchObject({ message: 'The token has expired.' })
    expect(around.asked).toHaveLength(1)
  })

  test('can neither be taken nor refused with the service away, and is asked about again', async () => {
    around.state.answer = async () => ({ errors: [{ message: 'away' }] })
    await expect(tokens.check(token)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    around.state.answer = async () => held(id)
    await tokens.check(token)
  })

  test.each(['cst_', `cst_${id}_short`, `cst_${id}_${secret}x`, `cst__${secret}`])(
    '%s is none, and nobody is asked',
    async (text) => {
      await expect(tokens.check(text)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
      expect(around.asked).toEqual([])
    },
  )

  test('that enrols a worker does nothing else, and no other one enrols a worker', async () => {
    await expect(tokens.checkEnrolment(token)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    vi.advanceTimersByTime(KEPT_MS + 1)
    around.state.answer = async () => held(id, { owner: 'gpu-host', role: 'worker' })
    expect((await tokens.checkEnrolment(token)).principal).toEqual({ id: 'gpu-host', role: 'worker', accounts: [] })
    await expect(tokens.check(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    around.state.answer = async () => ({ data: { checkApiToken: null } })
    await expect(tokens.checkEnrolment(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  test('under the id of another one is refused', async () => {
    around.state.answer = async () => held(randomUUID())
    await expect(tokens.check(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  test('leaves no more behind than 10,000 answers, whoever makes tokens up', async () => {
    await tokens.check(token)
    around.state.answer = async () => ({ data: { checkApiToken: null } })
    for (let i = 0; i < 10_000; i++) {
      const { id, secret } = madeUp()
      await tokens.check(`cst_${id}_${secret}`).catch(() => {})
    }
    around.state.answer = async () => held(id)
    await tokens.check(token)
    expect(around.asked).toHaveLength(10_002)
  })
})
