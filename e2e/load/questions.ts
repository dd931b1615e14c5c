// What clients ask most, by each of the ways in.
export interface Question {
  name: string
  method: 'GET' | 'POST'
  path: string
  /** Made anew for each request where no two may be the same. */
  body?: () => string
  /** Whether an answer is one: a graph says 200 to a fault, too. */
  isGood(body: string): boolean
}

const QUIET = { command: ['true'], gpus: { count: 0 } }

/** `jobId` is of a job that is there. */
export function questionsAbout(jobId: string): Question[] {
  return [
    graph(
      'one job by the graph',
      `query ($id: ID!) { job(id: $id) { id state runs { attempt } usage { gpuSeconds } } }`,
      {
        id: jobId,
      },
    ),
    graph('the newest jobs by the graph', `{ jobs(first: 20) { nodes { id name state account createdAt } } }`, {}),
    { name: 'one job by REST', method: 'GET', path: `/jobs/${jobId}`, isGood: (body) => body.includes(jobId) },
    graph('submit by the graph', `mutation ($input: SubmitJobInput!) { submitJob(input: $input) { job { id } } }`, {
      input: QUIET,
    }),
    {
      name: 'submit by REST',
      method: 'POST',
      path: '/jobs',
      body: () => JSON.stringify({ name: 'load', params: { command: ['true'] } }),
      isGood: (body) => body.includes('"id"'),
    },
  ]
}

function graph(name: string, query: string, variables: object): Question {
  const text = JSON.stringify({ query, variables })
  return {
    name,
    method: 'POST',
    path: '/graphql',
    body: () => text,
    isGood: (body) => body.includes('"data"') && !body.includes('"errors"'),
  }
}
