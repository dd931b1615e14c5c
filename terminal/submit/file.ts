// Jobs written down as YAML or JSON: as the graph has them, as REST has them, or a list of either.
import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import * as v from 'valibot'
import { misused } from '../failure.ts'
import type { SubmitJobInput } from '../generated/documents.ts'

const texts = v.array(v.string())
/** YAML reads `LR: 0.1` as a number, and who wrote it meant the text. */
const value = v.pipe(v.union([v.string(), v.number(), v.boolean()]), v.transform(String))
const values = v.record(v.string(), value)

const job = v.strictObject({
  name: v.nullish(v.string()),
  command: v.nullish(texts),
  shell: v.nullish(v.boolean()),
  template: v.nullish(v.string()),
  arguments: v.nullish(values),
  gpus: v.nullish(
    v.strictObject({
      count: v.nullish(v.number()),
      minMemoryMb: v.nullish(v.number()),
      model: v.nullish(v.string()),
      minComputeCapability: v.nullish(value),
    }),
  ),
  env: v.nullish(values),
  workingDirectory: v.nullish(v.string()),
  account: v.nullish(v.string()),
  priority: v.nullish(v.number()),
  timeoutSeconds: v.nullish(v.number()),
  maxIdleSeconds: v.nullish(v.number()),
  maxRetries: v.nullish(v.number()),
  retry: v.nullish(
    v.strictObject({
      exitCodes: v.nullish(v.array(v.number())),
      backoffSeconds: v.nullish(v.number()),
      maxBackoffSeconds: v.nullish(v.number()),
    }),
  ),
  ref: v.nullish(v.string()),
  dependsOn: v.nullish(texts),
  after: v.nullish(texts),
  array: v.nullish(
    v.strictObject({
      count: v.nullish(v.number()),
      sweep: v.nullish(v.array(v.strictObject({ name: v.string(), values: v.array(value) }))),
      maxParallel: v.nullish(v.number()),
    }),
  ),
  startAt: v.nullish(v.string()),
  preemptible: v.nullish(v.boolean()),
  warning: v.nullish(v.strictObject({ signal: v.nullish(v.string()), seconds: v.number() })),
  workerLabels: v.nullish(values),
  container: v.nullish(
    v.strictObject({
      image: v.string(),
      mounts: v.nullish(
        v.array(v.strictObject({ source: v.string(), target: v.string(), readOnly: v.nullish(v.boolean()) })),
      ),
    }),
  ),
  limits: v.nullish(v.strictObject({ memoryMb: v.nullish(v.number()), cpus: v.nullish(v.number()) })),
  secrets: v.nullish(texts),
}) satisfies v.GenericSchema<unknown, SubmitJobInput>

/** More is no description of jobs, in characters. */
const MOST_CHARACTERS = 10_000_000
const MOST_JOBS = 1_000

/** The jobs of a file, `-` for stdin. @throws Failure which says what is wrong, and where */
export async function readJobFile(file: string): Promise<SubmitJobInput[]> {
  const content = await (file === '-' ? text(process.stdin) : readFile(file, 'utf8')).catch((error) => {
    throw misused(`${file} cannot be read: ${error instanceof Error ? error.message : error}`)
  })
  if (content.length > MOST_CHARACTERS) throw misused(`${file} is too large to be a job.`)
  const { parseAllDocuments } = await import('yaml')
  return jobsIn(file, parseAllDocuments(content))
}

interface Parsed {
  errors: readonly { message: string }[]
  toJS(): unknown
}

function jobsIn(file: string, documents: readonly Parsed[]): SubmitJobInput[] {
  const [fault] = documents.flatMap(({ errors }) => errors)
  if (fault) throw misused(`${file}: ${fault.message.split('\n')[0]}`)
  const found = documents.flatMap((document): unknown[] => {
    const content: unknown = document.toJS()
    return Array.isArray(content) ? content : [content]
  })
  if (found.length > MOST_JOBS)
    throw misused(`${file} has ${found.length} jobs; ${MOST_JOBS} can be submitted at once.`)
  return found.map((each, at) => readJob(found.length === 1 ? file : `${file}: ${at}`, each))
}

/** @throws Failure where it is no job */
export function readJob(where: string, content: unknown): SubmitJobInput {
  if (typeof content !== 'object' || content === null) throw misused(`${where} is no job: it has no fields.`)
  const read = v.safeParse(job, likeGraph(content))
  if (read.success) return read.output
  const [issue] = read.issues
  const at = v.getDotPath(issue)
  throw misused(`${where}: ${at === null ? '' : `${at}: `}${issue.message}`)
}

/** Names whose own names are their writer's. */
const FREE = new Set(['env', 'workerLabels', 'arguments'])

/** REST's form is the graph's, with the specification in `params`, names in snake case, and shorter ways to say some things. */
function likeGraph(content: object): object {
  const { params, ...common }: { params?: unknown } = content
  const spec = typeof params === 'object' && params !== null ? params : undefined
  // Of a template, REST has its values in `params`.
  if (spec && !('command' in spec) && 'name' in common) {
    const { name: template, ...rest } = common
    return { ...camelled(rest), template, arguments: spec }
  }
  const { gpus, command, ...job }: { gpus?: unknown; command?: unknown } = camelled({ ...common, ...spec })
  return {
    ...job,
    ...(command !== undefined && { command: typeof command === 'string' ? [command] : command }),
    ...(gpus !== undefined && { gpus: typeof gpus === 'number' ? { count: gpus } : gpus }),
  }
}

function camelled(object: object): object {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => {
      const camel = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
      return [camel, FREE.has(camel) ? value : camelledAll(value)]
    }),
  )
}

function camelledAll(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelledAll)
  return typeof value === 'object' && value !== null ? camelled(value) : value
}
