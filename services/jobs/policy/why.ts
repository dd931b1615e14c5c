import type { WaitReason } from '../generated/resolvers.ts'

/** Why a job waits. */
export interface Why {
  reason: WaitReason
  /** In a sentence, for whoever submitted the job. */
  message: string
}
