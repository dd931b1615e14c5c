// A whole job as YAML or JSON, as the graph has it or as REST has it.
import * as v from 'valibot'
import type { SubmitJobInput } from '../generated/documents.ts'
import { words } from './words.ts'

const texts = v.array(v.string())
/** YAML reads `LR: 0.1` as a number, and who wrote it meant the text. */
const values = v.pipe(
  v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])),
  v.transform((all) => Object.fromEntries(Object.entries(all).map(([name, value]) => [name, String(value)]))),
)
const optional = <Schema extends v.GenericSchema>(schema: Schema) => v.nullish(schema)

const submission = v.strictObject({
  name: optional(v.string()),
  command: optional(texts),
  shell: optional(v.boolean()),
  template: optional(v.string()),
  arguments: optional(values),
  gpus: optional(
    v.strictObject({
      count: optional(v.number()),
      minMemoryMb: optional(v.number()),
      model: optional(v.string()),
      minComputeCapability: optional(v.string()),
    }),
  ),
  env: optional(values),
  workingDirectory: optional(v.string()),
  account: optional(v.string()),
  priority: optional(v.number()),
  timeoutSeconds: optional(v.number()),
  maxIdleSeconds: optional(v.number()),
  maxRetries: optional(v.number()),
  retry: optional(
    v.strictObject({
      exitCodes: optional(v.array(v.number())),
      backoffSeconds: optional(v.number()),
      maxBackoffSeconds: optional(v.number()),
    }),
  ),
  dependsOn: optional(texts),
  after: optional(texts),
  array: optional(
    v.strictObject({
      count: optional(v.number()),
      sweep: optional(
        v.array(
          v.strictObject({
            name: v.string(),
            values: v.array(v.union([v.string(), v.pipe(v.number(), v.transform(String))])),
          }),
        ),
      ),
      maxParallel: optional(v.number()),
    }),
  ),
  startAt: optional(v.string()),
  preemptible: optional(v.boolean()),
  warning: optional(v.strictObject({ signal: optional(v.string()), seconds: v.number() })),
  workerLabels: optional(values),
  container: optional(
    v.strictObject({
      image: v.string(),
      mounts: optional(
        v.array(v.strictObject({ source: v.string(), target: v.string(), readOnly: optional(v.boolean()) })),
      ),
    }),
  ),
  limits: optional(v.strictObject({ memoryMb: optional(v.number()), cpus: optional(v.number()) })),
  secrets: optional(texts),
}) satisfies v.GenericSchema<unknown, SubmitJobInput>

/** More is no description of a job, in characters. */
const MOST_CHARACTERS = 1_000_000

/** The input, or in a sentence what is wrong with the text. `parse` reads YAML, of which JSON is a part. */
export function readPasted(
  text: string,
  parse: (text: string) => unknown,
): { input: SubmitJobInput } | { problem: string } {
  if (text.length > MOST_CHARACTERS) return { problem: words.paste.tooLong }
  const parsed = tryTo(() => parse(text))
  if ('problem' in parsed) return parsed
  if (typeof parsed.value !== 'object' || parsed.value === null) return { problem: words.paste.noJob }
  const read = v.safeParse(submission, fromRest(fromRequest(parsed.value)))
  if (!read.success) {
    const [issue] = read.issues
    return { problem: words.paste.wrong(v.getDotPath(issue) ?? '', issue.message) }
  }
  const { command, template } = read.output
  return command || template ? { input: read.output } : { problem: words.paste.noJob }
}

function tryTo(parse: () => unknown): { value: unknown } | { problem: string } {
  try {
    return { value: parse() }
  } catch (fault) {
    // What follows shows the line again, which stands above.
    return { problem: words.paste.unreadable(fault instanceof Error ? (fault.message.split('\n')[0] ?? '') : '') }
  }
}

/** Out of a whole request to the graph. */
function fromRequest(value: object): object {
  const input = objectIn(objectIn(value, 'variables'), 'input')
  return input ?? value
}

/** REST's form is the graph's, with the specification in `params`, names in snake case and shorter ways to say some things. */
function fromRest(value: object): object {
  const params = objectIn(value, 'params')
  if (!params) return value
  const { params: _, ...common } = { params, ...value }
  const {
    command,
    gpus,
    env,
    worker_labels: workerLabels,
    ...rest
  } = { command: undefined, gpus: undefined, env: undefined, worker_labels: undefined, ...params }
  if (command === undefined && 'name' in common) {
    const { name: template, ...more } = common
    return { ...camelled(more), template, arguments: params }
  }
  return {
    ...camelled({ ...common, ...rest }),
    command: typeof command === 'string' ? [command] : command,
    ...(gpus !== undefined && { gpus: typeof gpus === 'number' ? { count: gpus } : camelledAll(gpus) }),
    ...(env !== undefined && { env }),
    ...(workerLabels !== undefined && { workerLabels }),
  }
}

function objectIn(value: object | undefined, name: string): object | undefined {
  const inner: unknown = value && Reflect.get(value, name)
  return typeof inner === 'object' && inner !== null ? inner : undefined
}

function camelled(value: object): object {
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      camelledAll(inner),
    ]),
  )
}

function camelledAll(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelledAll)
  return typeof value === 'object' && value !== null ? camelled(value) : value
}
