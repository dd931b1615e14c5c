// One stack for all cases of a test file: to start one takes longer than most of them.
import { openWorld, type World } from '../testing.ts'

let opened: Promise<World> | undefined

/** The file's stack; the first call starts it. Cases leave no job behind that runs, and no GPU that is out of service. */
export function theStack(settings: Record<string, string> = {}): Promise<World> {
  opened ??= openWorld(settings)
  return opened
}

export async function closeTheStack(): Promise<void> {
  const world = await opened
  await world?.close()
}
