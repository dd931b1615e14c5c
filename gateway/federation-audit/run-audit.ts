// Asks the gateway all that the audit asks, suite after suite: https://github.com/graphql-hive/federation-gateway-audit.
import path from 'node:path'
import type { Logger } from '@constellation/platform/log.ts'
import * as v from 'valibot'
import { type AuditCase, auditCase, type GatewayAnswer, gatewayAnswer, holds } from './judge.ts'
import { openGateway } from './open-gateway.ts'

export interface SuiteResult {
  suite: string
  /** Of each case, in the audit's order, what was wrong with it; undefined where it holds. */
  faults: readonly (string | undefined)[]
}

interface Audit {
  /** Where the audit's own server answers, with its suites and their subgraphs. */
  url: string
  /** For supergraphs. */
  folder: string
  log: Logger
  /** Called after each suite. */
  onResult?: (result: SuiteResult) => void
}

const ANSWER_LIMIT_MS = 30_000

/** @throws Error where the audit's server does not answer */
export async function runAudit({ url, folder, log, onResult }: Audit): Promise<SuiteResult[]> {
  const results: SuiteResult[] = []
  for (const suite of v.parse(v.array(v.string()), await read(`${url}/ids`))) {
    const result = await runSuite(`${url}/${suite}`, path.join(folder, `${suite}.graphql`), log)
    results.push({ suite, faults: result })
    onResult?.({ suite, faults: result })
  }
  return results
}

async function runSuite(url: string, file: string, log: Logger): Promise<(string | undefined)[]> {
  const cases = v.parse(v.array(auditCase), await read(`${url}/tests`))
  const supergraph = await fetch(`${url}/supergraph`)
  const sdl = await supergraph.text()
  if (!supergraph.ok) return cases.map(() => `its subgraphs do not compose: ${sdl}`)
  try {
    const gateway = await openGateway(file, sdl, log)
    const faults: (string | undefined)[] = []
    for (const one of cases) faults.push(await runCase(gateway.url, one))
    await gateway.close()
    return faults
  } catch (error) {
    return cases.map(() => `the gateway does not take its supergraph: ${error}`)
  }
}

/** Asked twice: what is known of an operation after the first time must change nothing. (Mutations change their data.) */
async function runCase(url: string, one: AuditCase): Promise<string | undefined> {
  const times = one.query.trimStart().startsWith('mutation') ? 1 : 2
  for (let time = 1; time <= times; time++) {
    const answer = await ask(url, one.query)
    if (!holds(one, answer)) return `got ${JSON.stringify(answer)} for ${one.query.replaceAll(/\s+/g, ' ').trim()}`
  }
  return undefined
}

async function ask(url: string, query: string): Promise<GatewayAnswer> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  const signal = AbortSignal.timeout(ANSWER_LIMIT_MS)
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }), signal })
  return v.parse(gatewayAnswer, await answer.json())
}

async function read(url: string): Promise<unknown> {
  const answer = await fetch(url, { headers: { accept: 'application/json' } })
  if (!answer.ok) throw new Error(`The audit's server answers ${url} with ${answer.status}: ${await answer.text()}`)
  return await answer.json()
}
