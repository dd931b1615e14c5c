// What a run's energy was by its worker, which reads the counters of its GPUs to the last, and by the readings that the
// gpus service has rolled up.

/** Readings are a second apart, so the first and the last of a run are not seen; and what is lost on the way is not either. */
const TOLERANCE = { part: 0.1, seconds: 3 }
/** Roll-ups are written when their time is over. */
const SETTLED_SECONDS = 120
/** Shorter runs are hardly measured, in seconds. */
const SHORTEST = 30

/** A SELECT of the runs of which the two say something else, of those that both have measured from their start. */
export function energyDifferences(): string {
  return `SELECT format('run %s: %s J, its GPUs measured %s J', run_id, round(energy_joules::numeric), round(joules::numeric))
      AS example
    FROM runs JOIN (
      SELECT run_id, sum(joules) AS joules, sum(watts) AS watts, min(begins) AS begins
      FROM (SELECT run_id, gpu_id, sum(joules) AS joules, max(power_max) AS watts, min(bucket) AS begins
            FROM gpus.gpu_rollups WHERE run_id IS NOT NULL AND joules IS NOT NULL GROUP BY 1, 2) of_gpu
      GROUP BY 1
    ) measured USING (run_id)
    WHERE energy_joules IS NOT NULL AND begins <= started_at + interval '15 s'
      AND finished_at < now() - interval '${SETTLED_SECONDS} s' AND finished_at - started_at >= interval '${SHORTEST} s'
      AND abs(energy_joules - joules)
        > ${TOLERANCE.part} * greatest(energy_joules, joules) + ${TOLERANCE.seconds} * coalesce(watts, 0)`
}
