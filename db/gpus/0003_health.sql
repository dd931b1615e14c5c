-- What GPUs are like beside their place, what is wrong with them, and what their operators say of them.
ALTER TABLE workers
  -- {cpus, memoryMb, cpuSlots}
  ADD COLUMN capacity        jsonb,
  ADD COLUMN cordon          text CHECK (cordon IN ('drain', 'cordon')),
  ADD COLUMN cordon_reason   text,
  ADD COLUMN cordoned_by     text,
  ADD COLUMN cordoned_at     timestamptz(3),
  ADD CHECK ((cordon IS NULL) = (cordoned_at IS NULL));

ALTER TABLE gpus
  ADD COLUMN cuda_version    text,
  ADD COLUMN pci_bus_id      text,
  -- {parentUuid, gpuInstance, computeInstance} of a part of a GPU in MIG mode.
  ADD COLUMN mig             jsonb,
  -- [{uuid, links}]
  ADD COLUMN nvlink_peers    jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN labels          jsonb NOT NULL DEFAULT '{}',
  -- Follows from the faults that stand, and is written with them.
  ADD COLUMN health          text NOT NULL DEFAULT 'healthy' CHECK (health IN ('healthy', 'suspect', 'failed')),
  -- The XIDs that were heard last, [{code, at}]: a report that comes again tells of the same ones.
  ADD COLUMN heard_xids      jsonb NOT NULL DEFAULT '[]',
  -- Since when its worker was there without a break and had nothing bad to say of it; known only while an XID stands.
  ADD COLUMN well_since      timestamptz(3),
  ADD COLUMN cordon          text CHECK (cordon IN ('drain', 'cordon')),
  ADD COLUMN cordon_reason   text,
  ADD COLUMN cordoned_by     text,
  ADD COLUMN cordoned_at     timestamptz(3),
  ADD CHECK ((cordon IS NULL) = (cordoned_at IS NULL));

CREATE TABLE gpu_faults (
  id         uuid PRIMARY KEY DEFAULT uuidv7(),
  gpu_id     uuid NOT NULL REFERENCES gpus (id),
  kind       text NOT NULL CHECK (kind IN
               ('xid', 'ecc', 'remap-pending', 'remap-failed', 'temperature', 'lost', 'recovery-action', 'strangers')),
  xid        integer,
  severity   text NOT NULL CHECK (severity IN ('note', 'drain', 'fatal')),
  message    text NOT NULL,
  first_at   timestamptz(3) NOT NULL DEFAULT now(),
  last_at    timestamptz(3) NOT NULL DEFAULT now(),
  count      integer NOT NULL DEFAULT 1,
  cleared_at timestamptz(3),
  cleared_by text,
  -- Another service's: no key.
  run_id     uuid,
  CHECK ((kind = 'xid') = (xid IS NOT NULL))
);

-- A fault stands once: what is reported again counts.
CREATE UNIQUE INDEX gpu_faults_standing ON gpu_faults (gpu_id, kind, coalesce(xid, 0)) WHERE cleared_at IS NULL;
CREATE INDEX gpu_faults_of_gpu ON gpu_faults (gpu_id, id);
-- There may be many notes, as programs fail in all their runs. What came without a run goes by the GPU in its place.
CREATE INDEX gpu_faults_noted ON gpu_faults (gpu_id, xid, coalesce(run_id, gpu_id)) WHERE severity = 'note';
CREATE INDEX gpu_faults_fatal ON gpu_faults (gpu_id, first_at) WHERE severity = 'fatal';

ALTER TABLE events
  ADD COLUMN worker_id text,
  ADD COLUMN reason    text;
