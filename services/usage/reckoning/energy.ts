// What a run's energy was by its worker, which reads the counters of its GPUs to the last, and by the readings that the
// gpus service has rolled up.

/** Readings are a second apart, so the first and the last of a run are not seen; and what is lost on the way is not either. */
const TOLERANCE = { part: 0.1, seconds: 3 }
/** Roll-ups are written when their time is over. */
const SETTLED_SECONDS = 120
/** Shorter runs are hardly measured, in seconds. */
const SHORTEST = 30

/** The runs that both have measured from their start, as `told` and `measured`. */
const JUDGED = `SELECT run_id, energy_joules::numeric AS told, joules::numeric AS measured, watts
    FROM runs JOIN (
      SELECT run_id, sum(joules) AS joules, sum(watts) AS watts, min(begins) AS begins
      FROM (SELECT run_id, gpu_id, sum(joules) AS joules, max(power_max) AS watts, min(bucket) AS begins
            FROM gpus.gpu_rollups WHERE run_id IS NOT NULL AND joules IS NOT NULL GROUP BY 1, 2) of_gpu
      GROUP BY 1
    ) measured USING (run_id)
    WHERE energy_joules IS NOT NULL AND begins <= started_at + interval '15 s'
      AND finished_at < now() - interval '${SETTLED_SECONDS} s' AND finished_at - started_at >= interval '${SHORTEST} s'`

/** A SELECT of the runs of which the two say something else. */
export function energyDifferences(): string {
  return `SELECT format('run %s: %s J, its GPUs measured %s J', run_id, round(told), round(measured)) AS example
    FROM (${JUDGED}) j
    WHERE abs(told - measured) > ${TOLERANCE.part} * greatest(told, measured) + ${TOLERANCE.seconds} * coalesce(watts, 0)`
}

/** A SELECT of how much was compared, in all too: small differences that all go one way show there. */
export function energyCompared(): string {
  return `SELECT format('%s of %s runs with GPUs that ended, %s kWh by workers and %s kWh by readings; the others: not measured '
      'from their start by both, shorter than ${SHORTEST} s, or just ended', count(*),
      (SELECT count(*) FROM runs r WHERE finished_at IS NOT NULL
         AND EXISTS (SELECT FROM run_gpus g WHERE g.run_id = r.run_id)),
      round(coalesce(sum(told), 0) / 3600000, 3), round(coalesce(sum(measured), 0) / 3600000, 3)) AS compared
    FROM (${JUDGED}) j`
}
