// People who submit a job by the graph, and ask what became of it.
import { sleep } from 'k6'
import { graph, load } from './client.js'

export const options = load()

const SUBMIT = `mutation ($input: SubmitJobInput!) {
  submitJob(input: $input) { job { id } problems { path message } }
}`
const ASK = `query ($id: ID!) { job(id: $id) { state runs { attempt exitCode } usage { gpuSeconds } } }`

export default function () {
  const id = graph(SUBMIT, { input: { name: 'k6', command: ['true'] } })?.submitJob.job?.id
  if (id) graph(ASK, { id })
  sleep(1)
}
