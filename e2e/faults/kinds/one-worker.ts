// For faults that cut a worker off from runs which must then be given to another: at first there is one worker alone, so
// that it has them all, and then a second one with nothing to do, so that it can take them at once.
import type { Scene } from '../fault.ts'

/** Until a lease that is not renewed has ended, is found, and its job is given to another, in milliseconds. */
export const FOUND_MS = 5_000

/** Commands that would still run by then, if nobody ended them: shorter ones could not be seen to run twice. */
export const LONG_ENOUGH = { jobs: 4, spanMs: 300, leastBeats: 105, mostBeats: 115 } as const

/** The worker that the stack itself has, whose lines can be cut. */
export const FIRST_WORKER = 'worker-local'

/** Before the first submission. */
export async function leaveOneWorker({ rig }: Scene): Promise<void> {
  await rig.stopSecondWorker()
}

/** Resolves when runs are running on the first worker and the second is there. */
export async function untilItHasRuns(scene: Scene): Promise<void> {
  await scene.untilRunning(FIRST_WORKER)
  await scene.rig.startSecondWorker({})
}
