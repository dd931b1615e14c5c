// /usage/exports: files of what was used.
import { ConstellationError } from '@constellation/platform/errors.ts'
import type { Graph } from '../../operations/graph.ts'
import {
  RestCancelExportDocument,
  RestGetExportDocument,
  RestListExportsDocument,
  RestRequestExportDocument,
} from '../generated/documents.ts'
import { dataOf, present } from '../graph-data.ts'
import type { Handlers } from '../operations.ts'
import type { ExportFiles } from './export-files.ts'
import { toRange } from './usage.ts'
import { GRAPH_FORMATS, toExport } from './usage-shape.ts'

type ExportHandlers = Handlers<'listExports' | 'requestExport' | 'getExport' | 'cancelExport' | 'getExportFile'>

export function exportHandlers(graph: Graph, files: ExportFiles): ExportHandlers {
  return {
    async listExports({ principal }) {
      const exports = present(dataOf(await graph.execute(RestListExportsDocument, {}, principal)).usageExports)
      return { exports: exports.map(toExport) }
    },

    async requestExport({ body, principal }, reply) {
      const { format, accounts = null, users = null, models = null } = body
      const input = { format: GRAPH_FORMATS[format], range: toRange(body), filter: { accounts, users, models } }
      const answer = await graph.execute(RestRequestExportDocument, { input }, principal)
      const made = toExport(dataOf(answer, toField).requestUsageExport)
      return reply.code(202).header('location', `/usage/exports/${made.id}`).send(made)
    },

    async getExport({ params: { id }, principal }) {
      const { usageExport } = dataOf(await graph.execute(RestGetExportDocument, { id }, principal))
      if (!usageExport) throw new ConstellationError('NOT_FOUND', `There is no export ${id}.`)
      return toExport(usageExport)
    },

    async cancelExport({ params: { id }, principal }, reply) {
      dataOf(await graph.execute(RestCancelExportDocument, { id }, principal))
      return reply.code(204).send()
    },

    getExportFile: ({ params: { id }, query, headers }, reply) => files.send(reply, id, query, headers.range),
  }
}

/** The field of the body that `input.range.from` comes from. */
function toField(path: string): string {
  return path.split('.').at(-1) ?? path
}
