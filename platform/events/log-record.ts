// The output of runs, from the workers to the jobs service and from there to whoever watches.
import * as v from 'valibot'
import { instant } from './event.ts'

/** A number from `least` on that fits PostgreSQL's `integer` with room to count on. */
const integerFrom = (least: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(2 ** 30))

/** A piece of a run's output. `seq` counts from 0 without gaps; the last one has `end`. */
export const logRecord = v.object({
  runId: v.pipe(v.string(), v.uuid()),
  epoch: integerFrom(1),
  seq: integerFrom(0),
  at: instant,
  stream: v.picklist(['stdout', 'stderr', 'system']),
  /** At most 64 KiB of UTF-8. */
  text: v.pipe(v.string(), v.maxBytes(65_536)),
  firstLine: integerFrom(0),
  end: v.boolean(),
})
export type LogRecord = v.InferOutput<typeof logRecord>
