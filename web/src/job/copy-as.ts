// A job's input as others take it: for a shell, for the graph, for Python. YAML is in copy-dialog.tsx, as its writer
// is loaded with that alone.
import type { SubmitJobInput } from '../generated/documents.ts'

/** One command of a POSIX shell that submits the job by REST. The token is taken from the environment. */
export function asCurl(input: SubmitJobInput, origin: string): string {
  return [
    `curl --fail-with-body -X POST ${quoted(`${origin}/jobs`)}`,
    `-H "Authorization: Bearer $CONSTELLATION_TOKEN"`,
    `-H 'Content-Type: application/json'`,
    // What follows --data-raw is taken as it stands, also where it begins with an @.
    `--data-raw ${quoted(JSON.stringify(restOf(input), null, 2))}`,
  ].join(' \\\n  ')
}

const MUTATION = `mutation Submit($input: SubmitJobInput!) {
  submitJob(input: $input) {
    job { id name state }
    problems { path message }
  }
}`

/** The body of a request to the graph. */
export function asGraphql(input: SubmitJobInput): string {
  return JSON.stringify({ query: MUTATION, variables: { input } }, null, 2)
}

/** A script of Python's own library. The token is taken from the environment. */
export function asPython(input: SubmitJobInput, origin: string): string {
  return `import json
import os
import urllib.request

job = ${literal(restOf(input), '')}

request = urllib.request.Request(
    ${JSON.stringify(`${origin}/jobs`)},
    data=json.dumps(job).encode(),
    headers={
        "Authorization": "Bearer " + os.environ["CONSTELLATION_TOKEN"],
        "Content-Type": "application/json",
    },
)
with urllib.request.urlopen(request) as answer:
    print(json.load(answer)["id"])
`
}

/** A word of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** What is said of every job, beside its specification. */
const COMMON = new Set(['name', 'priority', 'account', 'dependsOn', 'after', 'array', 'startAt'])

/** The same job as REST takes it: of a specification, with names in snake case. */
function restOf({ env, workerLabels, ...input }: SubmitJobInput): object {
  const named = Object.entries(input)
  const pick = (common: boolean) =>
    Object.fromEntries(named.filter(([name]) => COMMON.has(name) === common).map(([k, v]) => [snake(k), snaked(v)]))
  const params = {
    ...pick(false),
    // What stands in these is named by who submitted it.
    ...(env && { env }),
    ...(workerLabels && { worker_labels: workerLabels }),
  }
  return { ...pick(true), params }
}

function snaked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snaked)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [snake(name), snaked(inner)]))
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** What JSON holds, as Python writes it. JSON's texts are Python's, but for half characters. */
function literal(value: unknown, indent: string): string {
  const inner = `${indent}    `
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (value === null || value === undefined) return 'None'
  if (Array.isArray(value)) return `[${value.map((each) => literal(each, indent)).join(', ')}]`
  if (typeof value !== 'object') return JSON.stringify(value)
  const entries = Object.entries(value).map(
    ([name, each]) => `${inner}${JSON.stringify(name)}: ${literal(each, inner)},`,
  )
  return entries.length === 0 ? '{}' : `{\n${entries.join('\n')}\n${indent}}`
}
