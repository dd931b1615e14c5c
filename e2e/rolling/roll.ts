// A rolling restart, as a cluster does it: one copy after the other gets no new connections, is told to end, is waited
// for, and is in service again once its successor says that it is ready.
import { type Copy, type Fleet, untilReady } from './fleet.ts'

/** Every copy is another process afterwards. `tell` hears of each. */
export async function rollAll(fleet: Fleet, tell: (copy: Copy, tookMs: number) => void): Promise<void> {
  for (const copy of fleet.copies) {
    const begun = performance.now()
    const pid = fleet.rig.pid(copy.name)
    if (pid === undefined) throw new Error(`${copy.name} does not run.`)
    fleet.takeOut(copy)
    process.kill(pid, 'SIGTERM')
    await fleet.rig.restarted(copy.name, pid)
    await untilReady(copy)
    fleet.putIn(copy)
    tell(copy, performance.now() - begun)
  }
}
