import type { GpuState } from '../generated/documents.ts'
import type { Action } from './actions.ts'

/** The state that a GPU has after an operator's word, until the server says it. */
export function stateAfter(action: Action, state: GpuState, busy: boolean): GpuState {
  // What is worse than an operator's word stays, but that its return clears its faults.
  if (state === 'MISSING' || state === 'UNREACHABLE') return state
  if (action === 'return') return state === 'OCCUPIED' ? state : 'AVAILABLE'
  if (state === 'UNHEALTHY') return state
  return action === 'drain' && busy ? 'DRAINING' : 'CORDONED'
}
