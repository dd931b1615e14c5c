import { token } from './session.ts'
import { identityOf } from './token.ts'

/**
 * Whether who is signed in may take GPUs out of service. It only decides which buttons are shown: the server
 * refuses the rest.
 */
export function mayOperate(): boolean {
  return ['operator', 'admin'].includes(role())
}

function role(): string {
  const held = token()
  return held === undefined ? '' : identityOf(held).role
}
