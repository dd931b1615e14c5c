// Submits a job, prints its output as it comes, and says how it ended:
//   node schema/client/example.ts http://127.0.0.1:4000 <token> -- nvidia-smi
import { answerOf, createConstellationClient, ProblemError } from './client.ts'
import { followLog } from './follow-log.ts'

const [url, token, , ...command] = process.argv.slice(2)
if (!url || !token || command.length === 0) {
  console.error('Give the address of the gateway, a token, --, and a command.')
  process.exit(2)
}

const client = createConstellationClient({ url, token })
try {
  const job = await answerOf(client.POST('/jobs', { body: { params: { command, gpus: 1 } } }))
  console.error(`job ${job.id}`)
  // Ctrl-C ends the job too.
  process.once('SIGINT', () => void answerOf(client.DELETE('/jobs/{id}', { params: { path: { id: job.id } } })))
  for await (const item of followLog(client, job.id)) {
    if (item.type === 'log') (item.log.stream === 'stderr' ? process.stderr : process.stdout).write(item.log.text)
    if (item.type === 'end') {
      console.error(item.end.state)
      process.exitCode = item.end.exit_code ?? 1
    }
  }
} catch (error) {
  if (!(error instanceof ProblemError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
