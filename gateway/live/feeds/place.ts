/** A place in the stream: behind the event of this number. */
export interface Place {
  /** Which stream it was: one that was lost and made anew counts from 1 again. */
  stream: string
  seq: number
}
