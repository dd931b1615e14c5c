// What GET /jobs can be asked for, in the graph's words.
import type { operations } from '@constellation/schema/generated/openapi.ts'
import type { JobFilter, JobOrder, JobSearch } from '../generated/documents.ts'
import { toInstant } from '../usage/usage.ts'
import { GRAPH_JOB_STATES } from './shape.ts'

type Query = NonNullable<operations['listJobs']['parameters']['query']>

export interface AskedJobs {
  filter: JobFilter
  search: JobSearch
  /** The graph's own where none is asked for. */
  orderBy: JobOrder | null
}

export function toAskedJobs(query: Query): AskedJobs {
  return {
    filter: {
      states: query.state?.map((state) => GRAPH_JOB_STATES[state]) ?? null,
      account: query.account ?? null,
      submittedBy: query.submitted_by ?? null,
      name: query.name ?? null,
      array: query.array ?? null,
    },
    search: {
      text: query.text ?? null,
      gpuModel: query.gpu_model ?? null,
      gpu: query.gpu ?? null,
      template: query.template ?? null,
      createdFrom: toInstant(query.created_from),
      createdBefore: toInstant(query.created_before),
    },
    orderBy: query.order === undefined ? null : ORDERS[query.order],
  }
}

/** A minus before it turns the order round. */
const ORDERS: Readonly<Record<NonNullable<Query['order']>, JobOrder>> = {
  created: { by: 'CREATED', direction: 'ASCENDING' },
  '-created': { by: 'CREATED', direction: 'DESCENDING' },
  started: { by: 'STARTED', direction: 'ASCENDING' },
  '-started': { by: 'STARTED', direction: 'DESCENDING' },
  finished: { by: 'FINISHED', direction: 'ASCENDING' },
  '-finished': { by: 'FINISHED', direction: 'DESCENDING' },
  name: { by: 'NAME', direction: 'ASCENDING' },
  '-name': { by: 'NAME', direction: 'DESCENDING' },
  priority: { by: 'PRIORITY', direction: 'ASCENDING' },
  '-priority': { by: 'PRIORITY', direction: 'DESCENDING' },
}
