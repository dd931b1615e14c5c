// What the page shows of an operator's word before the server has answered.
import type { Cache, OptimisticMutationResolver } from '@urql/exchange-graphcache'
import type { CordonMode, GpuState } from '../generated/documents.ts'
import type { CacheRules } from '../shared/graph.ts'
import { identity } from '../shared/session.ts'
import type { Action } from './actions.ts'
import { stateAfter } from './state-after.ts'

type WithReason = {
  id: string
  reason: string
}

type OfReason = OptimisticMutationResolver<WithReason>
type OfReturn = OptimisticMutationResolver<{ id: string }>

const cordonGpu: OfReason = (args, cache) => gpuPayload('cordon', args, cache)
const drainGpu: OfReason = (args, cache) => gpuPayload('drain', args, cache)
const returnGpu: OfReturn = ({ id }, cache) => gpuPayload('return', { id, reason: '' }, cache)
const cordonWorker: OfReason = (args) => workerPayload('cordon', args)
const drainWorker: OfReason = (args) => workerPayload('drain', args)
const returnWorker: OfReturn = ({ id }) => workerPayload('return', { id, reason: '' })

export const operateOptimistic: CacheRules['optimistic'] = {
  cordonGpu,
  drainGpu,
  returnGpu,
  cordonWorker,
  drainWorker,
  returnWorker,
}

function gpuPayload(action: Action, { id, reason }: WithReason, cache: Cache) {
  const gpu = { __typename: 'Gpu', id }
  const state = cache.resolve(gpu, 'state')
  const busy = cache.resolve(gpu, 'inUse') === true
  return {
    __typename: 'GpuPayload',
    gpu: {
      ...gpu,
      ...(typeof state === 'string' && { state: stateAfter(action, knownState(state), busy) }),
      stateReason: action === 'return' ? null : reason,
      cordon: cordonWord(action, reason),
    },
  }
}

function workerPayload(action: Action, { id, reason }: WithReason) {
  return { __typename: 'WorkerPayload', worker: { __typename: 'Worker', id, cordon: cordonWord(action, reason) } }
}

function cordonWord(action: Action, reason: string) {
  if (action === 'return') return null
  const mode: CordonMode = action === 'drain' ? 'DRAIN' : 'CORDON'
  const by = identity()?.id ?? ''
  return { __typename: 'Cordon', mode, reason, by, at: new Date().toISOString() }
}

const STATES: readonly GpuState[] = [
  'AVAILABLE',
  'CORDONED',
  'DRAINING',
  'MISSING',
  'OCCUPIED',
  'UNHEALTHY',
  'UNREACHABLE',
]

function knownState(text: string): GpuState {
  return STATES.find((each) => each === text) ?? 'AVAILABLE'
}
