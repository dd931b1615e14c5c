import { serverAudits } from 'graphql-http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../testing/gateway.ts'

let gateway: TestGateway
let token: string

beforeAll(async () => {
  gateway = await startTestGateway()
  token = await gateway.as('alice')
})
afterAll(() => gateway.stop())

/** As our clients ask: with a token, and with the header that makes a browser ask first. */
const fetchFn = (url: string, init: RequestInit = {}) => {
  const headers = new Headers(init.headers)
  headers.set('authorization', `Bearer ${token}`)
  headers.set('apollo-require-preflight', '1')
  return fetch(url, { ...init, headers })
}

test('the suite of GraphQL over HTTP finds no error, and these warnings alone', async () => {
  const audits = serverAudits({ url: () => `${gateway.url}/graphql`, fetchFn })
  expect(audits.length).toBeGreaterThanOrEqual(61)
  const results = await Promise.all(
    audits.map(async (audit) => ({ name: audit.name, status: (await audit.fn()).status })),
  )
  expect(results.filter(({ status }) => status !== 'ok').map(({ status, name }) => `${status}: ${name}`)).toEqual([
    // A wrong request is 4xx here whatever the client accepts: proxies and scripts see it without reading the body.
    'warn: SHOULD use 200 status code on document parsing failure when accepting application/json',
    'warn: SHOULD use 200 status code on document validation failure when accepting application/json',
    'warn: SHOULD use a status code of 200 on variable coercion failure when accepting application/json',
  ])
})
