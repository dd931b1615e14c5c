-- What workers say of themselves beside their GPUs.
ALTER TABLE workers
  ADD COLUMN labels    jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN executors text[] NOT NULL DEFAULT '{process}' CHECK (executors <@ '{process,docker}');

-- Whoever listens learns of what was there before, too.
INSERT INTO events (type, payload, subject)
  SELECT 'worker.registered',
    jsonb_build_object('worker', jsonb_build_object('id', id, 'labels', labels, 'executors', executors)),
    'events.workers.' || id
  FROM workers ORDER BY id;
INSERT INTO events (type, gpu_id, payload, subject)
  SELECT 'gpu.registered', id,
    jsonb_build_object('gpu', jsonb_build_object('id', id, 'uuid', uuid, 'name', name,
      'totalMemoryMb', total_mem_mb, 'computeCapability', compute_capability, 'simulated', simulated,
      'workerId', worker_id)),
    'events.gpus.' || id
  FROM gpus WHERE present ORDER BY id;
