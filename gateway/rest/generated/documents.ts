/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Each job gets `CONSTELLATION_ARRAY_INDEX`, and a sweep's values as environment variables. `{{name}}` in the command stands for them. */
export type ArrayInput = {
  /** So many jobs; instead of `sweep`. */
  count?: number | null | undefined;
  /** So many of them at a time. */
  maxParallel?: number | null | undefined;
  /** One job for each combination of the values; 10000 at most. */
  sweep?: Array<SweepInput> | null | undefined;
};

/** What a job runs in. */
export type ContainerInput = {
  /** Such as `pytorch/pytorch:2.9`. */
  image: string;
  /** What of the worker it sees, up to 64; nothing by default. */
  mounts?: Array<MountInput> | null | undefined;
};

/** What happens to the runs that there are. */
export type CordonMode =
  /** No new runs; those that there are go on. */
  | 'CORDON'
  /** The present runs may end; then it is cordoned. */
  | 'DRAIN';

/** Which way an order goes. */
export type Direction =
  /** The least, the oldest or the first letter first. */
  | 'ASCENDING'
  /** The other way round. */
  | 'DESCENDING';

/** What was wrong. */
export type GpuFaultKind =
  /** Double-bit errors of its memory, since the driver was loaded. */
  | 'ECC'
  /** It does not answer any more. */
  | 'LOST'
  /** The driver asks for a reset, a reboot or a drain. */
  | 'RECOVERY_ACTION'
  /** A row of memory could not be remapped. */
  | 'REMAP_FAILED'
  /** A row of memory is to be remapped at the next reset. */
  | 'REMAP_PENDING'
  /** Processes use it that belong to no run. */
  | 'STRANGERS'
  /** It is about as warm as it may become. */
  | 'TEMPERATURE'
  /** The driver has reported something. */
  | 'XID';

/** What a fault means for the runs of a GPU. */
export type GpuFaultSeverity =
  /** The run that it has may end; then the GPU gets no other until this is cleared. */
  | 'DRAIN'
  /** The run that it has is ended and tried again elsewhere. */
  | 'FATAL'
  /** The program's own doing, or of no consequence: only noted. */
  | 'NOTE';

/** Which GPUs: those for which all that is given holds. */
export type GpuFilter = {
  /** Of one of these healths. */
  health?: Array<GpuHealth> | null | undefined;
  /** Part of the model's name, in any case. */
  name?: string | null | undefined;
  /** True for simulated ones, false for real ones. */
  simulated?: boolean | null | undefined;
  /** Of this worker. */
  workerId?: string | null | undefined;
};

/** What is held of a GPU by what it has reported. */
export type GpuHealth =
  /** The run that it had was ended, to be tried again elsewhere. */
  | 'FAILED'
  /** Nothing is wrong. */
  | 'HEALTHY'
  /** It may go on with the run that it has, and then gets no other. */
  | 'SUSPECT';

/** The GPUs that a job needs, all on one worker. */
export type GpuRequestInput = {
  /** How many: 0 to 64, 1 by default. */
  count?: number | null | undefined;
  /** The least CUDA compute capability, such as `8.0`. */
  minComputeCapability?: string | null | undefined;
  /** The least memory that each must have, in MiB; any by default. */
  minMemoryMb?: number | null | undefined;
  /** Part of the GPU's name, in any case: `A100`. */
  model?: string | null | undefined;
};

/** Of several that apply, the first of this list. */
export type GpuState =
  /** It gets runs, or has one. */
  | 'AVAILABLE'
  /** An operator keeps runs off it. */
  | 'CORDONED'
  /** An operator, or its health, lets its present run end. */
  | 'DRAINING'
  /** Its worker no longer finds it. */
  | 'MISSING'
  /** Processes use it that belong to no run. */
  | 'OCCUPIED'
  /** Its health keeps runs off it: `faults` tell why. */
  | 'UNHEALTHY'
  /** Its worker has not been heard of for 30 seconds. */
  | 'UNREACHABLE';

/** Which jobs: those for which all that is given holds. */
export type JobFilter = {
  /** Paid for by this account. */
  account?: string | null | undefined;
  /** The jobs of one array. */
  array?: string | null | undefined;
  /** Part of the name, in any case. */
  name?: string | null | undefined;
  /** In one of these states. */
  states?: Array<JobState> | null | undefined;
  /** Submitted by this user. */
  submittedBy?: string | null | undefined;
};

/** In which order jobs are listed. */
export type JobOrder = {
  /** What they are ordered by. */
  by: JobOrderField;
  /** The greatest or newest first, by default. */
  direction?: Direction;
};

/** What jobs are ordered by. */
export type JobOrderField =
  /** By when they were submitted. */
  | 'CREATED'
  /** Jobs that have not ended come last in either direction. */
  | 'FINISHED'
  /** By name. */
  | 'NAME'
  /** By priority. */
  | 'PRIORITY'
  /** By the start of the present or last attempt; jobs that have not started come last in either direction. */
  | 'STARTED';

/** What lists can be asked for beside `JobFilter`; the events of jobs do not tell of it. */
export type JobSearch = {
  /** Created before this instant. */
  createdBefore?: string | null | undefined;
  /** Created from this instant on. */
  createdFrom?: string | null | undefined;
  /** The jobs that had a run on this GPU. */
  gpu?: string | null | undefined;
  /** The GPU model as it was asked for, in any case. */
  gpuModel?: string | null | undefined;
  /** Made from this template. */
  template?: string | null | undefined;
  /**
   * Words, all of which must be in the job's name, command, user or account, in any case; of the command the first few
   * hundred characters count. One of a letter or two must begin a word. The beginning of a job's id finds it too, from 8
   * characters on.
   */
  text?: string | null | undefined;
};

/** Where a job stands. The last three are ends. */
export type JobState =
  /** Somebody asked for that, or what it depends on did not complete. */
  | 'CANCELLED'
  /** Its command ended with exit code 0. */
  | 'COMPLETED'
  /** Its last attempt failed, and no other follows. */
  | 'FAILED'
  /** It waits. */
  | 'QUEUED'
  /** An attempt at it is with a worker. */
  | 'RUNNING';

/** What a job may use, where its worker can hold it to that; null is as much as there is. */
export type LimitsInput = {
  /** How many processors' worth of time, from 0.01 on. */
  cpus?: number | null | undefined;
  /** In MiB, from 4 on. A run that uses more is ended as out of memory. */
  memoryMb?: number | null | undefined;
};

/** Where a piece of output came from. */
export type LogStream =
  /** Standard error. */
  | 'STDERR'
  /** Standard output. */
  | 'STDOUT'
  /** What the worker itself has to say. */
  | 'SYSTEM';

/** A directory of the worker in the container. */
export type MountInput = {
  /** Whether nothing can be written to it. No by default. */
  readOnly?: boolean | null | undefined;
  /** On the worker: an absolute path, which its operator allows. */
  source: string;
  /** In the container: an absolute path. */
  target: string;
};

/** What is to be in the file, and how it is written. */
export type RequestUsageExportInput = {
  /** Of what; of all that you may see by default. */
  filter?: UsageFilter | null | undefined;
  /** What the file is written as. */
  format: UsageExportFormat;
  /** Of full hours; of all time by default. FOCUS needs both ends, at most 400 days apart. */
  range?: TimeRangeInput | null | undefined;
};

/** Which failures are tried again, and how soon. */
export type RetryRulesInput = {
  /** How long the first retry waits, up to a day; each further one twice as long. 0 by default. */
  backoffSeconds?: number | null | undefined;
  /** From 1 to 255; an end by a signal counts as 128 and its number. */
  exitCodes?: Array<number> | null | undefined;
  /** An hour by default. */
  maxBackoffSeconds?: number | null | undefined;
};

/** What kind of end an attempt came to. */
export type RunOutcome =
  /** It was ended as somebody asked for it. */
  | 'CANCELLED'
  /** The process ended by itself: `exitCode` or `signal` say how. */
  | 'EXITED'
  /** One of its GPUs failed: the job is queued again, for another. */
  | 'GPU_FAILED'
  /** Its GPUs did nothing for longer than it allows itself. This is not tried again. */
  | 'IDLE'
  /** The command could not be started, so trying again is of no use. */
  | 'NOT_STARTED'
  /** It used more memory than it may, and was ended for that. */
  | 'OUT_OF_MEMORY'
  /** Ended as it was asked to by `PREEMPT`: the job is queued again. */
  | 'PREEMPTED'
  /** The worker lets go of the run, for no fault of the command: the job is queued again. */
  | 'RELEASED'
  /** It ran for longer than it may, and was ended. */
  | 'TIMED_OUT';

/** Where an attempt stands. */
export type RunState =
  /** It was ended as somebody asked for it. */
  | 'CANCELLED'
  /** Given to a worker; its process has not started. */
  | 'CLAIMED'
  /** It ended with exit code 0. */
  | 'COMPLETED'
  /** It ended by itself in another way, or over a limit of its own. */
  | 'FAILED'
  /** Its worker went away, or one of its GPUs failed. The job is queued again, and no retry is used up. */
  | 'LOST'
  /** It made room for a job of higher priority, and is queued again; no retry is used up. */
  | 'PREEMPTED'
  /** Its process has started. */
  | 'RUNNING';

/** Where a webhook leads, and what it hears of. */
export type SaveWebhookInput = {
  /** With the scope ACCOUNT: whose jobs. */
  account?: string | null | undefined;
  /** All of jobs where it is absent; `budget.crossed` only where it is named. */
  eventTypes?: Array<string> | null | undefined;
  /** The webhook that is replaced; without it one is added. */
  id?: string | null | undefined;
  /** OWN by default. */
  scope?: WebhookScope | null | undefined;
  /** `whsec_` and 24 to 64 bytes in base64; made where it is absent, and kept where a webhook is replaced. */
  secret?: string | null | undefined;
  /** Of http or https. Redirects are not followed, and private addresses are refused. */
  url: string;
};

/** What is asked for: a command, and all that it needs. Either `command` or `template` must be given. */
export type SubmitJobInput = {
  /** Who pays; by default the first account of the submitter. */
  account?: string | null | undefined;
  /** Jobs, likewise, that must have ended first, in whatever way. */
  after?: Array<string> | null | undefined;
  /** Values for the template's parameters. */
  arguments?: Record<string, string> | null | undefined;
  /** Makes one job for each element. */
  array?: ArrayInput | null | undefined;
  /** The program and its arguments. No shell reads them, unless `shell` is true. */
  command?: Array<string> | null | undefined;
  /** The image it runs in; by default it is a process on the worker itself. */
  container?: ContainerInput | null | undefined;
  /** Jobs, by id or by the `ref` of one in the same batch, that must complete first. If one does not, this job is cancelled. */
  dependsOn?: Array<string> | null | undefined;
  /** Variables of its environment. */
  env?: Record<string, string> | null | undefined;
  /** None by default. */
  gpus?: GpuRequestInput | null | undefined;
  /** What it may use of memory and processors; as much as there is by default. */
  limits?: LimitsInput | null | undefined;
  /** Ends it when its GPUs have done nothing for so long: from 60 seconds on. */
  maxIdleSeconds?: number | null | undefined;
  /** How many more attempts follow one that failed by itself: 0 to 100, none by default. */
  maxRetries?: number | null | undefined;
  /** Shown in lists; made from the command when absent. */
  name?: string | null | undefined;
  /** It may be ended, to be tried again later, in favour of a job of higher priority. No by default. */
  preemptible?: boolean | null | undefined;
  /** Higher goes first: -1000 to 1000, 0 by default. */
  priority?: number | null | undefined;
  /** Within `submitJobs`: the name by which other jobs of the batch depend on this one. */
  ref?: string | null | undefined;
  /** Which failures are tried again, and how soon; all, and at once by default. */
  retry?: RetryRulesInput | null | undefined;
  /** Names of the account's secrets; each becomes the environment variable of that name. */
  secrets?: Array<string> | null | undefined;
  /** `command` is then one line, run by `/bin/sh -c`. */
  shell?: boolean | null | undefined;
  /** It does not start before this. */
  startAt?: string | null | undefined;
  /** Makes the job from this template in place of `command`. */
  template?: string | null | undefined;
  /** Ends an attempt that runs for longer; no limit by default. */
  timeoutSeconds?: number | null | undefined;
  /** A signal before it is ended by preemption or by its time limit; none by default. */
  warning?: WarningInput | null | undefined;
  /** Labels that its worker must have. */
  workerLabels?: Record<string, string> | null | undefined;
  /** An absolute path on the worker, or in the container; by default a directory of the run's own. */
  workingDirectory?: string | null | undefined;
};

/** A variable, and the values that it takes one after the other. */
export type SweepInput = {
  /** Of an environment variable. */
  name: string;
  /** One after the other. */
  values: Array<string>;
};

/** What holds a GPU back. */
export type ThrottleReason =
  /** The hardware slows it, for whatever reason. */
  | 'HW_SLOWDOWN'
  /** It is too hot: the hardware halves its clocks, or worse. */
  | 'HW_THERMAL'
  /** The power supply told it to. */
  | 'POWER_BRAKE'
  /** It is at its limit of power. */
  | 'POWER_CAP'
  /** The driver keeps it from getting too hot. */
  | 'SW_THERMAL'
  /** It keeps in step with a slower GPU of its group. */
  | 'SYNC_BOOST';

/** Half open: `from` belongs to it, `to` does not. */
export type TimeRangeInput = {
  /** Where it begins; without it, with the first that there is. */
  from?: string | null | undefined;
  /** Where it ends; without it, now. */
  to?: string | null | undefined;
};

/** What is to change; what is left out stays. */
export type UpdateJobInput = {
  /** What it is called. */
  name?: string | null | undefined;
  /** From -1000 to 1000. */
  priority?: number | null | undefined;
};

/** What usage is summed by. */
export type UsageDimension =
  /** Who paid. */
  | 'ACCOUNT'
  /** The single GPU. */
  | 'GPU'
  /** The GPU's model. */
  | 'MODEL'
  /** How the attempt ended. */
  | 'OUTCOME'
  /** Who submitted. */
  | 'USER';

/** What a file of the ledger is written as. */
export type UsageExportFormat =
  /** The file format of Apache Arrow, also known as Feather 2. */
  | 'ARROW'
  /** Comma-separated values, with a line of names. */
  | 'CSV'
  /**
   * FOCUS 1.2, the cost and usage format of FinOps, as CSV: what is billed within the range. What goes on is not in it;
   * what was entered late of a closed month is, as a correction, where it was entered. For those who see all usage, idle
   * capacity is in it too, as rows of an account of its own.
   */
  | 'FOCUS'
  /** The same as Parquet. */
  | 'FOCUS_PARQUET'
  /** Apache Parquet. */
  | 'PARQUET';

/** How far an export is. */
export type UsageExportState =
  /** The file is removed. */
  | 'CANCELLED'
  /** The file can be fetched. */
  | 'DONE'
  /** It could not be written: `problem` says why. */
  | 'FAILED'
  /** It waits for others. */
  | 'QUEUED'
  /** It is being written. */
  | 'WRITING';

/** Names that are asked for; of several each. At most 100 of a kind. */
export type UsageFilter = {
  /** This account. */
  account?: string | null | undefined;
  /** One of these accounts. */
  accounts?: Array<string> | null | undefined;
  /** GPUs of one of these models. */
  models?: Array<string> | null | undefined;
  /** This user. */
  user?: string | null | undefined;
  /** One of these users. */
  users?: Array<string> | null | undefined;
};

/** Why a job waits. */
export type WaitReason =
  /** An attempt failed, and the next one waits. */
  | 'BACKOFF'
  /** Others go before it. */
  | 'BEHIND_OTHERS'
  /** A budget of its account is used up: it can start when that is raised, or the month has ended. */
  | 'BUDGET'
  /** All GPUs or slots that would do are in use. */
  | 'BUSY'
  /** A job that it depends on has not ended. */
  | 'DEPENDENCY'
  /** GPUs are kept for it until there are enough. */
  | 'GATHERING'
  /** No single worker has so many such GPUs. */
  | 'NOT_ENOUGH_GPUS'
  /** No worker can run containers. */
  | 'NO_CONTAINERS'
  /** No worker has a GPU of that model, memory or compute capability. */
  | 'NO_SUCH_GPU'
  /** No worker has those labels. */
  | 'NO_SUCH_LABELS'
  /** No worker is online. */
  | 'NO_WORKER'
  /** GPUs that would do are there, but out of service: cordoned, unhealthy or used by others. */
  | 'OUT_OF_SERVICE'
  /** Jobs of lower priority are being ended for it. */
  | 'PREEMPTING'
  /** Its account holds as many GPUs or runs as it may. */
  | 'QUOTA'
  /** GPUs that would do are free, and kept for a job that goes before it. */
  | 'RESERVED_FOR_OTHERS'
  /** It is about to be given to a worker. */
  | 'STARTING'
  /** Its start time has not come. */
  | 'START_TIME';

/** A signal that comes before the end. */
export type WarningInput = {
  /** How long before its end: 1 to 3600. */
  seconds: number;
  /** SIGUSR1 by default. */
  signal?: string | null | undefined;
};

/** Whose jobs a webhook hears of. */
export type WebhookScope =
  /** Those of an account, for its managers. */
  | 'ACCOUNT'
  /** All, for administrators. */
  | 'ALL'
  /** Those that its owner has submitted. */
  | 'OWN';

/** Whether a worker is heard of. */
export type WorkerState =
  /** Not heard of for 30 seconds. */
  | 'OFFLINE'
  /** Heard of within the last 30 seconds. */
  | 'ONLINE';

export type RestRunFragment = { id: string, attempt: number, state: RunState, exitCode: number | null, signal: string | null, outcome: RunOutcome | null, reason: string | null, startedAt: string | null, finishedAt: string | null, idleSince: string | null, gpus: Array<{ id: string, uuid: string, name: string, simulated: boolean }> | null, metrics: { meanUtilisationPercent: number | null, maxUtilisationPercent: number | null, peakMemoryMb: number | null, meanPowerWatts: number | null, maxPowerWatts: number | null, energyJoules: number | null, maxTemperatureC: number | null, throttledSeconds: number | null, throttleReasons: Array<ThrottleReason> | null, idleSeconds: number | null, xids: Array<number> | null } | null };

export type RestJobFragment = { id: string, name: string, state: JobState, version: number, priority: number, account: string, submittedBy: string, createdAt: string, startedAt: string | null, finishedAt: string | null, reason: string | null, cancelRequested: boolean, command: Array<string>, shell: boolean, env: Record<string, string>, workingDirectory: string | null, timeoutSeconds: number | null, maxIdleSeconds: number | null, maxRetries: number, preemptible: boolean, workerLabels: Record<string, string>, secrets: Array<string>, template: string | null, startAt: string | null, schedule: string | null, gpus: { count: number, minMemoryMb: number | null, model: string | null, minComputeCapability: string | null }, retry: { exitCodes: Array<number> | null, backoffSeconds: number, maxBackoffSeconds: number }, warning: { signal: string, seconds: number } | null, container: { image: string, mounts: Array<{ source: string, target: string, readOnly: boolean }> } | null, limits: { memoryMb: number | null, cpus: number | null }, array: { id: string, index: number, size: number } | null, dependsOn: Array<{ id: string }>, after: Array<{ id: string }>, runs: Array<{ id: string, attempt: number, state: RunState, exitCode: number | null, signal: string | null, outcome: RunOutcome | null, reason: string | null, startedAt: string | null, finishedAt: string | null, idleSince: string | null, gpus: Array<{ id: string, uuid: string, name: string, simulated: boolean }> | null, metrics: { meanUtilisationPercent: number | null, maxUtilisationPercent: number | null, peakMemoryMb: number | null, meanPowerWatts: number | null, maxPowerWatts: number | null, energyJoules: number | null, maxTemperatureC: number | null, throttledSeconds: number | null, throttleReasons: Array<ThrottleReason> | null, idleSeconds: number | null, xids: Array<number> | null } | null }> };

export type RestQueueFragment = { queue: { position: number | null, reason: WaitReason, message: string, eta: string | null } | null };

export type RestGetJobQueryVariables = Exact<{
  id: string;
}>;


export type RestGetJobQuery = { job: { id: string, name: string, state: JobState, version: number, priority: number, account: string, submittedBy: string, createdAt: string, startedAt: string | null, finishedAt: string | null, reason: string | null, cancelRequested: boolean, command: Array<string>, shell: boolean, env: Record<string, string>, workingDirectory: string | null, timeoutSeconds: number | null, maxIdleSeconds: number | null, maxRetries: number, preemptible: boolean, workerLabels: Record<string, string>, secrets: Array<string>, template: string | null, startAt: string | null, schedule: string | null, usage: { gpuSeconds: number } | null, gpus: { count: number, minMemoryMb: number | null, model: string | null, minComputeCapability: string | null }, retry: { exitCodes: Array<number> | null, backoffSeconds: number, maxBackoffSeconds: number }, warning: { signal: string, seconds: number } | null, container: { image: string, mounts: Array<{ source: string, target: string, readOnly: boolean }> } | null, limits: { memoryMb: number | null, cpus: number | null }, array: { id: string, index: number, size: number } | null, dependsOn: Array<{ id: string }>, after: Array<{ id: string }>, runs: Array<{ id: string, attempt: number, state: RunState, exitCode: number | null, signal: string | null, outcome: RunOutcome | null, reason: string | null, startedAt: string | null, finishedAt: string | null, idleSince: string | null, gpus: Array<{ id: string, uuid: string, name: string, simulated: boolean }> | null, metrics: { meanUtilisationPercent: number | null, maxUtilisationPercent: number | null, peakMemoryMb: number | null, meanPowerWatts: number | null, maxPowerWatts: number | null, energyJoules: number | null, maxTemperatureC: number | null, throttledSeconds: number | null, throttleReasons: Array<ThrottleReason> | null, idleSeconds: number | null, xids: Array<number> | null } | null }>, queue: { position: number | null, reason: WaitReason, message: string, eta: string | null } | null } | null };

export type RestListJobsQueryVariables = Exact<{
  filter?: JobFilter | null | undefined;
  search?: JobSearch | null | undefined;
  orderBy?: JobOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type RestListJobsQuery = { jobs: { nodes: Array<{ id: string, name: string, state: JobState, version: number, priority: number, account: string, submittedBy: string, createdAt: string, startedAt: string | null, finishedAt: string | null, reason: string | null, cancelRequested: boolean, command: Array<string>, shell: boolean, env: Record<string, string>, workingDirectory: string | null, timeoutSeconds: number | null, maxIdleSeconds: number | null, maxRetries: number, preemptible: boolean, workerLabels: Record<string, string>, secrets: Array<string>, template: string | null, startAt: string | null, schedule: string | null, usage: { gpuSeconds: number } | null, gpus: { count: number, minMemoryMb: number | null, model: string | null, minComputeCapability: string | null }, retry: { exitCodes: Array<number> | null, backoffSeconds: number, maxBackoffSeconds: number }, warning: { signal: string, seconds: number } | null, container: { image: string, mounts: Array<{ source: string, target: string, readOnly: boolean }> } | null, limits: { memoryMb: number | null, cpus: number | null }, array: { id: string, index: number, size: number } | null, dependsOn: Array<{ id: string }>, after: Array<{ id: string }>, runs: Array<{ id: string, attempt: number, state: RunState, exitCode: number | null, signal: string | null, outcome: RunOutcome | null, reason: string | null, startedAt: string | null, finishedAt: string | null, idleSince: string | null, gpus: Array<{ id: string, uuid: string, name: string, simulated: boolean }> | null, metrics: { meanUtilisationPercent: number | null, maxUtilisationPercent: number | null, peakMemoryMb: number | null, meanPowerWatts: number | null, maxPowerWatts: number | null, energyJoules: number | null, maxTemperatureC: number | null, throttledSeconds: number | null, throttleReasons: Array<ThrottleReason> | null, idleSeconds: number | null, xids: Array<number> | null } | null }>, queue: { position: number | null, reason: WaitReason, message: string, eta: string | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type RestSubmitJobMutationVariables = Exact<{
  input: SubmitJobInput;
  key?: string | null | undefined;
}>;


export type RestSubmitJobMutation = { submitJob: { replayed: boolean, job: { id: string, name: string, state: JobState, version: number, priority: number, account: string, submittedBy: string, createdAt: string, startedAt: string | null, finishedAt: string | null, reason: string | null, cancelRequested: boolean, command: Array<string>, shell: boolean, env: Record<string, string>, workingDirectory: string | null, timeoutSeconds: number | null, maxIdleSeconds: number | null, maxRetries: number, preemptible: boolean, workerLabels: Record<string, string>, secrets: Array<string>, template: string | null, startAt: string | null, schedule: string | null, gpus: { count: number, minMemoryMb: number | null, model: string | null, minComputeCapability: string | null }, retry: { exitCodes: Array<number> | null, backoffSeconds: number, maxBackoffSeconds: number }, warning: { signal: string, seconds: number } | null, container: { image: string, mounts: Array<{ source: string, target: string, readOnly: boolean }> } | null, limits: { memoryMb: number | null, cpus: number | null }, array: { id: string, index: number, size: number } | null, dependsOn: Array<{ id: string }>, after: Array<{ id: string }>, runs: Array<{ id: string, attempt: number, state: RunState, exitCode: number | null, signal: string | null, outcome: RunOutcome | null, reason: string | null, startedAt: string | null, finishedAt: string | null, idleSince: string | null, gpus: Array<{ id: string, uuid: string, name: string, simulated: boolean }> | null, metrics: { meanUtilisationPercent: number | null, maxUtilisationPercent: number | null, peakMemoryMb: number | null, meanPowerWatts: number | null, maxPowerWatts: number | null, energyJoules: number | null, maxTemperatureC: number | null, throttledSeconds: number | null, throttleReasons: Array<ThrottleReason> | null, idleSeconds: number | null, xids: Array<number> | null } | null }> } | null, problems: Array<{ path: string, message: string }> } };

export type RestSubmitJobsMutationVariables = Exact<{
  inputs: Array<SubmitJobInput> | SubmitJobInput;
  key?: string | null | undefined;
}>;


export type RestSubmitJobsMutation = { submitJobs: { replayed: boolean, jobs: Array<{ id: string, name: string, state: JobState, version: number, priority: number, account: string, submittedBy: string, createdAt: string, startedAt: string | null, finishedAt: string | null, reason: string | null, cancelRequested: boolean, command: Array<string>, shell: boolean, env: Record<string, string>, workingDirectory: string | null, timeoutSeconds: number | null, maxIdleSeconds: number | null, maxRetries: number, preemptible: boolean, workerLabels: Record<string, string>, secrets: Array<string>, template: string | null, startAt: string | null, schedule: string | null, gpus: { count: number, minMemoryMb: number | null, model: string | null, minComputeCapability: string | null }, retry: { exitCodes: Array<number> | null, backoffSeconds: number, maxBackoffSeconds: number }, warning: { signal: string, seconds: number } | null, container: { image: string, mounts: Array<{ source: string, target: string, readOnly: boolean }> } | null, limits: { memoryMb: number | null, cpus: number | null }, array: { id: string, index: number, size: number } | null, dependsOn: Array<{ id: string }>, after: Array<{ id: string }>, runs: Array<{ id: string, attempt: number, state: RunState, exitCode: number | null, signal: string | null, outcome: RunOutcome | null, reason: string | null, startedAt: string | null, finishedAt: string | null, idleSince: string | null, gpus: Array<{ id: string, uuid: string, name: string, simulated: boolean }> | null, metrics: { meanUtilisationPercent: number | null, maxUtilisationPercent: number | null, peakMemoryMb: number | null, meanPowerWatts: number | null, maxPowerWatts: number | null, energyJoules: number | null, maxTemperatureC: number | null, throttledSeconds: number | null, throttleReasons: Array<ThrottleReason> | null, idleSeconds: number | null, xids: Array<number> | null } | null }> }>, problems: Array<{ path: string, message: string }> } };

export type RestCheckJobQueryVariables = Exact<{
  input: SubmitJobInput;
}>;


export type RestCheckJobQuery = { checkJob: { possible: boolean, reason: WaitReason | null, message: string, eta: string | null, problems: Array<{ path: string, message: string }>, workers: Array<{ possible: boolean, gpusThatFit: number, gpusFree: number, reason: string | null, worker: { id: string } }> } };

export type RestUpdateJobMutationVariables = Exact<{
  id: string;
  input: UpdateJobInput;
  expectedVersion?: number | null | undefined;
}>;


export type RestUpdateJobMutation = { updateJob: { job: { id: string, name: string, state: JobState, version: number, priority: number, account: string, submittedBy: string, createdAt: string, startedAt: string | null, finishedAt: string | null, reason: string | null, cancelRequested: boolean, command: Array<string>, shell: boolean, env: Record<string, string>, workingDirectory: string | null, timeoutSeconds: number | null, maxIdleSeconds: number | null, maxRetries: number, preemptible: boolean, workerLabels: Record<string, string>, secrets: Array<string>, template: string | null, startAt: string | null, schedule: string | null, gpus: { count: number, minMemoryMb: number | null, model: string | null, minComputeCapability: string | null }, retry: { exitCodes: Array<number> | null, backoffSeconds: number, maxBackoffSeconds: number }, warning: { signal: string, seconds: number } | null, container: { image: string, mounts: Array<{ source: string, target: string, readOnly: boolean }> } | null, limits: { memoryMb: number | null, cpus: number | null }, array: { id: string, index: number, size: number } | null, dependsOn: Array<{ id: string }>, after: Array<{ id: string }>, runs: Array<{ id: string, attempt: number, state: RunState, exitCode: number | null, signal: string | null, outcome: RunOutcome | null, reason: string | null, startedAt: string | null, finishedAt: string | null, idleSince: string | null, gpus: Array<{ id: string, uuid: string, name: string, simulated: boolean }> | null, metrics: { meanUtilisationPercent: number | null, maxUtilisationPercent: number | null, peakMemoryMb: number | null, meanPowerWatts: number | null, maxPowerWatts: number | null, energyJoules: number | null, maxTemperatureC: number | null, throttledSeconds: number | null, throttleReasons: Array<ThrottleReason> | null, idleSeconds: number | null, xids: Array<number> | null } | null }> } | null, problems: Array<{ path: string, message: string }> } };

export type RestCancelJobMutationVariables = Exact<{
  id: string;
}>;


export type RestCancelJobMutation = { cancelJob: { job: { id: string, name: string, state: JobState, version: number, priority: number, account: string, submittedBy: string, createdAt: string, startedAt: string | null, finishedAt: string | null, reason: string | null, cancelRequested: boolean, command: Array<string>, shell: boolean, env: Record<string, string>, workingDirectory: string | null, timeoutSeconds: number | null, maxIdleSeconds: number | null, maxRetries: number, preemptible: boolean, workerLabels: Record<string, string>, secrets: Array<string>, template: string | null, startAt: string | null, schedule: string | null, gpus: { count: number, minMemoryMb: number | null, model: string | null, minComputeCapability: string | null }, retry: { exitCodes: Array<number> | null, backoffSeconds: number, maxBackoffSeconds: number }, warning: { signal: string, seconds: number } | null, container: { image: string, mounts: Array<{ source: string, target: string, readOnly: boolean }> } | null, limits: { memoryMb: number | null, cpus: number | null }, array: { id: string, index: number, size: number } | null, dependsOn: Array<{ id: string }>, after: Array<{ id: string }>, runs: Array<{ id: string, attempt: number, state: RunState, exitCode: number | null, signal: string | null, outcome: RunOutcome | null, reason: string | null, startedAt: string | null, finishedAt: string | null, idleSince: string | null, gpus: Array<{ id: string, uuid: string, name: string, simulated: boolean }> | null, metrics: { meanUtilisationPercent: number | null, maxUtilisationPercent: number | null, peakMemoryMb: number | null, meanPowerWatts: number | null, maxPowerWatts: number | null, energyJoules: number | null, maxTemperatureC: number | null, throttledSeconds: number | null, throttleReasons: Array<ThrottleReason> | null, idleSeconds: number | null, xids: Array<number> | null } | null }> } | null, problems: Array<{ path: string, message: string }> } };

export type RestCancelJobsMutationVariables = Exact<{
  ids: Array<string> | string;
}>;


export type RestCancelJobsMutation = { cancelJobs: { jobs: Array<{ id: string, name: string, state: JobState, version: number, priority: number, account: string, submittedBy: string, createdAt: string, startedAt: string | null, finishedAt: string | null, reason: string | null, cancelRequested: boolean, command: Array<string>, shell: boolean, env: Record<string, string>, workingDirectory: string | null, timeoutSeconds: number | null, maxIdleSeconds: number | null, maxRetries: number, preemptible: boolean, workerLabels: Record<string, string>, secrets: Array<string>, template: string | null, startAt: string | null, schedule: string | null, gpus: { count: number, minMemoryMb: number | null, model: string | null, minComputeCapability: string | null }, retry: { exitCodes: Array<number> | null, backoffSeconds: number, maxBackoffSeconds: number }, warning: { signal: string, seconds: number } | null, container: { image: string, mounts: Array<{ source: string, target: string, readOnly: boolean }> } | null, limits: { memoryMb: number | null, cpus: number | null }, array: { id: string, index: number, size: number } | null, dependsOn: Array<{ id: string }>, after: Array<{ id: string }>, runs: Array<{ id: string, attempt: number, state: RunState, exitCode: number | null, signal: string | null, outcome: RunOutcome | null, reason: string | null, startedAt: string | null, finishedAt: string | null, idleSince: string | null, gpus: Array<{ id: string, uuid: string, name: string, simulated: boolean }> | null, metrics: { meanUtilisationPercent: number | null, maxUtilisationPercent: number | null, peakMemoryMb: number | null, meanPowerWatts: number | null, maxPowerWatts: number | null, energyJoules: number | null, maxTemperatureC: number | null, throttledSeconds: number | null, throttleReasons: Array<ThrottleReason> | null, idleSeconds: number | null, xids: Array<number> | null } | null }> }>, problems: Array<{ path: string, message: string }> } };

export type RestRerunJobsMutationVariables = Exact<{
  ids: Array<string> | string;
  key?: string | null | undefined;
}>;


export type RestRerunJobsMutation = { rerunJobs: { replayed: boolean, jobs: Array<{ id: string, name: string, state: JobState, version: number, priority: number, account: string, submittedBy: string, createdAt: string, startedAt: string | null, finishedAt: string | null, reason: string | null, cancelRequested: boolean, command: Array<string>, shell: boolean, env: Record<string, string>, workingDirectory: string | null, timeoutSeconds: number | null, maxIdleSeconds: number | null, maxRetries: number, preemptible: boolean, workerLabels: Record<string, string>, secrets: Array<string>, template: string | null, startAt: string | null, schedule: string | null, gpus: { count: number, minMemoryMb: number | null, model: string | null, minComputeCapability: string | null }, retry: { exitCodes: Array<number> | null, backoffSeconds: number, maxBackoffSeconds: number }, warning: { signal: string, seconds: number } | null, container: { image: string, mounts: Array<{ source: string, target: string, readOnly: boolean }> } | null, limits: { memoryMb: number | null, cpus: number | null }, array: { id: string, index: number, size: number } | null, dependsOn: Array<{ id: string }>, after: Array<{ id: string }>, runs: Array<{ id: string, attempt: number, state: RunState, exitCode: number | null, signal: string | null, outcome: RunOutcome | null, reason: string | null, startedAt: string | null, finishedAt: string | null, idleSince: string | null, gpus: Array<{ id: string, uuid: string, name: string, simulated: boolean }> | null, metrics: { meanUtilisationPercent: number | null, maxUtilisationPercent: number | null, peakMemoryMb: number | null, meanPowerWatts: number | null, maxPowerWatts: number | null, energyJoules: number | null, maxTemperatureC: number | null, throttledSeconds: number | null, throttleReasons: Array<ThrottleReason> | null, idleSeconds: number | null, xids: Array<number> | null } | null }> }>, problems: Array<{ path: string, message: string }> } };

export type RestJobProgressSubscriptionVariables = Exact<{
  id: string;
}>;


export type RestJobProgressSubscription = { jobChanged: { id: string, state: JobState, runs: Array<{ id: string, attempt: number, state: RunState, exitCode: number | null }> } };

export type RestLogsKeptQueryVariables = Exact<{
  id: string;
}>;


export type RestLogsKeptQuery = { job: { runs: Array<{ attempt: number, log: { expired: boolean } }> } | null };

export type RestRunLogSubscriptionVariables = Exact<{
  runId: string;
  after: number;
  fromLine: number;
}>;


export type RestRunLogSubscription = { runLog: { seq: number, at: string, stream: LogStream, text: string, firstLine: number, end: boolean } };

export type RestJobChangedSubscriptionVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type RestJobChangedSubscription = { jobChanged: { id: string, name: string, state: JobState, version: number, priority: number, account: string, submittedBy: string, createdAt: string, startedAt: string | null, finishedAt: string | null, reason: string | null, cancelRequested: boolean, command: Array<string>, shell: boolean, env: Record<string, string>, workingDirectory: string | null, timeoutSeconds: number | null, maxIdleSeconds: number | null, maxRetries: number, preemptible: boolean, workerLabels: Record<string, string>, secrets: Array<string>, template: string | null, startAt: string | null, schedule: string | null, usage: { gpuSeconds: number } | null, gpus: { count: number, minMemoryMb: number | null, model: string | null, minComputeCapability: string | null }, retry: { exitCodes: Array<number> | null, backoffSeconds: number, maxBackoffSeconds: number }, warning: { signal: string, seconds: number } | null, container: { image: string, mounts: Array<{ source: string, target: string, readOnly: boolean }> } | null, limits: { memoryMb: number | null, cpus: number | null }, array: { id: string, index: number, size: number } | null, dependsOn: Array<{ id: string }>, after: Array<{ id: string }>, runs: Array<{ id: string, attempt: number, state: RunState, exitCode: number | null, signal: string | null, outcome: RunOutcome | null, reason: string | null, startedAt: string | null, finishedAt: string | null, idleSince: string | null, gpus: Array<{ id: string, uuid: string, name: string, simulated: boolean }> | null, metrics: { meanUtilisationPercent: number | null, maxUtilisationPercent: number | null, peakMemoryMb: number | null, meanPowerWatts: number | null, maxPowerWatts: number | null, energyJoules: number | null, maxTemperatureC: number | null, throttledSeconds: number | null, throttleReasons: Array<ThrottleReason> | null, idleSeconds: number | null, xids: Array<number> | null } | null }>, queue: { position: number | null, reason: WaitReason, message: string, eta: string | null } | null } };

export type RestJobsChangedSubscriptionVariables = Exact<{
  filter?: JobFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type RestJobsChangedSubscription = { jobsChanged: { id: string, name: string, state: JobState, version: number, priority: number, account: string, submittedBy: string, createdAt: string, startedAt: string | null, finishedAt: string | null, reason: string | null, cancelRequested: boolean, command: Array<string>, shell: boolean, env: Record<string, string>, workingDirectory: string | null, timeoutSeconds: number | null, maxIdleSeconds: number | null, maxRetries: number, preemptible: boolean, workerLabels: Record<string, string>, secrets: Array<string>, template: string | null, startAt: string | null, schedule: string | null, gpus: { count: number, minMemoryMb: number | null, model: string | null, minComputeCapability: string | null }, retry: { exitCodes: Array<number> | null, backoffSeconds: number, maxBackoffSeconds: number }, warning: { signal: string, seconds: number } | null, container: { image: string, mounts: Array<{ source: string, target: string, readOnly: boolean }> } | null, limits: { memoryMb: number | null, cpus: number | null }, array: { id: string, index: number, size: number } | null, dependsOn: Array<{ id: string }>, after: Array<{ id: string }>, runs: Array<{ id: string, attempt: number, state: RunState, exitCode: number | null, signal: string | null, outcome: RunOutcome | null, reason: string | null, startedAt: string | null, finishedAt: string | null, idleSince: string | null, gpus: Array<{ id: string, uuid: string, name: string, simulated: boolean }> | null, metrics: { meanUtilisationPercent: number | null, maxUtilisationPercent: number | null, peakMemoryMb: number | null, meanPowerWatts: number | null, maxPowerWatts: number | null, energyJoules: number | null, maxTemperatureC: number | null, throttledSeconds: number | null, throttleReasons: Array<ThrottleReason> | null, idleSeconds: number | null, xids: Array<number> | null } | null }> } };

export type RestGpuFragment = { id: string, uuid: string, name: string, index: number, totalMemoryMb: number, computeCapability: string | null, driverVersion: string | null, cudaVersion: string | null, pciBusId: string | null, simulated: boolean, state: GpuState, stateReason: string | null, health: GpuHealth, labels: Record<string, string>, cordon: { mode: CordonMode, reason: string, by: string, at: string } | null, mig: { parentUuid: string, gpuInstance: number, computeInstance: number } | null, nvlinkPeers: Array<{ uuid: string, links: number }>, faults: Array<{ id: string, kind: GpuFaultKind, xid: number | null, severity: GpuFaultSeverity, message: string, firstAt: string, lastAt: string, count: number, run: { id: string } | null }>, worker: { id: string, hostname: string, state: WorkerState }, currentRun: { id: string, job: { id: string } } | null, lastSample: { at: string, utilisationPercent: number | null, memoryUtilisationPercent: number | null, memoryUsedMb: number | null, powerWatts: number | null, powerLimitWatts: number | null, temperatureC: number | null, memoryTemperatureC: number | null, smClockMhz: number | null, memoryClockMhz: number | null, fanPercent: number | null, energyJoules: number | null, throttleReasons: Array<ThrottleReason> } | null };

export type RestListGpusQueryVariables = Exact<{
  filter?: GpuFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type RestListGpusQuery = { gpus: { nodes: Array<{ id: string, uuid: string, name: string, index: number, totalMemoryMb: number, computeCapability: string | null, driverVersion: string | null, cudaVersion: string | null, pciBusId: string | null, simulated: boolean, state: GpuState, stateReason: string | null, health: GpuHealth, labels: Record<string, string>, cordon: { mode: CordonMode, reason: string, by: string, at: string } | null, mig: { parentUuid: string, gpuInstance: number, computeInstance: number } | null, nvlinkPeers: Array<{ uuid: string, links: number }>, faults: Array<{ id: string, kind: GpuFaultKind, xid: number | null, severity: GpuFaultSeverity, message: string, firstAt: string, lastAt: string, count: number, run: { id: string } | null }>, worker: { id: string, hostname: string, state: WorkerState }, currentRun: { id: string, job: { id: string } } | null, lastSample: { at: string, utilisationPercent: number | null, memoryUtilisationPercent: number | null, memoryUsedMb: number | null, powerWatts: number | null, powerLimitWatts: number | null, temperatureC: number | null, memoryTemperatureC: number | null, smClockMhz: number | null, memoryClockMhz: number | null, fanPercent: number | null, energyJoules: number | null, throttleReasons: Array<ThrottleReason> } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type RestGetGpuQueryVariables = Exact<{
  id: string;
}>;


export type RestGetGpuQuery = { gpu: { id: string, uuid: string, name: string, index: number, totalMemoryMb: number, computeCapability: string | null, driverVersion: string | null, cudaVersion: string | null, pciBusId: string | null, simulated: boolean, state: GpuState, stateReason: string | null, health: GpuHealth, labels: Record<string, string>, cordon: { mode: CordonMode, reason: string, by: string, at: string } | null, mig: { parentUuid: string, gpuInstance: number, computeInstance: number } | null, nvlinkPeers: Array<{ uuid: string, links: number }>, faults: Array<{ id: string, kind: GpuFaultKind, xid: number | null, severity: GpuFaultSeverity, message: string, firstAt: string, lastAt: string, count: number, run: { id: string } | null }>, worker: { id: string, hostname: string, state: WorkerState }, currentRun: { id: string, job: { id: string } } | null, lastSample: { at: string, utilisationPercent: number | null, memoryUtilisationPercent: number | null, memoryUsedMb: number | null, powerWatts: number | null, powerLimitWatts: number | null, temperatureC: number | null, memoryTemperatureC: number | null, smClockMhz: number | null, memoryClockMhz: number | null, fanPercent: number | null, energyJoules: number | null, throttleReasons: Array<ThrottleReason> } | null } | null };

export type RestCordonGpuMutationVariables = Exact<{
  id: string;
  reason: string;
}>;


export type RestCordonGpuMutation = { cordonGpu: { gpu: { id: string, uuid: string, name: string, index: number, totalMemoryMb: number, computeCapability: string | null, driverVersion: string | null, cudaVersion: string | null, pciBusId: string | null, simulated: boolean, state: GpuState, stateReason: string | null, health: GpuHealth, labels: Record<string, string>, cordon: { mode: CordonMode, reason: string, by: string, at: string } | null, mig: { parentUuid: string, gpuInstance: number, computeInstance: number } | null, nvlinkPeers: Array<{ uuid: string, links: number }>, faults: Array<{ id: string, kind: GpuFaultKind, xid: number | null, severity: GpuFaultSeverity, message: string, firstAt: string, lastAt: string, count: number, run: { id: string } | null }>, worker: { id: string, hostname: string, state: WorkerState }, currentRun: { id: string, job: { id: string } } | null, lastSample: { at: string, utilisationPercent: number | null, memoryUtilisationPercent: number | null, memoryUsedMb: number | null, powerWatts: number | null, powerLimitWatts: number | null, temperatureC: number | null, memoryTemperatureC: number | null, smClockMhz: number | null, memoryClockMhz: number | null, fanPercent: number | null, energyJoules: number | null, throttleReasons: Array<ThrottleReason> } | null } } };

export type RestDrainGpuMutationVariables = Exact<{
  id: string;
  reason: string;
}>;


export type RestDrainGpuMutation = { drainGpu: { gpu: { id: string, uuid: string, name: string, index: number, totalMemoryMb: number, computeCapability: string | null, driverVersion: string | null, cudaVersion: string | null, pciBusId: string | null, simulated: boolean, state: GpuState, stateReason: string | null, health: GpuHealth, labels: Record<string, string>, cordon: { mode: CordonMode, reason: string, by: string, at: string } | null, mig: { parentUuid: string, gpuInstance: number, computeInstance: number } | null, nvlinkPeers: Array<{ uuid: string, links: number }>, faults: Array<{ id: string, kind: GpuFaultKind, xid: number | null, severity: GpuFaultSeverity, message: string, firstAt: string, lastAt: string, count: number, run: { id: string } | null }>, worker: { id: string, hostname: string, state: WorkerState }, currentRun: { id: string, job: { id: string } } | null, lastSample: { at: string, utilisationPercent: number | null, memoryUtilisationPercent: number | null, memoryUsedMb: number | null, powerWatts: number | null, powerLimitWatts: number | null, temperatureC: number | null, memoryTemperatureC: number | null, smClockMhz: number | null, memoryClockMhz: number | null, fanPercent: number | null, energyJoules: number | null, throttleReasons: Array<ThrottleReason> } | null } } };

export type RestReturnGpuMutationVariables = Exact<{
  id: string;
}>;


export type RestReturnGpuMutation = { returnGpu: { gpu: { id: string, uuid: string, name: string, index: number, totalMemoryMb: number, computeCapability: string | null, driverVersion: string | null, cudaVersion: string | null, pciBusId: string | null, simulated: boolean, state: GpuState, stateReason: string | null, health: GpuHealth, labels: Record<string, string>, cordon: { mode: CordonMode, reason: string, by: string, at: string } | null, mig: { parentUuid: string, gpuInstance: number, computeInstance: number } | null, nvlinkPeers: Array<{ uuid: string, links: number }>, faults: Array<{ id: string, kind: GpuFaultKind, xid: number | null, severity: GpuFaultSeverity, message: string, firstAt: string, lastAt: string, count: number, run: { id: string } | null }>, worker: { id: string, hostname: string, state: WorkerState }, currentRun: { id: string, job: { id: string } } | null, lastSample: { at: string, utilisationPercent: number | null, memoryUtilisationPercent: number | null, memoryUsedMb: number | null, powerWatts: number | null, powerLimitWatts: number | null, temperatureC: number | null, memoryTemperatureC: number | null, smClockMhz: number | null, memoryClockMhz: number | null, fanPercent: number | null, energyJoules: number | null, throttleReasons: Array<ThrottleReason> } | null } } };

export type RestUsageFragment = { gpuSeconds: number, runs: number, provisional: boolean, wastedGpuSeconds: number | null, utilisedGpuSeconds: number | null, measuredGpuSeconds: number | null, cost: Array<{ amount: string, currency: string }> | null };

export type RestAccountUsageQueryVariables = Exact<{
  account: string;
  range?: TimeRangeInput | null | undefined;
}>;


export type RestAccountUsageQuery = { usage: { asOf: string, rows: Array<{ user: string | null, model: string | null, usage: { gpuSeconds: number, runs: number, provisional: boolean, wastedGpuSeconds: number | null, utilisedGpuSeconds: number | null, measuredGpuSeconds: number | null, cost: Array<{ amount: string, currency: string }> | null } }>, total: { gpuSeconds: number, runs: number, provisional: boolean, wastedGpuSeconds: number | null, utilisedGpuSeconds: number | null, measuredGpuSeconds: number | null, cost: Array<{ amount: string, currency: string }> | null } } | null };

export type RestLeaderboardQueryVariables = Exact<{
  range?: TimeRangeInput | null | undefined;
  by: UsageDimension;
  first?: number | null | undefined;
}>;


export type RestLeaderboardQuery = { usageLeaderboard: Array<{ rank: number, key: string, usage: { asOf: string, gpuSeconds: number, runs: number, provisional: boolean, wastedGpuSeconds: number | null, utilisedGpuSeconds: number | null, measuredGpuSeconds: number | null, cost: Array<{ amount: string, currency: string }> | null } }> | null };

export type RestStatementQueryVariables = Exact<{
  account: string;
  month: string;
}>;


export type RestStatementQuery = { usageStatement: { html: string } | null };

export type RestExportFragment = { id: string, format: UsageExportFormat, requestedBy: string, from: string | null, to: string | null, state: UsageExportState, progress: number, rows: number | null, bytes: number | null, sha256: string | null, problem: string | null, completeFrom: string | null, createdAt: string, finishedAt: string | null, expiresAt: string | null, link: string | null, linkExpiresAt: string | null };

export type RestListExportsQueryVariables = Exact<{ [key: string]: never; }>;


export type RestListExportsQuery = { usageExports: Array<{ id: string, format: UsageExportFormat, requestedBy: string, from: string | null, to: string | null, state: UsageExportState, progress: number, rows: number | null, bytes: number | null, sha256: string | null, problem: string | null, completeFrom: string | null, createdAt: string, finishedAt: string | null, expiresAt: string | null, link: string | null, linkExpiresAt: string | null }> | null };

export type RestGetExportQueryVariables = Exact<{
  id: string;
}>;


export type RestGetExportQuery = { usageExport: { id: string, format: UsageExportFormat, requestedBy: string, from: string | null, to: string | null, state: UsageExportState, progress: number, rows: number | null, bytes: number | null, sha256: string | null, problem: string | null, completeFrom: string | null, createdAt: string, finishedAt: string | null, expiresAt: string | null, link: string | null, linkExpiresAt: string | null } | null };

export type RestRequestExportMutationVariables = Exact<{
  input: RequestUsageExportInput;
}>;


export type RestRequestExportMutation = { requestUsageExport: { id: string, format: UsageExportFormat, requestedBy: string, from: string | null, to: string | null, state: UsageExportState, progress: number, rows: number | null, bytes: number | null, sha256: string | null, problem: string | null, completeFrom: string | null, createdAt: string, finishedAt: string | null, expiresAt: string | null, link: string | null, linkExpiresAt: string | null } };

export type RestCancelExportMutationVariables = Exact<{
  id: string;
}>;


export type RestCancelExportMutation = { cancelUsageExport: { id: string } };

export type RestWebhookFragment = { id: string, url: string, owner: string, eventTypes: Array<string>, scope: WebhookScope, account: string | null, createdAt: string, failures: number, failingSince: string | null, disabledAt: string | null, whyDisabled: string | null };

export type RestListWebhooksQueryVariables = Exact<{ [key: string]: never; }>;


export type RestListWebhooksQuery = { webhooks: Array<{ id: string, url: string, owner: string, eventTypes: Array<string>, scope: WebhookScope, account: string | null, createdAt: string, failures: number, failingSince: string | null, disabledAt: string | null, whyDisabled: string | null }> | null };

export type RestGetWebhookQueryVariables = Exact<{
  id: string;
}>;


export type RestGetWebhookQuery = { webhook: { id: string, url: string, owner: string, eventTypes: Array<string>, scope: WebhookScope, account: string | null, createdAt: string, failures: number, failingSince: string | null, disabledAt: string | null, whyDisabled: string | null } | null };

export type RestSaveWebhookMutationVariables = Exact<{
  input: SaveWebhookInput;
}>;


export type RestSaveWebhookMutation = { saveWebhook: { secret: string | null, webhook: { id: string, url: string, owner: string, eventTypes: Array<string>, scope: WebhookScope, account: string | null, createdAt: string, failures: number, failingSince: string | null, disabledAt: string | null, whyDisabled: string | null } | null, problems: Array<{ path: string, message: string }> } };

export type RestDeleteWebhookMutationVariables = Exact<{
  id: string;
}>;


export type RestDeleteWebhookMutation = { deleteWebhook: boolean };

export type RestListDeliveriesQueryVariables = Exact<{
  id: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type RestListDeliveriesQuery = { webhook: { deliveries: { nodes: Array<{ id: string, eventType: string, createdAt: string, attempts: number, lastAt: string | null, nextAt: string | null, deliveredAt: string | null, lastStatus: number | null, lastError: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const RestRunFragmentDoc = new TypedDocumentString(`
    fragment RestRun on Run {
  id
  attempt
  state
  exitCode
  signal
  outcome
  reason
  startedAt
  finishedAt
  idleSince
  gpus {
    id
    uuid
    name
    simulated
  }
  metrics {
    meanUtilisationPercent
    maxUtilisationPercent
    peakMemoryMb
    meanPowerWatts
    maxPowerWatts
    energyJoules
    maxTemperatureC
    throttledSeconds
    throttleReasons
    idleSeconds
    xids
  }
}
    `, {"fragmentName":"RestRun"}) as unknown as TypedDocumentString<RestRunFragment, unknown>;
export const RestJobFragmentDoc = new TypedDocumentString(`
    fragment RestJob on Job {
  id
  name
  state
  version
  priority
  account
  submittedBy
  createdAt
  startedAt
  finishedAt
  reason
  cancelRequested
  command
  shell
  gpus {
    count
    minMemoryMb
    model
    minComputeCapability
  }
  env
  workingDirectory
  timeoutSeconds
  maxIdleSeconds
  maxRetries
  retry {
    exitCodes
    backoffSeconds
    maxBackoffSeconds
  }
  preemptible
  warning {
    signal
    seconds
  }
  workerLabels
  container {
    image
    mounts {
      source
      target
      readOnly
    }
  }
  limits {
    memoryMb
    cpus
  }
  secrets
  template
  array {
    id
    index
    size
  }
  dependsOn {
    id
  }
  after {
    id
  }
  startAt
  schedule
  runs {
    ...RestRun
  }
}
    fragment RestRun on Run {
  id
  attempt
  state
  exitCode
  signal
  outcome
  reason
  startedAt
  finishedAt
  idleSince
  gpus {
    id
    uuid
    name
    simulated
  }
  metrics {
    meanUtilisationPercent
    maxUtilisationPercent
    peakMemoryMb
    meanPowerWatts
    maxPowerWatts
    energyJoules
    maxTemperatureC
    throttledSeconds
    throttleReasons
    idleSeconds
    xids
  }
}`, {"fragmentName":"RestJob"}) as unknown as TypedDocumentString<RestJobFragment, unknown>;
export const RestQueueFragmentDoc = new TypedDocumentString(`
    fragment RestQueue on Job {
  queue {
    position
    reason
    message
    eta
  }
}
    `, {"fragmentName":"RestQueue"}) as unknown as TypedDocumentString<RestQueueFragment, unknown>;
export const RestGpuFragmentDoc = new TypedDocumentString(`
    fragment RestGpu on Gpu {
  id
  uuid
  name
  index
  totalMemoryMb
  computeCapability
  driverVersion
  cudaVersion
  pciBusId
  simulated
  state
  stateReason
  health
  cordon {
    mode
    reason
    by
    at
  }
  mig {
    parentUuid
    gpuInstance
    computeInstance
  }
  nvlinkPeers {
    uuid
    links
  }
  labels
  faults(open: true) {
    id
    kind
    xid
    severity
    message
    firstAt
    lastAt
    count
    run {
      id
    }
  }
  worker {
    id
    hostname
    state
  }
  currentRun {
    id
    job {
      id
    }
  }
  lastSample {
    at
    utilisationPercent
    memoryUtilisationPercent
    memoryUsedMb
    powerWatts
    powerLimitWatts
    temperatureC
    memoryTemperatureC
    smClockMhz
    memoryClockMhz
    fanPercent
    energyJoules
    throttleReasons
  }
}
    `, {"fragmentName":"RestGpu"}) as unknown as TypedDocumentString<RestGpuFragment, unknown>;
export const RestUsageFragmentDoc = new TypedDocumentString(`
    fragment RestUsage on Usage {
  gpuSeconds
  runs
  provisional
  cost {
    amount
    currency
  }
  wastedGpuSeconds
  utilisedGpuSeconds
  measuredGpuSeconds
}
    `, {"fragmentName":"RestUsage"}) as unknown as TypedDocumentString<RestUsageFragment, unknown>;
export const RestExportFragmentDoc = new TypedDocumentString(`
    fragment RestExport on UsageExport {
  id
  format
  requestedBy
  from
  to
  state
  progress
  rows
  bytes
  sha256
  problem
  completeFrom
  createdAt
  finishedAt
  expiresAt
  link
  linkExpiresAt
}
    `, {"fragmentName":"RestExport"}) as unknown as TypedDocumentString<RestExportFragment, unknown>;
export const RestWebhookFragmentDoc = new TypedDocumentString(`
    fragment RestWebhook on Webhook {
  id
  url
  owner
  eventTypes
  scope
  account
  createdAt
  failures
  failingSince
  disabledAt
  whyDisabled
}
    `, {"fragmentName":"RestWebhook"}) as unknown as TypedDocumentString<RestWebhookFragment, unknown>;
export const RestGetJobDocument = new TypedDocumentString(`
    query RestGetJob($id: ID!) {
  job(id: $id) {
    ...RestJob
    ...RestQueue
    usage {
      gpuSeconds
    }
  }
}
    fragment RestRun on Run {
  id
  attempt
  state
  exitCode
  signal
  outcome
  reason
  startedAt
  finishedAt
  idleSince
  gpus {
    id
    uuid
    name
    simulated
  }
  metrics {
    meanUtilisationPercent
    maxUtilisationPercent
    peakMemoryMb
    meanPowerWatts
    maxPowerWatts
    energyJoules
    maxTemperatureC
    throttledSeconds
    throttleReasons
    idleSeconds
    xids
  }
}
fragment RestJob on Job {
  id
  name
  state
  version
  priority
  account
  submittedBy
  createdAt
  startedAt
  finishedAt
  reason
  cancelRequested
  command
  shell
  gpus {
    count
    minMemoryMb
    model
    minComputeCapability
  }
  env
  workingDirectory
  timeoutSeconds
  maxIdleSeconds
  maxRetries
  retry {
    exitCodes
    backoffSeconds
    maxBackoffSeconds
  }
  preemptible
  warning {
    signal
    seconds
  }
  workerLabels
  container {
    image
    mounts {
      source
      target
      readOnly
    }
  }
  limits {
    memoryMb
    cpus
  }
  secrets
  template
  array {
    id
    index
    size
  }
  dependsOn {
    id
  }
  after {
    id
  }
  startAt
  schedule
  runs {
    ...RestRun
  }
}
fragment RestQueue on Job {
  queue {
    position
    reason
    message
    eta
  }
}`) as unknown as TypedDocumentString<RestGetJobQuery, RestGetJobQueryVariables>;
export const RestListJobsDocument = new TypedDocumentString(`
    query RestListJobs($filter: JobFilter, $search: JobSearch, $orderBy: JobOrder, $first: Int, $after: String) {
  jobs(
    filter: $filter
    search: $search
    orderBy: $orderBy
    first: $first
    after: $after
  ) {
    nodes {
      ...RestJob
      ...RestQueue
      usage {
        gpuSeconds
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment RestRun on Run {
  id
  attempt
  state
  exitCode
  signal
  outcome
  reason
  startedAt
  finishedAt
  idleSince
  gpus {
    id
    uuid
    name
    simulated
  }
  metrics {
    meanUtilisationPercent
    maxUtilisationPercent
    peakMemoryMb
    meanPowerWatts
    maxPowerWatts
    energyJoules
    maxTemperatureC
    throttledSeconds
    throttleReasons
    idleSeconds
    xids
  }
}
fragment RestJob on Job {
  id
  name
  state
  version
  priority
  account
  submittedBy
  createdAt
  startedAt
  finishedAt
  reason
  cancelRequested
  command
  shell
  gpus {
    count
    minMemoryMb
    model
    minComputeCapability
  }
  env
  workingDirectory
  timeoutSeconds
  maxIdleSeconds
  maxRetries
  retry {
    exitCodes
    backoffSeconds
    maxBackoffSeconds
  }
  preemptible
  warning {
    signal
    seconds
  }
  workerLabels
  container {
    image
    mounts {
      source
      target
      readOnly
    }
  }
  limits {
    memoryMb
    cpus
  }
  secrets
  template
  array {
    id
    index
    size
  }
  dependsOn {
    id
  }
  after {
    id
  }
  startAt
  schedule
  runs {
    ...RestRun
  }
}
fragment RestQueue on Job {
  queue {
    position
    reason
    message
    eta
  }
}`) as unknown as TypedDocumentString<RestListJobsQuery, RestListJobsQueryVariables>;
export const RestSubmitJobDocument = new TypedDocumentString(`
    mutation RestSubmitJob($input: SubmitJobInput!, $key: String) {
  submitJob(input: $input, idempotencyKey: $key) {
    job {
      ...RestJob
    }
    replayed
    problems {
      path
      message
    }
  }
}
    fragment RestRun on Run {
  id
  attempt
  state
  exitCode
  signal
  outcome
  reason
  startedAt
  finishedAt
  idleSince
  gpus {
    id
    uuid
    name
    simulated
  }
  metrics {
    meanUtilisationPercent
    maxUtilisationPercent
    peakMemoryMb
    meanPowerWatts
    maxPowerWatts
    energyJoules
    maxTemperatureC
    throttledSeconds
    throttleReasons
    idleSeconds
    xids
  }
}
fragment RestJob on Job {
  id
  name
  state
  version
  priority
  account
  submittedBy
  createdAt
  startedAt
  finishedAt
  reason
  cancelRequested
  command
  shell
  gpus {
    count
    minMemoryMb
    model
    minComputeCapability
  }
  env
  workingDirectory
  timeoutSeconds
  maxIdleSeconds
  maxRetries
  retry {
    exitCodes
    backoffSeconds
    maxBackoffSeconds
  }
  preemptible
  warning {
    signal
    seconds
  }
  workerLabels
  container {
    image
    mounts {
      source
      target
      readOnly
    }
  }
  limits {
    memoryMb
    cpus
  }
  secrets
  template
  array {
    id
    index
    size
  }
  dependsOn {
    id
  }
  after {
    id
  }
  startAt
  schedule
  runs {
    ...RestRun
  }
}`) as unknown as TypedDocumentString<RestSubmitJobMutation, RestSubmitJobMutationVariables>;
export const RestSubmitJobsDocument = new TypedDocumentString(`
    mutation RestSubmitJobs($inputs: [SubmitJobInput!]!, $key: String) {
  submitJobs(inputs: $inputs, idempotencyKey: $key) {
    jobs {
      ...RestJob
    }
    replayed
    problems {
      path
      message
    }
  }
}
    fragment RestRun on Run {
  id
  attempt
  state
  exitCode
  signal
  outcome
  reason
  startedAt
  finishedAt
  idleSince
  gpus {
    id
    uuid
    name
    simulated
  }
  metrics {
    meanUtilisationPercent
    maxUtilisationPercent
    peakMemoryMb
    meanPowerWatts
    maxPowerWatts
    energyJoules
    maxTemperatureC
    throttledSeconds
    throttleReasons
    idleSeconds
    xids
  }
}
fragment RestJob on Job {
  id
  name
  state
  version
  priority
  account
  submittedBy
  createdAt
  startedAt
  finishedAt
  reason
  cancelRequested
  command
  shell
  gpus {
    count
    minMemoryMb
    model
    minComputeCapability
  }
  env
  workingDirectory
  timeoutSeconds
  maxIdleSeconds
  maxRetries
  retry {
    exitCodes
    backoffSeconds
    maxBackoffSeconds
  }
  preemptible
  warning {
    signal
    seconds
  }
  workerLabels
  container {
    image
    mounts {
      source
      target
      readOnly
    }
  }
  limits {
    memoryMb
    cpus
  }
  secrets
  template
  array {
    id
    index
    size
  }
  dependsOn {
    id
  }
  after {
    id
  }
  startAt
  schedule
  runs {
    ...RestRun
  }
}`) as unknown as TypedDocumentString<RestSubmitJobsMutation, RestSubmitJobsMutationVariables>;
export const RestCheckJobDocument = new TypedDocumentString(`
    query RestCheckJob($input: SubmitJobInput!) {
  checkJob(input: $input) {
    problems {
      path
      message
    }
    possible
    reason
    message
    eta
    workers {
      worker {
        id
      }
      possible
      gpusThatFit
      gpusFree
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<RestCheckJobQuery, RestCheckJobQueryVariables>;
export const RestUpdateJobDocument = new TypedDocumentString(`
    mutation RestUpdateJob($id: ID!, $input: UpdateJobInput!, $expectedVersion: Int) {
  updateJob(id: $id, input: $input, expectedVersion: $expectedVersion) {
    job {
      ...RestJob
    }
    problems {
      path
      message
    }
  }
}
    fragment RestRun on Run {
  id
  attempt
  state
  exitCode
  signal
  outcome
  reason
  startedAt
  finishedAt
  idleSince
  gpus {
    id
    uuid
    name
    simulated
  }
  metrics {
    meanUtilisationPercent
    maxUtilisationPercent
    peakMemoryMb
    meanPowerWatts
    maxPowerWatts
    energyJoules
    maxTemperatureC
    throttledSeconds
    throttleReasons
    idleSeconds
    xids
  }
}
fragment RestJob on Job {
  id
  name
  state
  version
  priority
  account
  submittedBy
  createdAt
  startedAt
  finishedAt
  reason
  cancelRequested
  command
  shell
  gpus {
    count
    minMemoryMb
    model
    minComputeCapability
  }
  env
  workingDirectory
  timeoutSeconds
  maxIdleSeconds
  maxRetries
  retry {
    exitCodes
    backoffSeconds
    maxBackoffSeconds
  }
  preemptible
  warning {
    signal
    seconds
  }
  workerLabels
  container {
    image
    mounts {
      source
      target
      readOnly
    }
  }
  limits {
    memoryMb
    cpus
  }
  secrets
  template
  array {
    id
    index
    size
  }
  dependsOn {
    id
  }
  after {
    id
  }
  startAt
  schedule
  runs {
    ...RestRun
  }
}`) as unknown as TypedDocumentString<RestUpdateJobMutation, RestUpdateJobMutationVariables>;
export const RestCancelJobDocument = new TypedDocumentString(`
    mutation RestCancelJob($id: ID!) {
  cancelJob(id: $id) {
    job {
      ...RestJob
    }
    problems {
      path
      message
    }
  }
}
    fragment RestRun on Run {
  id
  attempt
  state
  exitCode
  signal
  outcome
  reason
  startedAt
  finishedAt
  idleSince
  gpus {
    id
    uuid
    name
    simulated
  }
  metrics {
    meanUtilisationPercent
    maxUtilisationPercent
    peakMemoryMb
    meanPowerWatts
    maxPowerWatts
    energyJoules
    maxTemperatureC
    throttledSeconds
    throttleReasons
    idleSeconds
    xids
  }
}
fragment RestJob on Job {
  id
  name
  state
  version
  priority
  account
  submittedBy
  createdAt
  startedAt
  finishedAt
  reason
  cancelRequested
  command
  shell
  gpus {
    count
    minMemoryMb
    model
    minComputeCapability
  }
  env
  workingDirectory
  timeoutSeconds
  maxIdleSeconds
  maxRetries
  retry {
    exitCodes
    backoffSeconds
    maxBackoffSeconds
  }
  preemptible
  warning {
    signal
    seconds
  }
  workerLabels
  container {
    image
    mounts {
      source
      target
      readOnly
    }
  }
  limits {
    memoryMb
    cpus
  }
  secrets
  template
  array {
    id
    index
    size
  }
  dependsOn {
    id
  }
  after {
    id
  }
  startAt
  schedule
  runs {
    ...RestRun
  }
}`) as unknown as TypedDocumentString<RestCancelJobMutation, RestCancelJobMutationVariables>;
export const RestCancelJobsDocument = new TypedDocumentString(`
    mutation RestCancelJobs($ids: [ID!]!) {
  cancelJobs(ids: $ids) {
    jobs {
      ...RestJob
    }
    problems {
      path
      message
    }
  }
}
    fragment RestRun on Run {
  id
  attempt
  state
  exitCode
  signal
  outcome
  reason
  startedAt
  finishedAt
  idleSince
  gpus {
    id
    uuid
    name
    simulated
  }
  metrics {
    meanUtilisationPercent
    maxUtilisationPercent
    peakMemoryMb
    meanPowerWatts
    maxPowerWatts
    energyJoules
    maxTemperatureC
    throttledSeconds
    throttleReasons
    idleSeconds
    xids
  }
}
fragment RestJob on Job {
  id
  name
  state
  version
  priority
  account
  submittedBy
  createdAt
  startedAt
  finishedAt
  reason
  cancelRequested
  command
  shell
  gpus {
    count
    minMemoryMb
    model
    minComputeCapability
  }
  env
  workingDirectory
  timeoutSeconds
  maxIdleSeconds
  maxRetries
  retry {
    exitCodes
    backoffSeconds
    maxBackoffSeconds
  }
  preemptible
  warning {
    signal
    seconds
  }
  workerLabels
  container {
    image
    mounts {
      source
      target
      readOnly
    }
  }
  limits {
    memoryMb
    cpus
  }
  secrets
  template
  array {
    id
    index
    size
  }
  dependsOn {
    id
  }
  after {
    id
  }
  startAt
  schedule
  runs {
    ...RestRun
  }
}`) as unknown as TypedDocumentString<RestCancelJobsMutation, RestCancelJobsMutationVariables>;
export const RestRerunJobsDocument = new TypedDocumentString(`
    mutation RestRerunJobs($ids: [ID!]!, $key: String) {
  rerunJobs(ids: $ids, idempotencyKey: $key) {
    jobs {
      ...RestJob
    }
    replayed
    problems {
      path
      message
    }
  }
}
    fragment RestRun on Run {
  id
  attempt
  state
  exitCode
  signal
  outcome
  reason
  startedAt
  finishedAt
  idleSince
  gpus {
    id
    uuid
    name
    simulated
  }
  metrics {
    meanUtilisationPercent
    maxUtilisationPercent
    peakMemoryMb
    meanPowerWatts
    maxPowerWatts
    energyJoules
    maxTemperatureC
    throttledSeconds
    throttleReasons
    idleSeconds
    xids
  }
}
fragment RestJob on Job {
  id
  name
  state
  version
  priority
  account
  submittedBy
  createdAt
  startedAt
  finishedAt
  reason
  cancelRequested
  command
  shell
  gpus {
    count
    minMemoryMb
    model
    minComputeCapability
  }
  env
  workingDirectory
  timeoutSeconds
  maxIdleSeconds
  maxRetries
  retry {
    exitCodes
    backoffSeconds
    maxBackoffSeconds
  }
  preemptible
  warning {
    signal
    seconds
  }
  workerLabels
  container {
    image
    mounts {
      source
      target
      readOnly
    }
  }
  limits {
    memoryMb
    cpus
  }
  secrets
  template
  array {
    id
    index
    size
  }
  dependsOn {
    id
  }
  after {
    id
  }
  startAt
  schedule
  runs {
    ...RestRun
  }
}`) as unknown as TypedDocumentString<RestRerunJobsMutation, RestRerunJobsMutationVariables>;
export const RestJobProgressDocument = new TypedDocumentString(`
    subscription RestJobProgress($id: ID!) {
  jobChanged(id: $id) {
    id
    state
    runs {
      id
      attempt
      state
      exitCode
    }
  }
}
    `) as unknown as TypedDocumentString<RestJobProgressSubscription, RestJobProgressSubscriptionVariables>;
export const RestLogsKeptDocument = new TypedDocumentString(`
    query RestLogsKept($id: ID!) {
  job(id: $id) {
    runs {
      attempt
      log(after: 2147483647, first: 1) {
        expired
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RestLogsKeptQuery, RestLogsKeptQueryVariables>;
export const RestRunLogDocument = new TypedDocumentString(`
    subscription RestRunLog($runId: ID!, $after: Int!, $fromLine: Int!) {
  runLog(runId: $runId, after: $after, fromLine: $fromLine) {
    seq
    at
    stream
    text
    firstLine
    end
  }
}
    `) as unknown as TypedDocumentString<RestRunLogSubscription, RestRunLogSubscriptionVariables>;
export const RestJobChangedDocument = new TypedDocumentString(`
    subscription RestJobChanged($id: ID!, $after: ID) {
  jobChanged(id: $id, after: $after) {
    ...RestJob
    ...RestQueue
    usage {
      gpuSeconds
    }
  }
}
    fragment RestRun on Run {
  id
  attempt
  state
  exitCode
  signal
  outcome
  reason
  startedAt
  finishedAt
  idleSince
  gpus {
    id
    uuid
    name
    simulated
  }
  metrics {
    meanUtilisationPercent
    maxUtilisationPercent
    peakMemoryMb
    meanPowerWatts
    maxPowerWatts
    energyJoules
    maxTemperatureC
    throttledSeconds
    throttleReasons
    idleSeconds
    xids
  }
}
fragment RestJob on Job {
  id
  name
  state
  version
  priority
  account
  submittedBy
  createdAt
  startedAt
  finishedAt
  reason
  cancelRequested
  command
  shell
  gpus {
    count
    minMemoryMb
    model
    minComputeCapability
  }
  env
  workingDirectory
  timeoutSeconds
  maxIdleSeconds
  maxRetries
  retry {
    exitCodes
    backoffSeconds
    maxBackoffSeconds
  }
  preemptible
  warning {
    signal
    seconds
  }
  workerLabels
  container {
    image
    mounts {
      source
      target
      readOnly
    }
  }
  limits {
    memoryMb
    cpus
  }
  secrets
  template
  array {
    id
    index
    size
  }
  dependsOn {
    id
  }
  after {
    id
  }
  startAt
  schedule
  runs {
    ...RestRun
  }
}
fragment RestQueue on Job {
  queue {
    position
    reason
    message
    eta
  }
}`) as unknown as TypedDocumentString<RestJobChangedSubscription, RestJobChangedSubscriptionVariables>;
export const RestJobsChangedDocument = new TypedDocumentString(`
    subscription RestJobsChanged($filter: JobFilter, $after: ID) {
  jobsChanged(filter: $filter, after: $after) {
    ...RestJob
  }
}
    fragment RestRun on Run {
  id
  attempt
  state
  exitCode
  signal
  outcome
  reason
  startedAt
  finishedAt
  idleSince
  gpus {
    id
    uuid
    name
    simulated
  }
  metrics {
    meanUtilisationPercent
    maxUtilisationPercent
    peakMemoryMb
    meanPowerWatts
    maxPowerWatts
    energyJoules
    maxTemperatureC
    throttledSeconds
    throttleReasons
    idleSeconds
    xids
  }
}
fragment RestJob on Job {
  id
  name
  state
  version
  priority
  account
  submittedBy
  createdAt
  startedAt
  finishedAt
  reason
  cancelRequested
  command
  shell
  gpus {
    count
    minMemoryMb
    model
    minComputeCapability
  }
  env
  workingDirectory
  timeoutSeconds
  maxIdleSeconds
  maxRetries
  retry {
    exitCodes
    backoffSeconds
    maxBackoffSeconds
  }
  preemptible
  warning {
    signal
    seconds
  }
  workerLabels
  container {
    image
    mounts {
      source
      target
      readOnly
    }
  }
  limits {
    memoryMb
    cpus
  }
  secrets
  template
  array {
    id
    index
    size
  }
  dependsOn {
    id
  }
  after {
    id
  }
  startAt
  schedule
  runs {
    ...RestRun
  }
}`) as unknown as TypedDocumentString<RestJobsChangedSubscription, RestJobsChangedSubscriptionVariables>;
export const RestListGpusDocument = new TypedDocumentString(`
    query RestListGpus($filter: GpuFilter, $first: Int, $after: String) {
  gpus(filter: $filter, first: $first, after: $after) {
    nodes {
      ...RestGpu
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment RestGpu on Gpu {
  id
  uuid
  name
  index
  totalMemoryMb
  computeCapability
  driverVersion
  cudaVersion
  pciBusId
  simulated
  state
  stateReason
  health
  cordon {
    mode
    reason
    by
    at
  }
  mig {
    parentUuid
    gpuInstance
    computeInstance
  }
  nvlinkPeers {
    uuid
    links
  }
  labels
  faults(open: true) {
    id
    kind
    xid
    severity
    message
    firstAt
    lastAt
    count
    run {
      id
    }
  }
  worker {
    id
    hostname
    state
  }
  currentRun {
    id
    job {
      id
    }
  }
  lastSample {
    at
    utilisationPercent
    memoryUtilisationPercent
    memoryUsedMb
    powerWatts
    powerLimitWatts
    temperatureC
    memoryTemperatureC
    smClockMhz
    memoryClockMhz
    fanPercent
    energyJoules
    throttleReasons
  }
}`) as unknown as TypedDocumentString<RestListGpusQuery, RestListGpusQueryVariables>;
export const RestGetGpuDocument = new TypedDocumentString(`
    query RestGetGpu($id: ID!) {
  gpu(id: $id) {
    ...RestGpu
  }
}
    fragment RestGpu on Gpu {
  id
  uuid
  name
  index
  totalMemoryMb
  computeCapability
  driverVersion
  cudaVersion
  pciBusId
  simulated
  state
  stateReason
  health
  cordon {
    mode
    reason
    by
    at
  }
  mig {
    parentUuid
    gpuInstance
    computeInstance
  }
  nvlinkPeers {
    uuid
    links
  }
  labels
  faults(open: true) {
    id
    kind
    xid
    severity
    message
    firstAt
    lastAt
    count
    run {
      id
    }
  }
  worker {
    id
    hostname
    state
  }
  currentRun {
    id
    job {
      id
    }
  }
  lastSample {
    at
    utilisationPercent
    memoryUtilisationPercent
    memoryUsedMb
    powerWatts
    powerLimitWatts
    temperatureC
    memoryTemperatureC
    smClockMhz
    memoryClockMhz
    fanPercent
    energyJoules
    throttleReasons
  }
}`) as unknown as TypedDocumentString<RestGetGpuQuery, RestGetGpuQueryVariables>;
export const RestCordonGpuDocument = new TypedDocumentString(`
    mutation RestCordonGpu($id: ID!, $reason: String!) {
  cordonGpu(id: $id, reason: $reason) {
    gpu {
      ...RestGpu
    }
  }
}
    fragment RestGpu on Gpu {
  id
  uuid
  name
  index
  totalMemoryMb
  computeCapability
  driverVersion
  cudaVersion
  pciBusId
  simulated
  state
  stateReason
  health
  cordon {
    mode
    reason
    by
    at
  }
  mig {
    parentUuid
    gpuInstance
    computeInstance
  }
  nvlinkPeers {
    uuid
    links
  }
  labels
  faults(open: true) {
    id
    kind
    xid
    severity
    message
    firstAt
    lastAt
    count
    run {
      id
    }
  }
  worker {
    id
    hostname
    state
  }
  currentRun {
    id
    job {
      id
    }
  }
  lastSample {
    at
    utilisationPercent
    memoryUtilisationPercent
    memoryUsedMb
    powerWatts
    powerLimitWatts
    temperatureC
    memoryTemperatureC
    smClockMhz
    memoryClockMhz
    fanPercent
    energyJoules
    throttleReasons
  }
}`) as unknown as TypedDocumentString<RestCordonGpuMutation, RestCordonGpuMutationVariables>;
export const RestDrainGpuDocument = new TypedDocumentString(`
    mutation RestDrainGpu($id: ID!, $reason: String!) {
  drainGpu(id: $id, reason: $reason) {
    gpu {
      ...RestGpu
    }
  }
}
    fragment RestGpu on Gpu {
  id
  uuid
  name
  index
  totalMemoryMb
  computeCapability
  driverVersion
  cudaVersion
  pciBusId
  simulated
  state
  stateReason
  health
  cordon {
    mode
    reason
    by
    at
  }
  mig {
    parentUuid
    gpuInstance
    computeInstance
  }
  nvlinkPeers {
    uuid
    links
  }
  labels
  faults(open: true) {
    id
    kind
    xid
    severity
    message
    firstAt
    lastAt
    count
    run {
      id
    }
  }
  worker {
    id
    hostname
    state
  }
  currentRun {
    id
    job {
      id
    }
  }
  lastSample {
    at
    utilisationPercent
    memoryUtilisationPercent
    memoryUsedMb
    powerWatts
    powerLimitWatts
    temperatureC
    memoryTemperatureC
    smClockMhz
    memoryClockMhz
    fanPercent
    energyJoules
    throttleReasons
  }
}`) as unknown as TypedDocumentString<RestDrainGpuMutation, RestDrainGpuMutationVariables>;
export const RestReturnGpuDocument = new TypedDocumentString(`
    mutation RestReturnGpu($id: ID!) {
  returnGpu(id: $id) {
    gpu {
      ...RestGpu
    }
  }
}
    fragment RestGpu on Gpu {
  id
  uuid
  name
  index
  totalMemoryMb
  computeCapability
  driverVersion
  cudaVersion
  pciBusId
  simulated
  state
  stateReason
  health
  cordon {
    mode
    reason
    by
    at
  }
  mig {
    parentUuid
    gpuInstance
    computeInstance
  }
  nvlinkPeers {
    uuid
    links
  }
  labels
  faults(open: true) {
    id
    kind
    xid
    severity
    message
    firstAt
    lastAt
    count
    run {
      id
    }
  }
  worker {
    id
    hostname
    state
  }
  currentRun {
    id
    job {
      id
    }
  }
  lastSample {
    at
    utilisationPercent
    memoryUtilisationPercent
    memoryUsedMb
    powerWatts
    powerLimitWatts
    temperatureC
    memoryTemperatureC
    smClockMhz
    memoryClockMhz
    fanPercent
    energyJoules
    throttleReasons
  }
}`) as unknown as TypedDocumentString<RestReturnGpuMutation, RestReturnGpuMutationVariables>;
export const RestAccountUsageDocument = new TypedDocumentString(`
    query RestAccountUsage($account: String!, $range: TimeRangeInput) {
  usage(
    range: $range
    filter: {account: $account}
    groupBy: [USER, MODEL]
    metrics: [COST, WASTED_GPU_TIME, UTILISATION]
    first: 10000
  ) {
    asOf
    rows {
      user
      model
      usage {
        ...RestUsage
      }
    }
    total {
      ...RestUsage
    }
  }
}
    fragment RestUsage on Usage {
  gpuSeconds
  runs
  provisional
  cost {
    amount
    currency
  }
  wastedGpuSeconds
  utilisedGpuSeconds
  measuredGpuSeconds
}`) as unknown as TypedDocumentString<RestAccountUsageQuery, RestAccountUsageQueryVariables>;
export const RestLeaderboardDocument = new TypedDocumentString(`
    query RestLeaderboard($range: TimeRangeInput, $by: UsageDimension!, $first: Int) {
  usageLeaderboard(range: $range, by: $by, first: $first) {
    rank
    key
    usage {
      ...RestUsage
      asOf
    }
  }
}
    fragment RestUsage on Usage {
  gpuSeconds
  runs
  provisional
  cost {
    amount
    currency
  }
  wastedGpuSeconds
  utilisedGpuSeconds
  measuredGpuSeconds
}`) as unknown as TypedDocumentString<RestLeaderboardQuery, RestLeaderboardQueryVariables>;
export const RestStatementDocument = new TypedDocumentString(`
    query RestStatement($account: String!, $month: String!) {
  usageStatement(account: $account, month: $month) {
    html
  }
}
    `) as unknown as TypedDocumentString<RestStatementQuery, RestStatementQueryVariables>;
export const RestListExportsDocument = new TypedDocumentString(`
    query RestListExports {
  usageExports {
    ...RestExport
  }
}
    fragment RestExport on UsageExport {
  id
  format
  requestedBy
  from
  to
  state
  progress
  rows
  bytes
  sha256
  problem
  completeFrom
  createdAt
  finishedAt
  expiresAt
  link
  linkExpiresAt
}`) as unknown as TypedDocumentString<RestListExportsQuery, RestListExportsQueryVariables>;
export const RestGetExportDocument = new TypedDocumentString(`
    query RestGetExport($id: ID!) {
  usageExport(id: $id) {
    ...RestExport
  }
}
    fragment RestExport on UsageExport {
  id
  format
  requestedBy
  from
  to
  state
  progress
  rows
  bytes
  sha256
  problem
  completeFrom
  createdAt
  finishedAt
  expiresAt
  link
  linkExpiresAt
}`) as unknown as TypedDocumentString<RestGetExportQuery, RestGetExportQueryVariables>;
export const RestRequestExportDocument = new TypedDocumentString(`
    mutation RestRequestExport($input: RequestUsageExportInput!) {
  requestUsageExport(input: $input) {
    ...RestExport
  }
}
    fragment RestExport on UsageExport {
  id
  format
  requestedBy
  from
  to
  state
  progress
  rows
  bytes
  sha256
  problem
  completeFrom
  createdAt
  finishedAt
  expiresAt
  link
  linkExpiresAt
}`) as unknown as TypedDocumentString<RestRequestExportMutation, RestRequestExportMutationVariables>;
export const RestCancelExportDocument = new TypedDocumentString(`
    mutation RestCancelExport($id: ID!) {
  cancelUsageExport(id: $id) {
    id
  }
}
    `) as unknown as TypedDocumentString<RestCancelExportMutation, RestCancelExportMutationVariables>;
export const RestListWebhooksDocument = new TypedDocumentString(`
    query RestListWebhooks {
  webhooks {
    ...RestWebhook
  }
}
    fragment RestWebhook on Webhook {
  id
  url
  owner
  eventTypes
  scope
  account
  createdAt
  failures
  failingSince
  disabledAt
  whyDisabled
}`) as unknown as TypedDocumentString<RestListWebhooksQuery, RestListWebhooksQueryVariables>;
export const RestGetWebhookDocument = new TypedDocumentString(`
    query RestGetWebhook($id: ID!) {
  webhook(id: $id) {
    ...RestWebhook
  }
}
    fragment RestWebhook on Webhook {
  id
  url
  owner
  eventTypes
  scope
  account
  createdAt
  failures
  failingSince
  disabledAt
  whyDisabled
}`) as unknown as TypedDocumentString<RestGetWebhookQuery, RestGetWebhookQueryVariables>;
export const RestSaveWebhookDocument = new TypedDocumentString(`
    mutation RestSaveWebhook($input: SaveWebhookInput!) {
  saveWebhook(input: $input) {
    webhook {
      ...RestWebhook
    }
    secret
    problems {
      path
      message
    }
  }
}
    fragment RestWebhook on Webhook {
  id
  url
  owner
  eventTypes
  scope
  account
  createdAt
  failures
  failingSince
  disabledAt
  whyDisabled
}`) as unknown as TypedDocumentString<RestSaveWebhookMutation, RestSaveWebhookMutationVariables>;
export const RestDeleteWebhookDocument = new TypedDocumentString(`
    mutation RestDeleteWebhook($id: ID!) {
  deleteWebhook(id: $id)
}
    `) as unknown as TypedDocumentString<RestDeleteWebhookMutation, RestDeleteWebhookMutationVariables>;
export const RestListDeliveriesDocument = new TypedDocumentString(`
    query RestListDeliveries($id: ID!, $first: Int, $after: String) {
  webhook(id: $id) {
    deliveries(first: $first, after: $after) {
      nodes {
        id
        eventType
        createdAt
        attempts
        lastAt
        nextAt
        deliveredAt
        lastStatus
        lastError
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RestListDeliveriesQuery, RestListDeliveriesQueryVariables>;