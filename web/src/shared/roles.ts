import { identity } from './session.ts'

/**
 * Whether who is signed in may take GPUs out of service. It only decides which buttons are shown: the server
 * refuses the rest.
 */
export function mayOperate(): boolean {
  return ['operator', 'admin'].includes(identity()?.role ?? '')
}

/** Whether who is signed in may submit jobs and change theirs; likewise. */
export function maySubmit(): boolean {
  return !['analyst', 'worker'].includes(identity()?.role ?? '')
}
