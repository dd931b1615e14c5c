// /gpus: the inventory.
import type { Graph } from '../graph.ts'
import { RestListGpusDocument } from './generated/documents.ts'
import { dataOf, present } from './graph-data.ts'
import type { Handlers } from './operations.ts'
import { toGpu } from './shape.ts'

export function gpuHandlers(graph: Graph): Handlers<'listGpus'> {
  return {
    async listGpus({ query, principal }) {
      const { name = null, worker: workerId = null, simulated = null } = query
      const page = { filter: { name, workerId, simulated }, first: query.limit ?? null, after: query.cursor ?? null }
      const { nodes, pageInfo } = present(dataOf(await graph.execute(RestListGpusDocument, page, principal)).gpus)
      return { gpus: nodes.map(toGpu), next_cursor: pageInfo.hasNextPage ? pageInfo.endCursor : null }
    },
  }
}
