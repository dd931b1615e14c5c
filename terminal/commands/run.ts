import { type Call, textOf } from '../command.ts'
import { EXIT, Failure, misused } from '../failure.ts'
import { CancelDocument } from '../generated/documents.ts'
import { exitCodeOf } from '../jobs/exit-code.ts'
import { followJob, hasEnded } from '../jobs/follow-job.ts'
import { openRunOutput, type RunOutput } from '../jobs/run-output.ts'
import type { Api } from '../server/api.ts'
import { send, wantedJobs } from '../submit/send.ts'

/** Submits a job and follows it. Its exit code is the job's; Ctrl-C asks that it be cancelled, and a second one leaves. */
export async function run(call: Call): Promise<number> {
  const jobs = await wantedJobs(call, call.open)
  if (jobs.length !== 1 || jobs[0]?.array) throw misused('"run" follows one job. Use "submit" for several.')
  const api = await call.open()
  const output = openRunOutput({ json: call.json, states: true })
  const interrupts = hearInterrupts(output)
  try {
    const { job } = await send(api, jobs, textOf(call, 'key'))
    if (!job) throw new Failure('failed', 'The server has made no job.')
    output.note(`job ${job.id}`)
    interrupts.onFirst(() => cancel(api, job.id, output))
    const ended = await followJob(api, { id: job.id, signal: interrupts.signal, patient: true }, output)
    if (ended && hasEnded(ended.state)) return exitCodeOf(ended)
    output.note(`The job is left. It is followed again by: constellation logs -f ${job.id}`)
    return EXIT.interrupted
  } finally {
    interrupts.stop()
    output.close()
  }
}

async function cancel(api: Api, id: string, output: RunOutput): Promise<void> {
  output.note('Asked that it be cancelled, and waiting for its end. Ctrl-C again leaves it.')
  try {
    await api.ask(CancelDocument, { ids: [id] })
  } catch (error) {
    output.note(`It could not be cancelled: ${error instanceof Error ? error.message : error}`)
  }
}

/** The first Ctrl-C or SIGTERM is for the job, the second for us. A terminal that is closed leaves the job alone. */
function hearInterrupts(output: RunOutput) {
  const leave = new AbortController()
  let count = 0
  let first: (() => void) | undefined
  const onInterrupt = () => {
    count += 1
    if (count === 1) {
      if (first) first()
      else output.note('It is cancelled as soon as it is submitted. Ctrl-C again leaves it.')
      return
    }
    leave.abort()
    // What is on its way to the server is not waited for.
    if (!first) process.exit(EXIT.interrupted)
  }
  const onHangUp = () => leave.abort()
  process.on('SIGINT', onInterrupt)
  process.on('SIGTERM', onInterrupt)
  process.on('SIGHUP', onHangUp)
  return {
    signal: leave.signal,
    onFirst(listener: () => void) {
      first = listener
      if (count > 0) listener()
    },
    stop() {
      process.off('SIGINT', onInterrupt)
      process.off('SIGTERM', onInterrupt)
      process.off('SIGHUP', onHangUp)
    },
  }
}
