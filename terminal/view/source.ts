// Where what the view shows comes from.
import type { Snapshot } from './model.ts'

export interface Source {
  /** What is so now. @throws Error where it cannot be told even for the first time, its message a sentence */
  read(): Promise<Snapshot>
  /** False where a driver that does not answer keeps this process from ending. */
  close(): Promise<boolean>
}
