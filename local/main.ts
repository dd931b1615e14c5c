// `npm start`: runs the stack until Ctrl-C.
import { inheritedEnvironment, readStackConfig, type StackConfig } from './config.ts'
import { jobUsers } from './stack/job-users.ts'
import { type Stack, startStack } from './stack/stack.ts'

async function main(): Promise<void> {
  outliveReaders()
  const config = readStackConfig()
  const began = performance.now()
  const ending = endOnSignals()
  console.log('Constellation is starting.')
  let stack: Stack
  try {
    stack = await startStack({ config, print: (line) => console.log(line), ...ending })
  } catch (error) {
    if (ending.signal.aborted) return console.log('Stopped.')
    throw error
  }
  if (!ending.signal.aborted) {
    console.log(welcome(stack, config, performance.now() - began))
    await new Promise((resolve) => ending.signal.addEventListener('abort', resolve, { once: true }))
  }
  console.log('Stopping; once more Ctrl-C hurries.')
  await stack.stop()
  console.log('Stopped.')
}

/** Whoever read what we print may go away, as `head` does: that is no reason to end, least of all without a stop. */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
}

/** The first signal ends the stack in order, each further one hurries. */
function endOnSignals(): { signal: AbortSignal; hurry: AbortSignal } {
  const ending = new AbortController()
  const hurrying = new AbortController()
  const onSignal = () => (ending.signal.aborted ? hurrying.abort() : ending.abort(new Error('The start was given up.')))
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal)
  return { signal: ending.signal, hurry: hurrying.signal }
}

/** True where nobody has said whom jobs run as, and it is not whoever starts this. */
function runAsTheirOwn(): boolean {
  return inheritedEnvironment().worker.RUN_AS === undefined && jobUsers() !== undefined
}

/** Whoever is root is used to being let in everywhere. */
const WHOSE_JOBS = `
  The jobs    run as users of their own, who cannot use root's files; RUN_AS=root changes that`

function welcome(stack: Stack, config: StackConfig, tookMs: number): string {
  // Whoever reads the journal of a service is not its administrator.
  const token = process.stdout.isTTY ? `#token=${stack.adminToken}` : ''
  const job = `{"name": "hello", "params": {"command": ["echo", "Hello from a GPU"], "gpus": 1}}`
  return `
Ready in ${(tookMs / 1000).toFixed(1)} s.

  The page    ${stack.url}/app/${token}
  The data    ${config.CONSTELLATION_HOME}${runAsTheirOwn() ? WHOSE_JOBS : ''}
  In a shell  npx constellation run --gpus 1 -- echo "Hello from a GPU"
  A first job curl ${stack.url}/jobs -H "Authorization: Bearer $(cat ${config.CONSTELLATION_HOME}/admin.token)" \\
                -H 'Content-Type: application/json' -d '${job}'

Ctrl-C stops everything.
`
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(`\n${error instanceof Error ? error.message : error}`)
    process.exit(1)
  },
)
