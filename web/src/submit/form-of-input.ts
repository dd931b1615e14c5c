// The form filled with an input: of a job that is to be submitted again, or of what was pasted.
import type { SubmitJobInput } from '../generated/documents.ts'
import { quoteArgv } from './argv.ts'
import { EMPTY_FORM, type JobForm } from './job-form.ts'
import { writeMounts, writeSweep, writeVariables } from './written-lists.ts'

/** `buildInput` of the form gives the input again, but for what a single job has no use for: its `ref`. */
export function formOfInput(input: SubmitJobInput): JobForm {
  const { gpus, retry, warning, container, limits, array } = input
  return {
    ...EMPTY_FORM,
    template: input.template ?? '',
    arguments: { ...input.arguments },
    name: input.name ?? '',
    command: input.shell ? (input.command ?? []).join(' ') : quoteArgv(input.command ?? []),
    shell: input.shell ?? false,
    // Without a word about GPUs there are none; with one, there is one by default.
    gpuCount: gpus ? said(gpus.count ?? 1) : '0',
    gpuMemory: said(gpus?.minMemoryMb),
    gpuModel: said(gpus?.model),
    gpuCapability: said(gpus?.minComputeCapability),
    env: writeVariables(input.env ?? {}),
    account: said(input.account),
    priority: said(input.priority),
    timeout: said(input.timeoutSeconds),
    maxIdle: said(input.maxIdleSeconds),
    retries: said(input.maxRetries),
    exitCodes: (retry?.exitCodes ?? []).join(' '),
    backoff: said(retry?.backoffSeconds),
    maxBackoff: said(retry?.maxBackoffSeconds),
    warningSignal: said(warning?.signal),
    warningSeconds: said(warning?.seconds),
    directory: said(input.workingDirectory),
    dependsOn: (input.dependsOn ?? []).join(' '),
    after: (input.after ?? []).join(' '),
    startAt: input.startAt ? localTime(new Date(input.startAt)) : '',
    preemptible: input.preemptible ?? false,
    image: said(container?.image),
    mounts: writeMounts(container?.mounts ?? []),
    memoryLimit: said(limits?.memoryMb),
    cpuLimit: said(limits?.cpus),
    secrets: (input.secrets ?? []).join(' '),
    labels: writeVariables(input.workerLabels ?? {}),
    arrayCount: said(array?.count),
    sweep: writeSweep(array?.sweep ?? []),
    maxParallel: said(array?.maxParallel),
  }
}

function said(value: string | number | null | undefined): string {
  return value == null ? '' : String(value)
}

/** As the browser's own field has it: `2026-03-01T18:30:05` in the reader's time zone; empty for what is no time. */
function localTime(time: Date): string {
  if (Number.isNaN(time.getTime())) return ''
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
  const seconds = time.getSeconds() === 0 ? '' : `:${two(time.getSeconds())}`
  return `${day}T${two(time.getHours())}:${two(time.getMinutes())}${seconds}`
}
