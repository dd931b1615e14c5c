// Where the form shows what the server found wrong with an input.
import type { FieldName, Problems } from './build-input.ts'

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
    case 'startAt':
    case 'preemptible':
    case 'secrets':
      return first
    case 'command':
    case 'shell':
      return usesTemplate ? 'form' : 'command'
    case 'gpus':
      return second === 'minMemoryMb' ? 'gpuMemory' : second === 'model' ? 'gpuModel' : 'gpuCount'
    case 'timeoutSeconds':
      return 'timeout'
    case 'maxIdleSeconds':
      return 'maxIdle'
    case 'maxRetries':
      return 'retries'
    case 'workingDirectory':
      return 'directory'
    case 'container':
      return 'image'
    case 'limits':
      return 'memoryLimit'
    case 'array':
      return 'arrayCount'
    case 'arguments':
      return second ? `arguments.${second}` : 'form'
    default:
      return 'form'
  }
}
