// For tests: how many statements a question costs a subgraph, counted at the driver, whoever sends them.
import type { Pool, PoolClient } from 'pg'
import { vi } from 'vitest'
import { type Principal, vouch } from '../identity.ts'
import type { Logger } from '../log.ts'
import { startSubgraph } from '../subgraph/subgraph.ts'

const GATEWAY_SECRET = 'a secret of the tests, 32 characters'

type Options<Context extends { who: Principal }> = Pick<
  Parameters<typeof startSubgraph<Context>>[0],
  'name' | 'resolvers' | 'rules' | 'context'
> & { pool: Pool; log: Logger }

/** A subgraph on its own, without what its service does besides. `pool` is where its statements go. */
export async function openSubgraph<Context extends { who: Principal }>(options: Options<Context>) {
  const statements = countStatements(options.pool)
  const config = { HOST: '127.0.0.1', PORT: 0, GATEWAY_SECRET }
  const subgraph = await startSubgraph({ ...options, rules: undefined, checks: {}, config })
  return {
    /** The data of the answer, and how many statements it took. @throws Error for an error in the answer */
    async ask(who: Principal, query: string, variables: object): Promise<{ data: unknown; statements: number }> {
      const before = statements()
      const body = JSON.stringify({ query, variables })
      const headers = { 'content-type': 'application/json', ...vouch(GATEWAY_SECRET, who, body) }
      const answer = await fetch(`${subgraph.url}/graphql`, { method: 'POST', headers, body })
      const { data, errors } = await answer.json()
      if (errors) throw new Error(JSON.stringify(errors))
      return { data, statements: statements() - before }
    },
    stop: () => subgraph.stop(),
  }
}

/** Counts from now on. */
function countStatements(pool: Pool): () => number {
  const spies = new Map<PoolClient, { mock: { calls: unknown[] } }>()
  pool.on('acquire', (client) => {
    if (!spies.has(client)) spies.set(client, vi.spyOn(client, 'query'))
  })
  return () => [...spies.values()].reduce((sum, { mock }) => sum + mock.calls.length, 0)
}
