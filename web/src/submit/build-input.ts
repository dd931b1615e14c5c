// From what a person typed to the input of the mutation, with what is wrong on the way.
import type { SubmitJobInput } from '../generated/documents.ts'
import { parseArgv } from './argv.ts'
import { words } from './words.ts'

/** The form as it is typed: everything is text. */
export interface JobForm {
  /** The name of a template, or empty for a command. */
  template: string
  arguments: Record<string, string>
  name: string
  command: string
  shell: boolean
  gpuCount: string
  gpuMemory: string
  gpuModel: string
  env: string
  account: string
  priority: string
  timeout: string
  maxIdle: string
  retries: string
  directory: string
  /** Ids of jobs, with spaces or commas between them. */
  dependsOn: string
  /** As the browser's own field has it, in the reader's time zone. */
  startAt: string
  preemptible: boolean
  image: string
  memoryLimit: string
  /** Names, with spaces or commas between them. */
  secrets: string
  arrayCount: string
}

/** The fields that a problem can stand at; `form` is the whole. A template's arguments are `arguments.NAME`. */
export type FieldName = Exclude<keyof JobForm, 'arguments'> | 'form' | `arguments.${string}`

export type Problems = Partial<Record<FieldName, string>>

export const EMPTY_FORM: JobForm = {
  template: '',
  arguments: {},
  name: '',
  command: '',
  shell: false,
  gpuCount: '1',
  gpuMemory: '',
  gpuModel: '',
  env: '',
  account: '',
  priority: '',
  timeout: '',
  maxIdle: '',
  retries: '',
  directory: '',
  dependsOn: '',
  startAt: '',
  preemptible: false,
  image: '',
  memoryLimit: '',
  secrets: '',
  arrayCount: '',
}

type WholeField =
  | 'gpuCount'
  | 'gpuMemory'
  | 'priority'
  | 'timeout'
  | 'maxIdle'
  | 'retries'
  | 'memoryLimit'
  | 'arrayCount'

/** The input, or what keeps it from being made. The server looks at everything again. */
export function buildInput(form: JobForm): { input: SubmitJobInput } | { problems: Problems } {
  const problems: Problems = {}
  const env = readEnv(form.env, problems)
  const whole = (field: WholeField) =>
    readWhole(form[field], words.fields[field], (problem) => {
      problems[field] = problem
    })
  const [image, memoryMb, count] = [form.image.trim(), whole('memoryLimit'), whole('arrayCount')]
  const input: SubmitJobInput = {
    ...(form.template ? { template: form.template, arguments: filledIn(form.arguments) } : readCommand(form, problems)),
    ...given('name', form.name.trim()),
    gpus: {
      ...given('count', whole('gpuCount')),
      ...given('minMemoryMb', whole('gpuMemory')),
      ...given('model', form.gpuModel.trim()),
    },
    ...(Object.keys(env).length > 0 && { env }),
    ...given('account', form.account.trim()),
    ...given('priority', whole('priority')),
    ...given('timeoutSeconds', whole('timeout')),
    ...given('maxIdleSeconds', whole('maxIdle')),
    ...given('maxRetries', whole('retries')),
    ...given('workingDirectory', form.directory.trim()),
    ...given('dependsOn', listed(form.dependsOn)),
    ...given('startAt', readTime(form.startAt, problems)),
    ...(form.preemptible && { preemptible: true }),
    ...(image && { container: { image } }),
    ...(memoryMb !== undefined && { limits: { memoryMb } }),
    ...given('secrets', listed(form.secrets)),
    ...(count !== undefined && { array: { count } }),
  }
  return Object.keys(problems).length > 0 ? { problems } : { input }
}

/** An argument that was left empty takes its default, or is reported as missing by the server. */
function filledIn(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))
}

function readCommand(form: JobForm, problems: Problems): Pick<SubmitJobInput, 'command' | 'shell'> {
  const line = form.command.trim()
  if (line === '') problems.command = words.problems.command
  if (form.shell) return { command: [line], shell: true }
  const parsed = parseArgv(line)
  if ('problem' in parsed) {
    problems.command = parsed.problem
    return {}
  }
  return { command: parsed.argv }
}

function readEnv(lines: string, problems: Problems): Record<string, string> {
  const env: Record<string, string> = {}
  for (const [index, line] of lines.split('\n').entries()) {
    if (line.trim() === '') continue
    const [, name, value = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w*)=(.*)$/.exec(line) ?? []
    if (name === undefined) problems.env ??= words.problems.env(index + 1)
    else env[name] = value
  }
  return env
}

function readWhole(text: string, label: string, onProblem: (problem: string) => void): number | undefined {
  if (text.trim() === '') return undefined
  const value = Number(text)
  if (Number.isSafeInteger(value)) return value
  onProblem(words.problems.whole(label))
  return undefined
}

/** The words of a list, or undefined where there is none. */
function listed(text: string): string[] | undefined {
  const found = text.split(/[\s,]+/).filter((word) => word !== '')
  return found.length > 0 ? found : undefined
}

function readTime(text: string, problems: Problems): string | undefined {
  if (text === '') return undefined
  const time = new Date(text)
  if (!Number.isNaN(time.getTime())) return time.toISOString()
  problems.startAt = words.problems.time
  return undefined
}

/** `{[name]: value}`, or nothing where the value is absent or empty: the server's default then holds. */
function given<Name extends string, Value>(name: Name, value: Value | undefined | ''): { [Key in Name]?: Value } {
  const entry: { [Key in Name]?: Value } = {}
  if (value !== undefined && value !== '') entry[name] = value
  return entry
}
