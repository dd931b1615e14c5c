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
  gpuCapability: string
  /** A line for each variable, as written-lists.ts has it; so are labels, mounts and the sweep. */
  env: string
  account: string
  priority: string
  timeout: string
  maxIdle: string
  retries: string
  /** Numbers, with spaces or commas between them. */
  exitCodes: string
  backoff: string
  maxBackoff: string
  warningSignal: string
  warningSeconds: string
  directory: string
  /** Ids of jobs, with spaces or commas between them. */
  dependsOn: string
  after: string
  /** As the browser's own field has it, in the reader's time zone. */
  startAt: string
  preemptible: boolean
  image: string
  mounts: string
  memoryLimit: string
  cpuLimit: string
  /** Names, with spaces or commas between them. */
  secrets: string
  labels: string
  arrayCount: string
  sweep: string
  maxParallel: string
  /** With a name, the job is submitted again and again. */
  scheduleName: string
  cron: string
  timeZone: string
  skipWhileRunning: boolean
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
  gpuCapability: '',
  env: '',
  account: '',
  priority: '',
  timeout: '',
  maxIdle: '',
  retries: '',
  exitCodes: '',
  backoff: '',
  maxBackoff: '',
  warningSignal: '',
  warningSeconds: '',
  directory: '',
  dependsOn: '',
  after: '',
  startAt: '',
  preemptible: false,
  image: '',
  mounts: '',
  memoryLimit: '',
  cpuLimit: '',
  secrets: '',
  labels: '',
  arrayCount: '',
  sweep: '',
  maxParallel: '',
  scheduleName: '',
  cron: '',
  timeZone: '',
  skipWhileRunning: false,
}

/** What every part of the form is given. */
export interface FormPart {
  form: JobForm
  change: (part: Partial<JobForm>) => void
  problem: (field: FieldName) => string | undefined
}
