// All that the graph tells of what is kept, to hold one stack against another.
import type { World } from '../testing.ts'

const QUESTIONS = {
  jobs: `{ jobs(first: 100) { nodes {
    id name state priority account submittedBy createdAt startedAt finishedAt reason commandLine env
    runs { id attempt state exitCode reason startedAt finishedAt gpus { uuid name } log { ended chunks { text } } usage { gpuSeconds provisional } }
    events { type at } usage { gpuSeconds provisional cost { amount currency } }
  } } }`,
  people: `{ apiTokens { id name owner scopes expiresAt revokedAt } secrets { account name updatedBy }
    webhooks { id url eventTypes failures deliveries { nodes { id eventType deliveredAt } } }
    templates { name description command } schedules { name cron enabled } }`,
  audit: `{ auditLog(first: 200) { nodes { id at who action arguments outcome } } }`,
  gpus: `{ gpus { nodes { id uuid name simulated totalMemoryMb runCounts { completed failed lost } } }
    workers { nodes { id hostname } } }`,
  usage: `{ usage(groupBy: [ACCOUNT, USER]) { rows { account user usage { gpuSeconds cost { amount currency } } } }
    prices { model perGpuHour currency validFrom setBy } budgets { account } closedPeriods { month } }`,
}

export type Told = Record<keyof typeof QUESTIONS, Record<string, unknown>>

/** @throws Error where a question has no whole answer */
export async function whatIsTold(world: World): Promise<Told> {
  const ask = async (query: string) => {
    const { data, errors } = await world.graphql(query)
    if (!data || errors) throw new Error(`${query}: ${JSON.stringify(errors)}`)
    return data
  }
  const { jobs, people, audit, gpus, usage } = QUESTIONS
  return {
    jobs: await ask(jobs),
    people: await ask(people),
    audit: await ask(audit),
    gpus: await ask(gpus),
    usage: await ask(usage),
  }
}
