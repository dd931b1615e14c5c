// From what a person typed to the input of the mutation, with what is wrong on the way.
import type { SaveScheduleInput, SubmitJobInput } from '../generated/documents.ts'
import { parseArgv } from './argv.ts'
import type { FieldName, JobForm, Problems } from './job-form.ts'
import { words } from './words.ts'
import { type Lines, readLabels, readMounts, readSweep, readVariables, readWords } from './written-lists.ts'

type NumberField =
  | 'gpuCount'
  | 'gpuMemory'
  | 'priority'
  | 'timeout'
  | 'maxIdle'
  | 'retries'
  | 'backoff'
  | 'maxBackoff'
  | 'warningSeconds'
  | 'memoryLimit'
  | 'cpuLimit'
  | 'arrayCount'
  | 'maxParallel'

type LinesField = 'env' | 'labels' | 'mounts' | 'sweep'

/** The input, or what keeps it from being made. The server looks at everything again. */
export function buildInput(form: JobForm): { input: SubmitJobInput } | { problems: Problems } {
  const problems: Problems = {}
  const read = readerOf(form, problems)
  const input: SubmitJobInput = {
    ...(form.template ? { template: form.template, arguments: filledIn(form.arguments) } : readCommand(form, problems)),
    ...given('name', form.name.trim()),
    gpus: {
      ...given('count', read.whole('gpuCount')),
      ...given('minMemoryMb', read.whole('gpuMemory')),
      ...given('model', form.gpuModel.trim()),
      ...given('minComputeCapability', form.gpuCapability.trim()),
    },
    ...given('env', filled(read.lines('env', readVariables))),
    ...given('account', form.account.trim()),
    ...given('priority', read.whole('priority')),
    ...given('timeoutSeconds', read.whole('timeout')),
    ...given('maxIdleSeconds', read.whole('maxIdle')),
    ...given('maxRetries', read.whole('retries')),
    ...given('retry', readRetry(form, read)),
    ...given('workingDirectory', form.directory.trim()),
    ...given('dependsOn', filled(readWords(form.dependsOn))),
    ...given('after', filled(readWords(form.after))),
    ...given('startAt', readTime(form.startAt, problems)),
    ...(form.preemptible && { preemptible: true }),
    ...given('warning', readWarning(form, read)),
    ...given('workerLabels', filled(read.lines('labels', readLabels))),
    ...given('container', readContainer(form, read)),
    ...given(
      'limits',
      filled({ ...given('memoryMb', read.whole('memoryLimit')), ...given('cpus', read.number('cpuLimit')) }),
    ),
    ...given('secrets', filled(readWords(form.secrets))),
    ...given('array', readArray(read)),
  }
  return Object.keys(problems).length > 0 ? { problems } : { input }
}

/** The schedule that the form is about, where it is about one; `job` is what it submits. */
export function scheduleOf(form: JobForm, job: SubmitJobInput): SaveScheduleInput | undefined {
  const [name, cron, timeZone] = [form.scheduleName.trim(), form.cron.trim(), form.timeZone.trim()]
  if (name === '' && cron === '') return undefined
  return {
    name,
    cron,
    ...given('timeZone', timeZone),
    ...(form.skipWhileRunning && { skipWhileRunning: true }),
    job,
  }
}

interface Reader {
  whole(field: NumberField): number | undefined
  number(field: NumberField): number | undefined
  lines<Read>(field: LinesField, read: (text: string) => Lines<Read>): Read | undefined
  refuse(field: FieldName, problem: string): void
}

/** Reads fields, and notes what is wrong with them in `problems`. */
function readerOf(form: JobForm, problems: Problems): Reader {
  const number = (field: NumberField, isOne: (value: number) => boolean, say: (label: string) => string) => {
    const text = form[field].trim()
    if (text === '') return undefined
    if (isOne(Number(text))) return Number(text)
    problems[field] = say(words.fields[field])
    return undefined
  }
  return {
    whole: (field) => number(field, Number.isSafeInteger, words.problems.whole),
    number: (field) => number(field, Number.isFinite, words.problems.number),
    lines(field, read) {
      const found = read(form[field])
      if ('read' in found) return found.read
      problems[field] = words.problems.line[field](found.faultyLine)
      return undefined
    },
    refuse(field, problem) {
      problems[field] = problem
    },
  }
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

function readRetry(form: JobForm, read: Reader): SubmitJobInput['retry'] {
  const codes = readWords(form.exitCodes).map(Number)
  if (!codes.every(Number.isSafeInteger)) read.refuse('exitCodes', words.problems.exitCodes)
  return filled({
    ...given('exitCodes', filled(codes)),
    ...given('backoffSeconds', read.whole('backoff')),
    ...given('maxBackoffSeconds', read.whole('maxBackoff')),
  })
}

function readWarning(form: JobForm, read: Reader): SubmitJobInput['warning'] {
  const signal = form.warningSignal.trim()
  const seconds = read.whole('warningSeconds')
  if (seconds !== undefined) return { ...given('signal', signal), seconds }
  if (signal !== '' && form.warningSeconds.trim() === '') read.refuse('warningSeconds', words.problems.warning)
  return undefined
}

function readContainer(form: JobForm, read: Reader): SubmitJobInput['container'] {
  const image = form.image.trim()
  const mounts = filled(read.lines('mounts', readMounts))
  if (image !== '') return { image, ...given('mounts', mounts) }
  if (mounts) read.refuse('image', words.problems.image)
  return undefined
}

function readArray(read: Reader): SubmitJobInput['array'] {
  return filled({
    ...given('count', read.whole('arrayCount')),
    ...given('sweep', filled(read.lines('sweep', readSweep))),
    ...given('maxParallel', read.whole('maxParallel')),
  })
}

function readTime(text: string, problems: Problems): string | undefined {
  if (text === '') return undefined
  const time = new Date(text)
  if (!Number.isNaN(time.getTime())) return time.toISOString()
  problems.startAt = words.problems.time
  return undefined
}

/** Undefined where there is nothing in it. */
function filled<Whole extends object>(whole: Whole | undefined): Whole | undefined {
  return whole && Object.keys(whole).length > 0 ? whole : undefined
}

/** `{[name]: value}`, or nothing where the value is absent or empty: the server's default then holds. */
function given<Name extends string, Value>(name: Name, value: Value | undefined | ''): { [Key in Name]?: Value } {
  const entry: { [Key in Name]?: Value } = {}
  if (value !== undefined && value !== '') entry[name] = value
  return entry
}
