// For tests: everything that the bridge can ask a graph for, in memory.
import { gpuFields } from './gpus.ts'
import { createTestGraph } from './graph.ts'
import { jobFields } from './job-fields.ts'
import { createJobs } from './jobs.ts'
import { usageFields } from './usage.ts'
import { webhookFields } from './webhooks.ts'

export function createWorld() {
  const jobs = createJobs()
  const asked: { field: string; args: object }[] = []
  let failure: Error | undefined

  return {
    ...jobs,
    asked,
    /** What every question to the graph fails with from now on. */
    failWith(error: Error | undefined) {
      failure = error
    },
    graph: createTestGraph(
      { ...jobFields(jobs), ...webhookFields(), ...gpuFields(), ...usageFields() },
      jobs.sources,
      (field, args) => {
        asked.push({ field, args })
        if (failure) throw failure
      },
    ),
  }
}
