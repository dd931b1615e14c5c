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

/** What jobs wait for. */
export type QueueKind =
  /** GPUs. */
  | 'GPUS'
  /** A slot of a worker, for a job without a GPU. */
  | 'SLOTS';

/** On which side of another job. */
export type QueueSide =
  /** So that the other goes first. */
  | 'AFTER'
  /** So that it goes first. */
  | 'BEFORE';

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

/** What a token may do: look at things; submit, change and cancel jobs; take GPUs and workers out of service and rule the queue. */
export type Scope =
  /** Take GPUs and workers out of service, and rule the queue. */
  | 'OPERATE'
  /** Look at things. */
  | 'READ'
  /** Submit, change and cancel jobs. */
  | 'SUBMIT';

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

/** Parts of time. They begin by the clocks of `timeZone`; a week begins on Monday. */
export type UsageGrain =
  /** Days. */
  | 'DAY'
  /** Needs a range with both ends. */
  | 'HOUR'
  /** Months. */
  | 'MONTH'
  /** The whole range at once. */
  | 'TOTAL'
  /** Weeks. */
  | 'WEEK';

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

/** Whether a worker is heard of. */
export type WorkerState =
  /** Not heard of for 30 seconds. */
  | 'OFFLINE'
  /** Heard of within the last 30 seconds. */
  | 'ONLINE';

export type SubmittedFragment = { replayed: boolean, job: { id: string, name: string, state: JobState, array: { id: string, size: number } | null } | null, jobs: Array<{ id: string, name: string }>, problems: Array<{ path: string, message: string }> };

export type SubmitMutationVariables = Exact<{
  input: SubmitJobInput;
  key?: string | null | undefined;
}>;


export type SubmitMutation = { submitJob: { replayed: boolean, job: { id: string, name: string, state: JobState, array: { id: string, size: number } | null } | null, jobs: Array<{ id: string, name: string }>, problems: Array<{ path: string, message: string }> } };

export type SubmitManyMutationVariables = Exact<{
  inputs: Array<SubmitJobInput> | SubmitJobInput;
  key?: string | null | undefined;
}>;


export type SubmitManyMutation = { submitJobs: { replayed: boolean, job: { id: string, name: string, state: JobState, array: { id: string, size: number } | null } | null, jobs: Array<{ id: string, name: string }>, problems: Array<{ path: string, message: string }> } };

export type CheckQueryVariables = Exact<{
  input: SubmitJobInput;
}>;


export type CheckQuery = { checkJob: { possible: boolean, reason: WaitReason | null, message: string, eta: string | null, problems: Array<{ path: string, message: string }>, workers: Array<{ possible: boolean, gpusThatFit: number, gpusFree: number, reason: string | null, worker: { id: string } }> } };

export type CancelMutationVariables = Exact<{
  ids: Array<string> | string;
}>;


export type CancelMutation = { cancelJobs: { jobs: Array<{ id: string, name: string, state: JobState, cancelRequested: boolean }>, problems: Array<{ path: string, message: string }> } };

export type CancelArrayMutationVariables = Exact<{
  id: string;
}>;


export type CancelArrayMutation = { cancelArray: { jobs: Array<{ id: string, name: string, state: JobState, cancelRequested: boolean }> } };

export type RerunMutationVariables = Exact<{
  ids: Array<string> | string;
  key?: string | null | undefined;
}>;


export type RerunMutation = { rerunJobs: { replayed: boolean, job: { id: string, name: string, state: JobState, array: { id: string, size: number } | null } | null, jobs: Array<{ id: string, name: string }>, problems: Array<{ path: string, message: string }> } };

export type SetPriorityMutationVariables = Exact<{
  id: string;
  priority: number;
}>;


export type SetPriorityMutation = { updateJob: { job: { id: string, name: string, priority: number } | null, problems: Array<{ path: string, message: string }> } };

export type MoveMutationVariables = Exact<{
  id: string;
  side: QueueSide;
  neighbour: string;
}>;


export type MoveMutation = { moveJob: { job: { id: string, name: string, priority: number } | null, problems: Array<{ path: string, message: string }> } };

export type SamplePartsFragment = { gpuId: string, utilisationPercent: number | null, memoryUsedMb: number | null, powerWatts: number | null, powerLimitWatts: number | null, temperatureC: number | null, smClockMhz: number | null, memoryClockMhz: number | null, fanPercent: number | null, throttleReasons: Array<ThrottleReason> };

export type GpusViewQueryVariables = Exact<{ [key: string]: never; }>;


export type GpusViewQuery = { workers: { nodes: Array<{ id: string, hostname: string, state: WorkerState, gpuNotice: string | null }> } | null, gpus: { nodes: Array<{ id: string, uuid: string, name: string, index: number, simulated: boolean, totalMemoryMb: number, driverVersion: string | null, cudaVersion: string | null, state: GpuState, stateReason: string | null, mig: { gpuInstance: number, computeInstance: number } | null, worker: { id: string }, lastSample: { gpuId: string, utilisationPercent: number | null, memoryUsedMb: number | null, powerWatts: number | null, powerLimitWatts: number | null, temperatureC: number | null, smClockMhz: number | null, memoryClockMhz: number | null, fanPercent: number | null, throttleReasons: Array<ThrottleReason> } | null, processes: Array<{ pid: number, name: string | null, memoryMb: number | null, run: { id: string } | null }> | null, currentRun: { id: string, job: { name: string, submittedBy: string } } | null }>, pageInfo: { hasNextPage: boolean } } | null };

export type GpusViewTelemetrySubscriptionVariables = Exact<{ [key: string]: never; }>;


export type GpusViewTelemetrySubscription = { gpuTelemetry: Array<{ gpuId: string, utilisationPercent: number | null, memoryUsedMb: number | null, powerWatts: number | null, powerLimitWatts: number | null, temperatureC: number | null, smClockMhz: number | null, memoryClockMhz: number | null, fanPercent: number | null, throttleReasons: Array<ThrottleReason> }> };

export type GpuNamesQueryVariables = Exact<{ [key: string]: never; }>;


export type GpuNamesQuery = { workers: { nodes: Array<{ id: string, hostname: string }> } | null, gpus: { nodes: Array<{ id: string, uuid: string, name: string, index: number, worker: { id: string } }> } | null };

export type GpuServiceFragment = { id: string, uuid: string, name: string, index: number, state: GpuState, stateReason: string | null, worker: { id: string } };

export type WorkerServiceFragment = { id: string, hostname: string, state: WorkerState, cordon: { mode: CordonMode, reason: string, by: string } | null };

export type CordonGpuMutationVariables = Exact<{
  id: string;
  reason: string;
}>;


export type CordonGpuMutation = { cordonGpu: { gpu: { id: string, uuid: string, name: string, index: number, state: GpuState, stateReason: string | null, worker: { id: string } } } };

export type DrainGpuMutationVariables = Exact<{
  id: string;
  reason: string;
}>;


export type DrainGpuMutation = { drainGpu: { gpu: { id: string, uuid: string, name: string, index: number, state: GpuState, stateReason: string | null, worker: { id: string } } } };

export type ReturnGpuMutationVariables = Exact<{
  id: string;
}>;


export type ReturnGpuMutation = { returnGpu: { gpu: { id: string, uuid: string, name: string, index: number, state: GpuState, stateReason: string | null, worker: { id: string } } } };

export type CordonWorkerMutationVariables = Exact<{
  id: string;
  reason: string;
}>;


export type CordonWorkerMutation = { cordonWorker: { worker: { id: string, hostname: string, state: WorkerState, cordon: { mode: CordonMode, reason: string, by: string } | null } } };

export type DrainWorkerMutationVariables = Exact<{
  id: string;
  reason: string;
}>;


export type DrainWorkerMutation = { drainWorker: { worker: { id: string, hostname: string, state: WorkerState, cordon: { mode: CordonMode, reason: string, by: string } | null } } };

export type ReturnWorkerMutationVariables = Exact<{
  id: string;
}>;


export type ReturnWorkerMutation = { returnWorker: { worker: { id: string, hostname: string, state: WorkerState, cordon: { mode: CordonMode, reason: string, by: string } | null } } };

export type JobLineFragment = { id: string, name: string, state: JobState, priority: number, account: string, submittedBy: string, createdAt: string, startedAt: string | null, finishedAt: string | null, reason: string | null, cancelRequested: boolean, commandLine: string, gpus: { count: number, model: string | null }, array: { id: string, index: number, size: number } | null };

export type ListJobsQueryVariables = Exact<{
  filter?: JobFilter | null | undefined;
  search?: JobSearch | null | undefined;
  orderBy?: JobOrder | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type ListJobsQuery = { jobs: { nodes: Array<{ id: string, name: string, state: JobState, priority: number, account: string, submittedBy: string, createdAt: string, startedAt: string | null, finishedAt: string | null, reason: string | null, cancelRequested: boolean, commandLine: string, gpus: { count: number, model: string | null }, array: { id: string, index: number, size: number } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type ListProgressQueryVariables = Exact<{
  filter?: JobFilter | null | undefined;
  first: number;
}>;


export type ListProgressQuery = { jobs: { nodes: Array<{ id: string, runs: Array<{ attempt: number, log: { chunks: Array<{ text: string }> } }> }> } | null };

export type WatchJobsSubscriptionVariables = Exact<{
  filter?: JobFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type WatchJobsSubscription = { jobsChanged: { id: string, name: string, state: JobState, priority: number, account: string, submittedBy: string, createdAt: string, startedAt: string | null, finishedAt: string | null, reason: string | null, cancelRequested: boolean, commandLine: string, gpus: { count: number, model: string | null }, array: { id: string, index: number, size: number } | null } };

export type JobNamesQueryVariables = Exact<{
  filter?: JobFilter | null | undefined;
  search?: JobSearch | null | undefined;
  first: number;
}>;


export type JobNamesQuery = { jobs: { nodes: Array<{ id: string, name: string, state: JobState }> } | null };

export type QueueNowQueryVariables = Exact<{
  kind: QueueKind;
  first: number;
}>;


export type QueueNowQuery = { queue: { nodes: Array<{ id: string, name: string, state: JobState, priority: number, account: string, submittedBy: string, createdAt: string, startedAt: string | null, finishedAt: string | null, reason: string | null, cancelRequested: boolean, commandLine: string, queue: { position: number | null, reason: WaitReason, message: string, eta: string | null, keptOn: { id: string } | null } | null, gpus: { count: number, model: string | null }, array: { id: string, index: number, size: number } | null }>, pageInfo: { hasNextPage: boolean } } | null };

export type ShowJobQueryVariables = Exact<{
  id: string;
}>;


export type ShowJobQuery = { job: { version: number, command: Array<string>, shell: boolean, env: Record<string, string>, workingDirectory: string | null, timeoutSeconds: number | null, maxIdleSeconds: number | null, maxRetries: number, template: string | null, schedule: string | null, startAt: string | null, preemptible: boolean, workerLabels: Record<string, string>, secrets: Array<string>, id: string, name: string, state: JobState, priority: number, account: string, submittedBy: string, createdAt: string, startedAt: string | null, finishedAt: string | null, reason: string | null, cancelRequested: boolean, commandLine: string, gpus: { minMemoryMb: number | null, minComputeCapability: string | null, count: number, model: string | null }, container: { image: string, mounts: Array<{ source: string, target: string, readOnly: boolean }> } | null, limits: { memoryMb: number | null, cpus: number | null }, usage: { gpuSeconds: number, provisional: boolean, cost: Array<{ amount: string, currency: string }> | null } | null, queue: { position: number | null, reason: WaitReason, message: string, eta: string | null, keptOn: { id: string } | null } | null, dependsOn: Array<{ id: string, name: string, state: JobState }>, after: Array<{ id: string, name: string, state: JobState }>, runs: Array<{ id: string, attempt: number, state: RunState, exitCode: number | null, signal: string | null, outcome: RunOutcome | null, reason: string | null, startedAt: string | null, finishedAt: string | null, worker: { id: string } | null, gpus: Array<{ id: string, name: string, index: number, simulated: boolean }> | null, metrics: { meanUtilisationPercent: number | null, peakMemoryMb: number | null, energyJoules: number | null } | null }>, events: Array<{ type: string, at: string, reason: string | null }>, array: { id: string, index: number, size: number } | null } | null };

export type WhyJobQueryVariables = Exact<{
  id: string;
}>;


export type WhyJobQuery = { job: { id: string, name: string, state: JobState, reason: string | null, createdAt: string, queue: { position: number | null, reason: WaitReason, message: string, eta: string | null, keptOn: { id: string } | null } | null, dependsOn: Array<{ id: string, name: string, state: JobState }>, after: Array<{ id: string, name: string, state: JobState }>, runs: Array<{ attempt: number, state: RunState, outcome: RunOutcome | null, exitCode: number | null, signal: string | null, reason: string | null }> } | null };

export type FollowJobSubscriptionVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type FollowJobSubscription = { jobChanged: { id: string, name: string, state: JobState, version: number, reason: string | null, cancelRequested: boolean, createdAt: string, startedAt: string | null, queue: { position: number | null, reason: WaitReason, message: string, eta: string | null } | null, runs: Array<{ id: string, attempt: number, state: RunState, exitCode: number | null, signal: string | null, outcome: RunOutcome | null, reason: string | null, gpus: Array<{ name: string, index: number, simulated: boolean }> | null, worker: { id: string } | null }> } };

export type FollowLogSubscriptionVariables = Exact<{
  runId: string;
  after: number;
  fromLine: number;
}>;


export type FollowLogSubscription = { runLog: { runId: string, seq: number, at: string, stream: LogStream, text: string, firstLine: number, end: boolean } };

export type JobRunsQueryVariables = Exact<{
  id: string;
}>;


export type JobRunsQuery = { job: { id: string, state: JobState, runs: Array<{ id: string, attempt: number }> } | null };

export type StoredLogQueryVariables = Exact<{
  runId: string;
  after: number;
  fromLine: number;
  first: number;
}>;


export type StoredLogQuery = { run: { log: { ended: boolean, expired: boolean, chunks: Array<{ runId: string, seq: number, at: string, stream: LogStream, text: string, firstLine: number, end: boolean }> } } | null };

export type WhoAmIQueryVariables = Exact<{ [key: string]: never; }>;


export type WhoAmIQuery = { version: string, viewer: { id: string, role: string, accounts: Array<string>, scopes: Array<Scope> | null } };

export type CompletionsQueryVariables = Exact<{ [key: string]: never; }>;


export type CompletionsQuery = { templates: Array<{ name: string }> | null, accounts: Array<{ id: string }> | null, secrets: Array<{ name: string }> | null };

export type UsageTableQueryVariables = Exact<{
  range?: TimeRangeInput | null | undefined;
  grain: UsageGrain;
  timeZone: string;
  groupBy: Array<UsageDimension> | UsageDimension;
  filter?: UsageFilter | null | undefined;
  first: number;
}>;


export type UsageTableQuery = { usage: { asOf: string, rowCount: number, rows: Array<{ start: string | null, account: string | null, user: string | null, model: string | null, outcome: string | null, usage: { gpuSeconds: number, runs: number, provisional: boolean, wastedGpuSeconds: number | null, utilisedGpuSeconds: number | null, measuredGpuSeconds: number | null, cost: Array<{ amount: string, currency: string }> | null } }>, total: { gpuSeconds: number, runs: number, provisional: boolean, wastedGpuSeconds: number | null, utilisedGpuSeconds: number | null, measuredGpuSeconds: number | null, cost: Array<{ amount: string, currency: string }> | null } } | null };

export type UsageFiguresFragment = { gpuSeconds: number, runs: number, provisional: boolean, wastedGpuSeconds: number | null, utilisedGpuSeconds: number | null, measuredGpuSeconds: number | null, cost: Array<{ amount: string, currency: string }> | null };

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
export const SubmittedFragmentDoc = new TypedDocumentString(`
    fragment Submitted on SubmitJobPayload {
  job {
    id
    name
    state
    array {
      id
      size
    }
  }
  jobs {
    id
    name
  }
  replayed
  problems {
    path
    message
  }
}
    `, {"fragmentName":"Submitted"}) as unknown as TypedDocumentString<SubmittedFragment, unknown>;
export const SamplePartsFragmentDoc = new TypedDocumentString(`
    fragment SampleParts on GpuSample {
  gpuId
  utilisationPercent
  memoryUsedMb
  powerWatts
  powerLimitWatts
  temperatureC
  smClockMhz
  memoryClockMhz
  fanPercent
  throttleReasons
}
    `, {"fragmentName":"SampleParts"}) as unknown as TypedDocumentString<SamplePartsFragment, unknown>;
export const GpuServiceFragmentDoc = new TypedDocumentString(`
    fragment GpuService on Gpu {
  id
  uuid
  name
  index
  state
  stateReason
  worker {
    id
  }
}
    `, {"fragmentName":"GpuService"}) as unknown as TypedDocumentString<GpuServiceFragment, unknown>;
export const WorkerServiceFragmentDoc = new TypedDocumentString(`
    fragment WorkerService on Worker {
  id
  hostname
  state
  cordon {
    mode
    reason
    by
  }
}
    `, {"fragmentName":"WorkerService"}) as unknown as TypedDocumentString<WorkerServiceFragment, unknown>;
export const JobLineFragmentDoc = new TypedDocumentString(`
    fragment JobLine on Job {
  id
  name
  state
  priority
  account
  submittedBy
  createdAt
  startedAt
  finishedAt
  reason
  cancelRequested
  commandLine
  gpus {
    count
    model
  }
  array {
    id
    index
    size
  }
}
    `, {"fragmentName":"JobLine"}) as unknown as TypedDocumentString<JobLineFragment, unknown>;
export const UsageFiguresFragmentDoc = new TypedDocumentString(`
    fragment UsageFigures on Usage {
  gpuSeconds
  runs
  provisional
  wastedGpuSeconds
  utilisedGpuSeconds
  measuredGpuSeconds
  cost {
    amount
    currency
  }
}
    `, {"fragmentName":"UsageFigures"}) as unknown as TypedDocumentString<UsageFiguresFragment, unknown>;
export const SubmitDocument = new TypedDocumentString(`
    mutation Submit($input: SubmitJobInput!, $key: String) {
  submitJob(input: $input, idempotencyKey: $key) {
    ...Submitted
  }
}
    fragment Submitted on SubmitJobPayload {
  job {
    id
    name
    state
    array {
      id
      size
    }
  }
  jobs {
    id
    name
  }
  replayed
  problems {
    path
    message
  }
}`) as unknown as TypedDocumentString<SubmitMutation, SubmitMutationVariables>;
export const SubmitManyDocument = new TypedDocumentString(`
    mutation SubmitMany($inputs: [SubmitJobInput!]!, $key: String) {
  submitJobs(inputs: $inputs, idempotencyKey: $key) {
    ...Submitted
  }
}
    fragment Submitted on SubmitJobPayload {
  job {
    id
    name
    state
    array {
      id
      size
    }
  }
  jobs {
    id
    name
  }
  replayed
  problems {
    path
    message
  }
}`) as unknown as TypedDocumentString<SubmitManyMutation, SubmitManyMutationVariables>;
export const CheckDocument = new TypedDocumentString(`
    query Check($input: SubmitJobInput!) {
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
    `) as unknown as TypedDocumentString<CheckQuery, CheckQueryVariables>;
export const CancelDocument = new TypedDocumentString(`
    mutation Cancel($ids: [ID!]!) {
  cancelJobs(ids: $ids) {
    jobs {
      id
      name
      state
      cancelRequested
    }
    problems {
      path
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CancelMutation, CancelMutationVariables>;
export const CancelArrayDocument = new TypedDocumentString(`
    mutation CancelArray($id: ID!) {
  cancelArray(id: $id) {
    jobs {
      id
      name
      state
      cancelRequested
    }
  }
}
    `) as unknown as TypedDocumentString<CancelArrayMutation, CancelArrayMutationVariables>;
export const RerunDocument = new TypedDocumentString(`
    mutation Rerun($ids: [ID!]!, $key: String) {
  rerunJobs(ids: $ids, idempotencyKey: $key) {
    ...Submitted
  }
}
    fragment Submitted on SubmitJobPayload {
  job {
    id
    name
    state
    array {
      id
      size
    }
  }
  jobs {
    id
    name
  }
  replayed
  problems {
    path
    message
  }
}`) as unknown as TypedDocumentString<RerunMutation, RerunMutationVariables>;
export const SetPriorityDocument = new TypedDocumentString(`
    mutation SetPriority($id: ID!, $priority: Int!) {
  updateJob(id: $id, input: {priority: $priority}) {
    job {
      id
      name
      priority
    }
    problems {
      path
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SetPriorityMutation, SetPriorityMutationVariables>;
export const MoveDocument = new TypedDocumentString(`
    mutation Move($id: ID!, $side: QueueSide!, $neighbour: ID!) {
  moveJob(id: $id, side: $side, neighbour: $neighbour) {
    job {
      id
      name
      priority
    }
    problems {
      path
      message
    }
  }
}
    `) as unknown as TypedDocumentString<MoveMutation, MoveMutationVariables>;
export const GpusViewDocument = new TypedDocumentString(`
    query GpusView {
  workers(first: 100) {
    nodes {
      id
      hostname
      state
      gpuNotice
    }
  }
  gpus(first: 200) {
    nodes {
      id
      uuid
      name
      index
      simulated
      totalMemoryMb
      driverVersion
      cudaVersion
      mig {
        gpuInstance
        computeInstance
      }
      state
      stateReason
      worker {
        id
      }
      lastSample {
        ...SampleParts
      }
      processes {
        pid
        name
        memoryMb
        run {
          id
        }
      }
      currentRun {
        id
        job {
          name
          submittedBy
        }
      }
    }
    pageInfo {
      hasNextPage
    }
  }
}
    fragment SampleParts on GpuSample {
  gpuId
  utilisationPercent
  memoryUsedMb
  powerWatts
  powerLimitWatts
  temperatureC
  smClockMhz
  memoryClockMhz
  fanPercent
  throttleReasons
}`) as unknown as TypedDocumentString<GpusViewQuery, GpusViewQueryVariables>;
export const GpusViewTelemetryDocument = new TypedDocumentString(`
    subscription GpusViewTelemetry {
  gpuTelemetry(everyMs: 1000) {
    ...SampleParts
  }
}
    fragment SampleParts on GpuSample {
  gpuId
  utilisationPercent
  memoryUsedMb
  powerWatts
  powerLimitWatts
  temperatureC
  smClockMhz
  memoryClockMhz
  fanPercent
  throttleReasons
}`) as unknown as TypedDocumentString<GpusViewTelemetrySubscription, GpusViewTelemetrySubscriptionVariables>;
export const GpuNamesDocument = new TypedDocumentString(`
    query GpuNames {
  workers(first: 100) {
    nodes {
      id
      hostname
    }
  }
  gpus(first: 200) {
    nodes {
      id
      uuid
      name
      index
      worker {
        id
      }
    }
  }
}
    `) as unknown as TypedDocumentString<GpuNamesQuery, GpuNamesQueryVariables>;
export const CordonGpuDocument = new TypedDocumentString(`
    mutation CordonGpu($id: ID!, $reason: String!) {
  cordonGpu(id: $id, reason: $reason) {
    gpu {
      ...GpuService
    }
  }
}
    fragment GpuService on Gpu {
  id
  uuid
  name
  index
  state
  stateReason
  worker {
    id
  }
}`) as unknown as TypedDocumentString<CordonGpuMutation, CordonGpuMutationVariables>;
export const DrainGpuDocument = new TypedDocumentString(`
    mutation DrainGpu($id: ID!, $reason: String!) {
  drainGpu(id: $id, reason: $reason) {
    gpu {
      ...GpuService
    }
  }
}
    fragment GpuService on Gpu {
  id
  uuid
  name
  index
  state
  stateReason
  worker {
    id
  }
}`) as unknown as TypedDocumentString<DrainGpuMutation, DrainGpuMutationVariables>;
export const ReturnGpuDocument = new TypedDocumentString(`
    mutation ReturnGpu($id: ID!) {
  returnGpu(id: $id) {
    gpu {
      ...GpuService
    }
  }
}
    fragment GpuService on Gpu {
  id
  uuid
  name
  index
  state
  stateReason
  worker {
    id
  }
}`) as unknown as TypedDocumentString<ReturnGpuMutation, ReturnGpuMutationVariables>;
export const CordonWorkerDocument = new TypedDocumentString(`
    mutation CordonWorker($id: ID!, $reason: String!) {
  cordonWorker(id: $id, reason: $reason) {
    worker {
      ...WorkerService
    }
  }
}
    fragment WorkerService on Worker {
  id
  hostname
  state
  cordon {
    mode
    reason
    by
  }
}`) as unknown as TypedDocumentString<CordonWorkerMutation, CordonWorkerMutationVariables>;
export const DrainWorkerDocument = new TypedDocumentString(`
    mutation DrainWorker($id: ID!, $reason: String!) {
  drainWorker(id: $id, reason: $reason) {
    worker {
      ...WorkerService
    }
  }
}
    fragment WorkerService on Worker {
  id
  hostname
  state
  cordon {
    mode
    reason
    by
  }
}`) as unknown as TypedDocumentString<DrainWorkerMutation, DrainWorkerMutationVariables>;
export const ReturnWorkerDocument = new TypedDocumentString(`
    mutation ReturnWorker($id: ID!) {
  returnWorker(id: $id) {
    worker {
      ...WorkerService
    }
  }
}
    fragment WorkerService on Worker {
  id
  hostname
  state
  cordon {
    mode
    reason
    by
  }
}`) as unknown as TypedDocumentString<ReturnWorkerMutation, ReturnWorkerMutationVariables>;
export const ListJobsDocument = new TypedDocumentString(`
    query ListJobs($filter: JobFilter, $search: JobSearch, $orderBy: JobOrder, $first: Int!, $after: String) {
  jobs(
    filter: $filter
    search: $search
    orderBy: $orderBy
    first: $first
    after: $after
  ) {
    nodes {
      ...JobLine
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment JobLine on Job {
  id
  name
  state
  priority
  account
  submittedBy
  createdAt
  startedAt
  finishedAt
  reason
  cancelRequested
  commandLine
  gpus {
    count
    model
  }
  array {
    id
    index
    size
  }
}`) as unknown as TypedDocumentString<ListJobsQuery, ListJobsQueryVariables>;
export const ListProgressDocument = new TypedDocumentString(`
    query ListProgress($filter: JobFilter, $first: Int!) {
  jobs(filter: $filter, first: $first) {
    nodes {
      id
      runs {
        attempt
        log(fromLine: 2000000000, first: 1) {
          chunks {
            text
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ListProgressQuery, ListProgressQueryVariables>;
export const WatchJobsDocument = new TypedDocumentString(`
    subscription WatchJobs($filter: JobFilter, $after: ID) {
  jobsChanged(filter: $filter, after: $after) {
    ...JobLine
  }
}
    fragment JobLine on Job {
  id
  name
  state
  priority
  account
  submittedBy
  createdAt
  startedAt
  finishedAt
  reason
  cancelRequested
  commandLine
  gpus {
    count
    model
  }
  array {
    id
    index
    size
  }
}`) as unknown as TypedDocumentString<WatchJobsSubscription, WatchJobsSubscriptionVariables>;
export const JobNamesDocument = new TypedDocumentString(`
    query JobNames($filter: JobFilter, $search: JobSearch, $first: Int!) {
  jobs(filter: $filter, search: $search, first: $first) {
    nodes {
      id
      name
      state
    }
  }
}
    `) as unknown as TypedDocumentString<JobNamesQuery, JobNamesQueryVariables>;
export const QueueNowDocument = new TypedDocumentString(`
    query QueueNow($kind: QueueKind!, $first: Int!) {
  queue(kind: $kind, first: $first) {
    nodes {
      ...JobLine
      queue {
        position
        reason
        message
        eta
        keptOn {
          id
        }
      }
    }
    pageInfo {
      hasNextPage
    }
  }
}
    fragment JobLine on Job {
  id
  name
  state
  priority
  account
  submittedBy
  createdAt
  startedAt
  finishedAt
  reason
  cancelRequested
  commandLine
  gpus {
    count
    model
  }
  array {
    id
    index
    size
  }
}`) as unknown as TypedDocumentString<QueueNowQuery, QueueNowQueryVariables>;
export const ShowJobDocument = new TypedDocumentString(`
    query ShowJob($id: ID!) {
  job(id: $id) {
    ...JobLine
    version
    command
    shell
    env
    workingDirectory
    timeoutSeconds
    maxIdleSeconds
    maxRetries
    gpus {
      minMemoryMb
      minComputeCapability
    }
    template
    schedule
    startAt
    preemptible
    workerLabels
    secrets
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
    usage {
      gpuSeconds
      provisional
      cost {
        amount
        currency
      }
    }
    queue {
      position
      reason
      message
      eta
      keptOn {
        id
      }
    }
    dependsOn {
      id
      name
      state
    }
    after {
      id
      name
      state
    }
    runs {
      id
      attempt
      state
      exitCode
      signal
      outcome
      reason
      startedAt
      finishedAt
      worker {
        id
      }
      gpus {
        id
        name
        index
        simulated
      }
      metrics {
        meanUtilisationPercent
        peakMemoryMb
        energyJoules
      }
    }
    events {
      type
      at
      reason
    }
  }
}
    fragment JobLine on Job {
  id
  name
  state
  priority
  account
  submittedBy
  createdAt
  startedAt
  finishedAt
  reason
  cancelRequested
  commandLine
  gpus {
    count
    model
  }
  array {
    id
    index
    size
  }
}`) as unknown as TypedDocumentString<ShowJobQuery, ShowJobQueryVariables>;
export const WhyJobDocument = new TypedDocumentString(`
    query WhyJob($id: ID!) {
  job(id: $id) {
    id
    name
    state
    reason
    createdAt
    queue {
      position
      reason
      message
      eta
      keptOn {
        id
      }
    }
    dependsOn {
      id
      name
      state
    }
    after {
      id
      name
      state
    }
    runs {
      attempt
      state
      outcome
      exitCode
      signal
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<WhyJobQuery, WhyJobQueryVariables>;
export const FollowJobDocument = new TypedDocumentString(`
    subscription FollowJob($id: ID!, $after: ID) {
  jobChanged(id: $id, after: $after) {
    id
    name
    state
    version
    reason
    cancelRequested
    createdAt
    startedAt
    queue {
      position
      reason
      message
      eta
    }
    runs {
      id
      attempt
      state
      exitCode
      signal
      outcome
      reason
      gpus {
        name
        index
        simulated
      }
      worker {
        id
      }
    }
  }
}
    `) as unknown as TypedDocumentString<FollowJobSubscription, FollowJobSubscriptionVariables>;
export const FollowLogDocument = new TypedDocumentString(`
    subscription FollowLog($runId: ID!, $after: Int!, $fromLine: Int!) {
  runLog(runId: $runId, after: $after, fromLine: $fromLine) {
    runId
    seq
    at
    stream
    text
    firstLine
    end
  }
}
    `) as unknown as TypedDocumentString<FollowLogSubscription, FollowLogSubscriptionVariables>;
export const JobRunsDocument = new TypedDocumentString(`
    query JobRuns($id: ID!) {
  job(id: $id) {
    id
    state
    runs {
      id
      attempt
    }
  }
}
    `) as unknown as TypedDocumentString<JobRunsQuery, JobRunsQueryVariables>;
export const StoredLogDocument = new TypedDocumentString(`
    query StoredLog($runId: ID!, $after: Int!, $fromLine: Int!, $first: Int!) {
  run(id: $runId) {
    log(after: $after, fromLine: $fromLine, first: $first) {
      chunks {
        runId
        seq
        at
        stream
        text
        firstLine
        end
      }
      ended
      expired
    }
  }
}
    `) as unknown as TypedDocumentString<StoredLogQuery, StoredLogQueryVariables>;
export const WhoAmIDocument = new TypedDocumentString(`
    query WhoAmI {
  viewer {
    id
    role
    accounts
    scopes
  }
  version
}
    `) as unknown as TypedDocumentString<WhoAmIQuery, WhoAmIQueryVariables>;
export const CompletionsDocument = new TypedDocumentString(`
    query Completions {
  templates {
    name
  }
  accounts {
    id
  }
  secrets {
    name
  }
}
    `) as unknown as TypedDocumentString<CompletionsQuery, CompletionsQueryVariables>;
export const UsageTableDocument = new TypedDocumentString(`
    query UsageTable($range: TimeRangeInput, $grain: UsageGrain!, $timeZone: String!, $groupBy: [UsageDimension!]!, $filter: UsageFilter, $first: Int!) {
  usage(
    range: $range
    grain: $grain
    timeZone: $timeZone
    groupBy: $groupBy
    metrics: [COST, UTILISATION, WASTED_GPU_TIME]
    filter: $filter
    first: $first
  ) {
    asOf
    rowCount
    rows {
      start
      account
      user
      model
      outcome
      usage {
        ...UsageFigures
      }
    }
    total {
      ...UsageFigures
    }
  }
}
    fragment UsageFigures on Usage {
  gpuSeconds
  runs
  provisional
  wastedGpuSeconds
  utilisedGpuSeconds
  measuredGpuSeconds
  cost {
    amount
    currency
  }
}`) as unknown as TypedDocumentString<UsageTableQuery, UsageTableQueryVariables>;