// Scripts that submit a job by REST, and ask what became of it.
import { sleep } from 'k6'
import { load, rest } from './client.js'

export const options = load()

export default function () {
  const { id } = rest('POST', '/jobs', 201, { name: 'k6', params: { command: ['true'] } })
  rest('GET', `/jobs/${id}`, 200)
  sleep(1)
}
