// /gpus: the inventory, and what operators say of a GPU.
import { ConstellationError } from '@constellation/platform/errors.ts'
import type { Graph } from '../../operations/graph.ts'
import {
  type GpuHealth,
  RestCordonGpuDocument,
  RestDrainGpuDocument,
  RestGetGpuDocument,
  RestListGpusDocument,
  RestReturnGpuDocument,
} from '../generated/documents.ts'
import { dataOf, present } from '../graph-data.ts'
import { tellNextPage } from '../next-page.ts'
import type { Handlers, Shape } from '../operations.ts'
import { toGpu } from './gpu-shape.ts'

const HEALTH: Readonly<Record<Shape['GpuHealth'], GpuHealth>> = {
  healthy: 'HEALTHY',
  suspect: 'SUSPECT',
  failed: 'FAILED',
}

export function gpuHandlers(graph: Graph): Handlers<'listGpus' | 'getGpu' | 'cordonGpu' | 'drainGpu' | 'returnGpu'> {
  return {
    async listGpus({ query, principal }, reply) {
      const { name = null, worker: workerId = null, simulated = null } = query
      const health = query.health?.map((word) => HEALTH[word]) ?? null
      const filter = { name, workerId, simulated, health }
      const page = { filter, first: query.limit ?? null, after: query.cursor ?? null }
      const { nodes, pageInfo } = present(dataOf(await graph.execute(RestListGpusDocument, page, principal)).gpus)
      return { gpus: nodes.map(toGpu), next_cursor: tellNextPage(reply, pageInfo) }
    },

    async getGpu({ params: { id }, principal }) {
      const { gpu } = dataOf(await graph.execute(RestGetGpuDocument, { id }, principal))
      if (!gpu) throw new ConstellationError('NOT_FOUND', `There is no GPU ${id}.`)
      return toGpu(gpu)
    },

    async cordonGpu({ params: { id }, body: { reason }, principal }) {
      return toGpu(dataOf(await graph.execute(RestCordonGpuDocument, { id, reason }, principal)).cordonGpu.gpu)
    },

    async drainGpu({ params: { id }, body: { reason }, principal }) {
      return toGpu(dataOf(await graph.execute(RestDrainGpuDocument, { id, reason }, principal)).drainGpu.gpu)
    },

    async returnGpu({ params: { id }, principal }) {
      return toGpu(dataOf(await graph.execute(RestReturnGpuDocument, { id }, principal)).returnGpu.gpu)
    },
  }
}
