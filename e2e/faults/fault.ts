// What a fault is to the harness.

import type { Chance } from '../seeded.ts'
import type { View, Violation } from './history.ts'
import type { Planned, Shape } from './plan.ts'
import type { Rig } from './rig.ts'

/** `short` is for every test run, `long` for the one command that takes its time. */
export type Size = 'short' | 'long'

/** What a fault has to hand while jobs flow. */
export interface Scene {
  rig: Rig
  chance: Chance
  size: Size
  plan: readonly Planned[]
  /** Resolves when a run of one of the jobs is running, on this worker if one is named; its id. */
  untilRunning(workerId?: string): Promise<string>
  /** A line for the report, such as a figure. */
  note(line: string): void
  /** What this fault itself has found wrong, beside what the journals say. */
  found(violation: Violation): void
  /** What subscribers of its own have seen, for the checker: asked for when all has ended. */
  addViews(views: (jobIds: readonly string[]) => View[]): void
  /** To be waited for when all has ended, before the journals are read. */
  beforeReading(wait: () => Promise<unknown>): void
  /** To be done when all has ended, whatever came of it. */
  onEnd(undo: () => Promise<unknown>): void
}

export interface Fault {
  name: string
  /** What it does, in a few words. */
  about: string
  /** What the jobs of its short form are; the long one has more of them. */
  shape: Shape
  /** True where subscribers of the graph may be told the present state in place of each change. */
  cutsViews: boolean
  /** Why it cannot be had here; undefined where it can. */
  missing?(rig: Rig): string | undefined | Promise<string | undefined>
  /** Before the first submission. */
  prepare?(scene: Scene): Promise<void>
  /** Causes the fault while jobs flow, and heals it before it returns. */
  strike(scene: Scene): Promise<void>
}
