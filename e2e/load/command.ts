// `npm run load`: how many questions a second the stack of this machine answers, and how fast. About a minute.
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { type Pressed, press } from './press.ts'
import { type Question, questionsAbout } from './questions.ts'

const options = v.object({
  gateway: v.pipe(v.string('No stack runs here: npm start, or give --gateway and --token-file.'), v.url()),
  'token-file': v.string(),
  connections: v.pipe(v.optional(v.string(), '16'), v.transform(Number), v.integer(), v.minValue(1), v.maxValue(1_000)),
  seconds: v.pipe(v.optional(v.string(), '10'), v.transform(Number), v.integer(), v.minValue(1), v.maxValue(600)),
})

type Options = v.InferOutput<typeof options>

async function main(): Promise<boolean> {
  const given = readOptions()
  const token = (await readFile(given['token-file'], 'utf8')).trim()
  const { connections, seconds, gateway: url } = given
  console.log(`Each question for ${seconds} s over ${connections} connections, to ${url}. What is submitted is run.\n`)
  console.log(line('question', 'req/s', 'p50 ms', 'p99 ms', 'errors'))
  let fine = true
  for (const question of questionsAbout(await submitOne(url, token))) {
    const pressed = await press(question, { url, token, connections, until: { seconds } })
    console.log(row(question, pressed))
    fine &&= pressed.bad === 0
  }
  return fine
}

function readOptions(): Options {
  const text = { type: 'string' } as const
  // The last of them is for others whom `with-stack.ts` tells of the stack.
  const known = { gateway: text, 'token-file': text, connections: text, seconds: text, 'worker-home': text }
  const { values } = parseArgs({ options: known })
  if (values.gateway === undefined || values['token-file'] === undefined) {
    throw new Error('No stack runs here. Start one with npm start, or name --gateway URL and --token-file FILE.')
  }
  const result = v.safeParse(options, values)
  if (result.success) return result.output
  throw new Error(result.issues.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`).join('\n'))
}

async function submitOne(url: string, token: string): Promise<string> {
  const answer = await fetch(`${url}/jobs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'load', params: { command: ['true'] } }),
  })
  if (!answer.ok) throw new Error(`${url} does not take a job: ${answer.status} ${await answer.text()}`)
  return v.parse(v.object({ id: v.string() }), await answer.json()).id
}

function row({ name }: Question, { perSecond, p50, p99, bad }: Pressed): string {
  return line(name, perSecond.toFixed(0), p50.toFixed(0), p99.toFixed(0), String(bad))
}

function line(name: string, ...figures: string[]): string {
  return name.padEnd(30) + figures.map((figure) => figure.padStart(9)).join('')
}

main().then(
  (fine) => {
    process.exitCode = fine ? 0 : 1
  },
  (error) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 2
  },
)
