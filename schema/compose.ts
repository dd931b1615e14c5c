// Composes the subgraphs and the gateway's own events into one supergraph: `npm run generate`.
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { composeServices } from '@apollo/composition'
import { parse, printSchema } from 'graphql'
import { findRequiresConflicts } from './requires-conflicts.ts'

/** Every part of the graph: the services, and `events`, which the gateway answers itself. */
const SUBGRAPHS = ['jobs', 'gpus', 'usage', 'events'] as const

/** What clients see, without federation's machinery: `api.graphql`; what the gateway plans with: `supergraph.graphql`. */
const { api, supergraph } = compose()
await writeFile(new URL('generated/api.graphql', import.meta.url), api)
await writeFile(new URL('generated/supergraph.graphql', import.meta.url), supergraph)

/** Both schemas. Throws with every composition error, each naming its subgraph. */
function compose(): { api: string; supergraph: string } {
  const subgraphs = SUBGRAPHS.map((name) => ({
    name,
    // Where a subgraph runs is the gateway's configuration, so the composed URL is only a label.
    url: `http://${name}`,
    typeDefs: parse(readFileSync(new URL(`${name}.graphql`, import.meta.url), 'utf8')),
  }))
  const { schema, supergraphSdl, errors = [] } = composeServices(subgraphs)
  const problems = [...errors.map(({ message }) => message), ...findRequiresConflicts(subgraphs)]
  if (problems.length > 0) {
    throw new Error(`The subgraphs do not compose:\n${problems.map((problem) => `- ${problem}`).join('\n')}`)
  }
  if (schema === undefined || supergraphSdl === undefined) throw new Error('The subgraphs composed to nothing.')
  const api = printSchema(schema.toAPISchema().toGraphQLJSSchema())
  return { api: `${api.trimEnd()}\n`, supergraph: `${supergraphSdl.trimEnd()}\n` }
}
