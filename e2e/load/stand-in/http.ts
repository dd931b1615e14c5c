// k6 asks and waits; Node does so in a process of its own.
import { spawnSync } from 'node:child_process'

interface Answer {
  status: number
  body: string
}

interface Settings {
  headers: Record<string, string>
}

const ASK = `
const { url, ...init } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'))
fetch(url, init).then(async (answer) => console.log(JSON.stringify({ status: answer.status, body: await answer.text() })))`

function request(method: string, url: string, body: string | null, { headers }: Settings): Answer {
  const input = JSON.stringify({ url, method, headers, ...(body !== null && { body }) })
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', ASK], { input, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  const answer: { status: number; body: string } = JSON.parse(stdout)
  return answer
}

function post(url: string, body: string, settings: Settings): Answer {
  return request('POST', url, body, settings)
}

export default { request, post }
