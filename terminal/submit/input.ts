// The job that the options ask for.
import { readFile } from 'node:fs/promises'
import { type Call, has, readOption, textOf, textsOf } from '../command.ts'
import { readVariable } from '../config.ts'
import { Failure, misused } from '../failure.ts'
import type { SubmitJobInput } from '../generated/documents.ts'
import { instant, listed, megabytes, pairs, seconds, wholeNumber } from '../values.ts'

/** What options say of a job, beside the jobs that it waits for; only what is said is in it. */
export async function inputOf(call: Call): Promise<SubmitJobInput> {
  return given<SubmitJobInput>({
    name: textOf(call, 'name'),
    ...commandOf(call),
    gpus: gpusOf(call),
    env: await environmentOf(call),
    workingDirectory: textOf(call, 'workdir'),
    account: textOf(call, 'account'),
    priority: readOption(call, 'priority', (name, text) => wholeNumber(name, text, -1_000, 1_000)),
    timeoutSeconds: readOption(call, 'time', seconds),
    maxIdleSeconds: readOption(call, 'max-idle', seconds),
    maxRetries: readOption(call, 'retries', (name, text) => wholeNumber(name, text, 0, 1_000)),
    retry: retryOf(call),
    array: arrayOf(call),
    startAt: readOption(call, 'begin', instant),
    preemptible: has(call, 'preemptible') || undefined,
    warning: readOption(call, 'warn', warning),
    workerLabels: pairsOf(call, 'label'),
    container: containerOf(call),
    limits: some({
      memoryMb: readOption(call, 'memory', megabytes),
      cpus: readOption(call, 'cpus', positiveNumber),
    }),
    secrets: someOf(listed(textsOf(call, 'secret'))),
  })
}

function commandOf(call: Call): Pick<SubmitJobInput, 'command' | 'shell' | 'template' | 'arguments'> {
  const { words } = call.typed
  const template = textOf(call, 'template')
  if (template !== undefined && words.length > 0) throw misused('A job has a command or a template, not both.')
  const shell = has(call, 'shell')
  return given({
    command: words.length === 0 ? undefined : shell ? [words.join(' ')] : [...words],
    shell: shell || undefined,
    template,
    arguments: pairsOf(call, 'arg'),
  })
}

/** `2`, `a100:2`, and what else is said of them. */
function gpusOf(call: Call): SubmitJobInput['gpus'] {
  const [, model, count] = /^(?:(.+):)?([^:]*)$/.exec(textOf(call, 'gpus') ?? '') ?? []
  const more = some({
    model: textOf(call, 'gpu-model') ?? model,
    minMemoryMb: readOption(call, 'gpu-memory', megabytes),
    minComputeCapability: textOf(call, 'compute-capability'),
  })
  if (textOf(call, 'gpus') === undefined && more === undefined) return undefined
  return { count: textOf(call, 'gpus') === undefined ? 1 : wholeNumber('--gpus', count ?? '', 0, 10_000), ...more }
}

async function environmentOf(call: Call): Promise<Record<string, string> | undefined> {
  const files = await Promise.all(textsOf(call, 'env-file').map(readEnvironment))
  const named = textsOf(call, 'env').flatMap((text) => {
    if (text.includes('=')) return [text]
    const value = readVariable(text)
    return value === undefined ? [] : [`${text}=${value}`]
  })
  return some({ ...Object.assign({}, ...files), ...pairs('--env', named) })
}

async function readEnvironment(file: string): Promise<Record<string, string>> {
  const { parseEnv } = await import('node:util')
  try {
    const read = parseEnv(await readFile(file, 'utf8'))
    return Object.fromEntries(Object.entries(read).map(([name, value]) => [name, value ?? '']))
  } catch (cause) {
    throw new Failure('usage', `${file} cannot be read.`, { cause })
  }
}

function retryOf(call: Call): SubmitJobInput['retry'] {
  const codes = listed(textsOf(call, 'retry-on')).map((code) => wholeNumber('--retry-on', code, 1, 255))
  return some({
    exitCodes: someOf(codes),
    backoffSeconds: readOption(call, 'retry-delay', seconds),
    maxBackoffSeconds: readOption(call, 'retry-max-delay', seconds),
  })
}

/** `10`, `10%3`, or as Slurm has it `0-9%3`. */
function arrayOf(call: Call): SubmitJobInput['array'] {
  const text = textOf(call, 'array')
  const [, first, last, parallel] = /^(?:(0)-)?(\d{1,5})(?:%(\d{1,5}))?$/.exec(text ?? '') ?? []
  if (text !== undefined && last === undefined) throw misused(`--array must be such as 10, 10%3 or 0-9; it is ${text}.`)
  const sweep = Object.entries(pairs('--sweep', textsOf(call, 'sweep'))).map(([name, values]) => ({
    name,
    values: values.split(','),
  }))
  return some({
    count: last === undefined ? undefined : Number(last) + (first === undefined ? 0 : 1),
    sweep: someOf(sweep),
    maxParallel:
      readOption(call, 'max-parallel', (name, value) => wholeNumber(name, value, 1, 10_000)) ??
      (parallel === undefined ? undefined : Number(parallel)),
  })
}

/** `60`, `2m`, `USR1@60`, `SIGUSR1@60`. */
function warning(name: string, text: string): SubmitJobInput['warning'] {
  const [, signal, time = ''] = /^(?:([A-Za-z0-9]+)@)?(.+)$/.exec(text) ?? []
  return { seconds: seconds(name, time), ...(signal && { signal: `SIG${signal.toUpperCase().replace(/^SIG/, '')}` }) }
}

function containerOf(call: Call): SubmitJobInput['container'] {
  const image = textOf(call, 'image')
  const mounts = textsOf(call, 'volume').map((text) => {
    const [, source, target, mode] = /^([^:]+):([^:]+)(?::(ro|rw))?$/.exec(text) ?? []
    if (!source || !target) throw misused(`--volume must be such as /data:/data or /data:/data:ro; it is ${text}.`)
    return { source, target, readOnly: mode === 'ro' }
  })
  if (image === undefined && mounts.length > 0) throw misused('--volume goes with --image.')
  return image === undefined ? undefined : { image, ...(mounts.length > 0 && { mounts }) }
}

function positiveNumber(name: string, text: string): number {
  const value = Number(text)
  if (/^\d{1,6}(\.\d{1,3})?$/.test(text) && value > 0) return value
  throw misused(`${name} must be a number such as 1.5; it is ${JSON.stringify(text)}.`)
}

function pairsOf(call: Call, option: string): Record<string, string> | undefined {
  return some(pairs(`--${option}`, textsOf(call, option)))
}

/** The object without what is undefined. */
function given<T extends object>(object: { [Name in keyof T]: T[Name] | undefined }): T
function given(object: object): object {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))
}

/** The same, or undefined where nothing is left. */
function some<T extends object>(object: { [Name in keyof T]: T[Name] | undefined }): T | undefined {
  const left = given<T>(object)
  return Object.keys(left).length === 0 ? undefined : left
}

function someOf<T>(list: T[]): T[] | undefined {
  return list.length === 0 ? undefined : list
}
