-- Templates to begin with. Those that somebody has changed stay as they are.
INSERT INTO templates (name, description, parameters, command, gpu_count) VALUES
  ('count', 'Counts aloud, one number at a time: a first look at a live log.',
   '[{"name": "to", "description": "How far to count", "default": "10"},
     {"name": "pause", "description": "Seconds between numbers", "default": "0.3"}]',
   '["sh", "-c", "i=0; while [ \"$i\" -lt \"$1\" ]; do i=$((i+1)); echo \"$i of $1\"; sleep \"$2\"; done", "count", "{{to}}", "{{pause}}"]',
   1),
  ('show-gpus', 'Prints the GPUs that the job was given.', '[]',
   '["sh", "-c", "echo \"CUDA_VISIBLE_DEVICES=$CUDA_VISIBLE_DEVICES\""]', 1)
ON CONFLICT (name) DO NOTHING;
