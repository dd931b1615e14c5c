// Every operation of the REST contract: its path and its body by targets.
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { Targets } from './arguments.ts'

export interface RestOperation {
  /** Such as `GET /jobs/{id}`. */
  name: string
  method: string
  /** True where the contract answers with a WebSocket. */
  isSocket: boolean
  request(targets: Targets): { path: string; body: object | undefined }
}

interface Contract {
  paths: Record<string, Record<string, ContractOperation>>
}

interface ContractOperation {
  operationId?: string
  requestBody?: { content: { 'application/json'?: { schema: { $ref?: string } } } }
  responses: Record<string, unknown>
}

/** A body for each of the contract's shapes. */
const BODIES: Readonly<Record<string, object | ((targets: Targets) => object)>> = {
  JobSubmission: { name: 'tried', params: { command: ['true'] } },
  JobBatch: { jobs: [{ name: 'tried', params: { command: ['true'] } }] },
  JobIds: ({ jobId }) => ({ ids: [jobId] }),
  JobUpdate: { name: 'owners-job' },
  CordonRequest: { reason: 'tried' },
  NewUsageExport: { format: 'csv' },
  NewWebhook: { url: 'http://127.0.0.1:9/tried' },
}

/** Reads first, so that they see what the others change. */
export function restOperations(): RestOperation[] {
  const contract: Contract = parse(readFileSync(new URL('../../schema/openapi.yaml', import.meta.url), 'utf8'))
  const operations = Object.entries(contract.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { operationId }]) => operationId !== undefined)
      .map(([method, operation]) => operationOf(path, method.toUpperCase(), operation)),
  )
  return [
    ...operations.filter(({ method }) => method === 'GET'),
    ...operations.filter(({ method }) => method !== 'GET'),
  ]
}

function operationOf(path: string, method: string, operation: ContractOperation): RestOperation {
  const shape = operation.requestBody?.content['application/json']?.schema.$ref?.split('/').at(-1)
  const body = shape === undefined ? undefined : BODIES[shape]
  if (operation.requestBody && !body) throw new Error(`The matrix has no body for ${operation.operationId}.`)
  const isSocket = Object.hasOwn(operation.responses, 101)
  return {
    name: `${method} ${path}`,
    method,
    isSocket,
    request: (targets) => ({
      path: isSocket
        ? `${path}?job_id=${targets.jobId}`
        : path.replace('{id}', encodeURIComponent(idFor(path, targets))).replace('{month}', '2026-01'),
      body: typeof body === 'function' ? body(targets) : body,
    }),
  }
}

function idFor(path: string, targets: Targets): string {
  if (path.startsWith('/gpus')) return targets.gpuId
  if (path.startsWith('/webhooks')) return targets.webhookId
  if (path.startsWith('/usage/exports')) return targets.exportId
  return path.startsWith('/usage') ? targets.account : targets.jobId
}
