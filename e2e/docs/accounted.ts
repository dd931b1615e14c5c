// The commands of our documents that are not run as they stand: which test runs the same, or why none does. Each begins one or
// more commands; one that begins none any more is to be taken away.

/** A test file, and what it has of the command. */
export const RUN_BY: readonly (readonly [begins: string, test: string, has: string])[] = [
  ['npm start', 'local/stack/stack.test.ts', 'startStack'],
  ['npx constellation run', 'e2e/command/following.test.ts', "'run'"],
  ['npx constellation submit', 'e2e/command/commands.test.ts', "'submit'"],
  ['npx constellation list', 'e2e/command/commands.test.ts', "'list'"],
  ['npx constellation why', 'e2e/command/commands.test.ts', "'why'"],
  ['npx constellation gpus', 'e2e/command/following.test.ts', "'gpus'"],
  ['constellation login', 'e2e/command/commands.test.ts', "'login'"],
  ['npm run observe', 'k8s/observability/observe/run-prometheus.test.ts', 'runPrometheus'],
  ['npm run trace', 'k8s/observability/trace/trace-job.test.ts', 'traceJob'],
  ['npm run fake-nvml', 'worker/node-nvml/monitor.test.ts', 'fake/command.ts'],
  ['npm run -s fake-nvml', 'worker/node-nvml/monitor.test.ts', 'fake/command.ts'],
  ['npm run rolling-restart', 'e2e/rolling/rolling.test.ts', 'rollingRestart'],
  ['npm run faults', 'e2e/faults/faults.test.ts', 'runFault'],
  ['npm run fuzz', 'e2e/bad-input/bad-input.test.ts', 'fuzz'],
  ['GATEWAY_URL=https://constellation.example.com', 'e2e/worker-elsewhere.test.ts', 'TOKEN_FILE'],
  ['npm run backup', 'e2e/upgrade/restore.test.ts', 'backup-command.ts'],
  ['npm run restore', 'e2e/upgrade/restore.test.ts', 'restore-command.ts'],
  ['cp -r keys/', 'e2e/upgrade/restore.test.ts', 'secrets.json'],
  ['part()', 'e2e/docs/commands.test.ts', 'part()'],
  ['kill "$(part jobs)"', 'e2e/docs/commands.test.ts', 'restarted'],
]

export const NOT_RUN: readonly (readonly [begins: string, why: string])[] = [
  ['npm test', 'It runs this test.'],
  ['npm run check', 'npm test begins with it.'],
  ['npm run generate', 'npm run check does it, and compares.'],
  ['npx vitest', 'It is what runs this test.'],
  ['NVML_LIBRARY=', 'npm start and npm run gpu-fault with a setting; e2e/gpu-health.test.ts uses such a library.'],
  ['ln -s ', 'It changes the home of whoever reads it.'],
  ['export ', 'It sets a variable of a shell.'],
  ['OIDC_', 'Lines of a file of settings; e2e/sign-in.test.ts signs in with such.'],
  ['npm exec -w web -- vite', 'A server for whoever changes the page, which does not end.'],
  ['kill -USR1', 'It opens a fixed port, for a debugger.'],
  ['grep -h', 'It looks for an id that only a reader has.'],
  ['docker ', 'No Docker engine is at hand; npm run check:image carries the Dockerfile out without one.'],
  ['kubectl ', 'No cluster is at hand; npm run check:k8s holds what is applied against the schemas.'],
  ['npm run -s cluster:secrets', 'It is for a cluster; k8s/secrets/contents.test.ts looks at what it prints.'],
  ['curl -s https://', 'It asks a server that is not there.'],
  ['useradd ', 'It makes a user of the machine.'],
  ['git clone ', 'Where the repository lies is for its reader to say.'],
  ['chown ', 'It changes the machine.'],
  ['systemctl ', 'No systemd runs where this is tested.'],
]
