// Whoever takes part in the comparison of throughput.

/** Marks what counts: from the first request for a job to the last commit of an end. */
interface Stopwatch {
  start(): void
  stop(): void
}

export interface Contender {
  name: string
  /** What each job leaves in the database. */
  writes: string
  /** Empties the queue and puts so many jobs in that do nothing. Not counted. */
  fill(jobs: number): Promise<void>
  /** Works until the queue is empty. */
  work(jobs: number, watch: Stopwatch): Promise<void>
  /** How many jobs have not ended. */
  left(): Promise<number>
  close(): Promise<void>
}
