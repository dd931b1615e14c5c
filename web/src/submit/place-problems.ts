// Where the form shows what the server found wrong with an input.
import type { FieldName, Problems } from './job-form.ts'

/** The server's problems, each at the field that its path is about. Several at one field become one text. */
export function placeProblems(found: readonly { path: string; message: string }[], usesTemplate: boolean): Problems {
  const problems: Problems = {}
  for (const { path, message } of found) {
    const field = fieldOf(path, usesTemplate)
    problems[field] = problems[field] === undefined ? message : `${problems[field]} ${message}`
  }
  return problems
}

/** The field for a path of the input, such as `gpus.count`, `command.0` or `arguments.epochs`. */
function fieldOf(path: string, usesTemplate: boolean): FieldName {
  const [first = '', second = ''] = path.replace(/^input\./, '').split('.')
  switch (first) {
    case 'name':
    case 'env':
    case 'account':
    case 'priority':
    case 'template':
    case 'dependsOn':
    case 'after':
    case 'startAt':
    case 'preemptible':
    case 'secrets':
      return first
    case 'command':
    case 'shell':
      return usesTemplate ? 'form' : 'command'
    case 'gpus':
    case 'array':
    case 'retry':
    case 'warning':
    case 'container':
    case 'limits':
      return INNER[first][second] ?? WHOLE[first]
    case 'timeoutSeconds':
      return 'timeout'
    case 'maxIdleSeconds':
      return 'maxIdle'
    case 'maxRetries':
      return 'retries'
    case 'workingDirectory':
      return 'directory'
    case 'workerLabels':
      return 'labels'
    case 'arguments':
      return second ? `arguments.${second}` : 'form'
    default:
      return 'form'
  }
}

type Nested = 'gpus' | 'array' | 'retry' | 'warning' | 'container' | 'limits'

/** Where what is about the whole of a group stands. */
const WHOLE: Readonly<Record<Nested, FieldName>> = {
  gpus: 'gpuCount',
  array: 'arrayCount',
  retry: 'backoff',
  warning: 'warningSeconds',
  container: 'image',
  limits: 'memoryLimit',
}

const INNER: Readonly<Record<Nested, Readonly<Record<string, FieldName>>>> = {
  gpus: { minMemoryMb: 'gpuMemory', model: 'gpuModel', minComputeCapability: 'gpuCapability' },
  array: { sweep: 'sweep', maxParallel: 'maxParallel' },
  retry: { exitCodes: 'exitCodes', maxBackoffSeconds: 'maxBackoff' },
  warning: { signal: 'warningSignal' },
  container: { mounts: 'mounts' },
  limits: { cpus: 'cpuLimit' },
}

/** The same of a schedule, whose own fields stand beside the job's. */
export function placeScheduleProblems(
  found: readonly { path: string; message: string }[],
  usesTemplate: boolean,
): Problems {
  const own: Readonly<Record<string, FieldName>> = { name: 'scheduleName', cron: 'cron', timeZone: 'timeZone' }
  const problems: Problems = {}
  for (const { path, message } of found) {
    const field = own[path.replace(/^input\./, '')] ?? fieldOf(path.replace(/^(input\.)?job\.?/, ''), usesTemplate)
    problems[field] = problems[field] === undefined ? message : `${problems[field]} ${message}`
  }
  return problems
}
