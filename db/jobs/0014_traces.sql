-- What the life of a job follows from, where its submission was traced: from the click to the process it is one trace.
ALTER TABLE jobs ADD COLUMN traceparent text CHECK (traceparent ~ '^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$');

-- What is announced of a job follows from it, too.
CREATE OR REPLACE VIEW event_messages AS
SELECT e.id, e.type, e.ts, e.published_at, e.job_id, e.run_id, 'events.jobs.' || e.job_id AS subject,
  jsonb_build_object(
    'job', jsonb_build_object('id', j.id, 'name', j.name, 'state', e.job_state, 'version', e.version, 'priority', j.priority,
      'account', j.account, 'submittedBy', j.submitted_by, 'createdAt', as_instant(j.created_at),
      'startedAt', as_instant(e.started_at), 'finishedAt', as_instant(e.finished_at), 'reason', e.reason,
      'cancelRequested', e.cancel_requested, 'arrayId', j.array_id),
    'run', CASE WHEN e.run_id IS NOT NULL THEN jsonb_build_object('id', e.run_id, 'attempt', e.attempt, 'state', e.run_state,
      'epoch', e.attempt, 'workerId', e.worker_id, 'startedAt', as_instant(e.run_started_at),
      'finishedAt', as_instant(e.run_finished_at),
      'gpus', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', g.gpu_id, 'uuid', g.gpu_uuid, 'model', g.model,
                 'simulated', g.simulated) ORDER BY g.position), '[]')
               FROM run_gpus g WHERE g.run_id = e.run_id))
      || (SELECT jsonb_build_object('queuedAt', as_instant(r.queued_at),
            'meanUtilisationPercent', CASE WHEN e.run_finished_at IS NOT NULL THEN r.metrics -> 'meanUtilisationPercent' END,
            'energyJoules', CASE WHEN e.run_finished_at IS NOT NULL THEN r.metrics -> 'energyJoules' END)
          FROM runs r WHERE r.id = e.run_id) END
  ) AS payload,
  j.traceparent
FROM events e JOIN jobs j ON j.id = e.job_id;
