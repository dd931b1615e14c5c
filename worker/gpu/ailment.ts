// What is wrong with a simulated GPU after all that has happened to it. Pure.
import type { Fault } from './fault.ts'
import type { RecoveryAction } from './provider.ts'

export interface Ailment {
  lost: boolean
  hot: boolean
  doubleBitEccErrors: number
  remapPending: boolean
  remapFailed: boolean
  recoveryAction: RecoveryAction
  stranger: boolean
}

export const NO_AILMENT: Ailment = {
  lost: false,
  hot: false,
  doubleBitEccErrors: 0,
  remapPending: false,
  remapFailed: false,
  recoveryAction: 'NONE',
  stranger: false,
}

/** An XID is told when it happens, and leaves no mark of its own. */
export function afflict(ailment: Ailment, fault: Fault): Ailment {
  switch (fault.kind) {
    case 'xid':
      return ailment
    case 'lost':
      return { ...ailment, lost: true }
    case 'hot':
      return { ...ailment, hot: true }
    case 'ecc':
      return { ...ailment, doubleBitEccErrors: ailment.doubleBitEccErrors + 1 }
    case 'remap':
      return { ...ailment, remapPending: true }
    case 'remap-failed':
      return { ...ailment, remapFailed: true }
    case 'recovery':
      return { ...ailment, recoveryAction: fault.action }
    case 'stranger':
      return { ...ailment, stranger: true }
    case 'heal':
      return NO_AILMENT
  }
}
