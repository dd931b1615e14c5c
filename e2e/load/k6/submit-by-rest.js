// Scripts that submit a job by REST, and ask what became of it.
import { sleep } from 'k6'
import { load, rest } from './client.js'

export const options = load()

export default function () {
  const job = rest('POST', '/jobs', 201, { name: 'k6', params: { command: ['true'] } })
  if (job?.id) rest('GET', `/jobs/${job.id}`, 200)
  sleep(1)
}
