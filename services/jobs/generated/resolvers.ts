import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Job as JobRow, Run as RunRow, Template as TemplateRow, GpuRef, WorkerRef } from '../entities.ts';
import type { ScheduleRow } from '../schedules/schedules.ts';
import type { SecretRow } from '../secrets/secrets.ts';
import type { TokenRow } from '../tokens/api-tokens.ts';
import type { CheckedToken } from '../tokens/check-token.ts';
import type { WebhookRow } from '../webhooks/webhooks.ts';
import type { DeliveryRow } from '../webhooks/deliveries.ts';
import type { AccountRow } from '../accounts/accounts.ts';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant in UTC, ISO 8601 with milliseconds: `2026-01-31T12:00:00.000Z`. */
  DateTime: { input: string; output: string; }
  /** An object whose values are all strings, such as an environment: `{LR: "0.1"}`. */
  StringMap: { input: Record<string, string>; output: Record<string, string>; }
  _FieldSet: { input: string; output: string; }
};

/** Who pays, and what share of the machines that buys. */
export type Account = {
  __typename?: 'Account';
  /** The part that its weight entitles it to, among the accounts that were active. */
  dueShare: Scalars['Float']['output'];
  /** How many GPUs its runs hold now. */
  gpusHeld: Scalars['Int']['output'];
  /** Its name. */
  id: Scalars['ID']['output'];
  /** How many of its jobs wait. */
  jobsQueued: Scalars['Int']['output'];
  /** The most GPUs that its runs hold at a time; null for no limit. */
  maxGpus?: Maybe<Scalars['Int']['output']>;
  /** The most jobs that it has waiting. */
  maxQueuedJobs?: Maybe<Scalars['Int']['output']>;
  /** The most runs that it has at a time. */
  maxRuns?: Maybe<Scalars['Int']['output']>;
  /** Its part of the GPU time of the recent past, from 0 to 1; what is a day ago counts half. */
  recentShare: Scalars['Float']['output'];
  /** How many runs it has now. */
  runsLive: Scalars['Int']['output'];
  /** Of two accounts with waiting jobs, one with twice the weight gets twice the GPU time. */
  weight: Scalars['Float']['output'];
};

/** A token that somebody made for scripts. */
export type ApiToken = {
  __typename?: 'ApiToken';
  /** The accounts that may pay for its jobs. */
  accounts: Array<Scalars['String']['output']>;
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** When it ends by itself. */
  expiresAt: Scalars['DateTime']['output'];
  /** Names the token. It is no secret. */
  id: Scalars['ID']['output'];
  /** To within a minute; null where it never was. */
  lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What its owner knows it by. */
  name: Scalars['String']['output'];
  /** Whom it stands for. */
  owner: Scalars['String']['output'];
  /** When it was revoked; null where it was not. */
  revokedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What it may do, as far as its owner's role allows that. */
  scopes: Array<Scope>;
};

/** Each job gets `CONSTELLATION_ARRAY_INDEX`, and a sweep's values as environment variables. `{{name}}` in the command stands for them. */
export type ArrayInput = {
  /** So many jobs; instead of `sweep`. */
  count?: InputMaybe<Scalars['Int']['input']>;
  /** So many of them at a time. */
  maxParallel?: InputMaybe<Scalars['Int']['input']>;
  /** One job for each combination of the values; 10000 at most. */
  sweep?: InputMaybe<Array<SweepInput>>;
};

/** Which job of an array it is. */
export type ArrayPlace = {
  __typename?: 'ArrayPlace';
  /** The same for all jobs of the array. */
  id: Scalars['ID']['output'];
  /** From 0. */
  index: Scalars['Int']['output'];
  /** How many jobs the array has. */
  size: Scalars['Int']['output'];
};

/** A page of the audit log. */
export type AuditConnection = {
  __typename?: 'AuditConnection';
  /** Those of this page. */
  nodes: Array<AuditRecord>;
  /** Whether there is more, and where it begins. */
  pageInfo: PageInfo;
};

/** Which records: those for which all that is given holds. */
export type AuditFilter = {
  /** The field of the graph, such as `cancelJob`, or `sign in`. */
  action?: InputMaybe<Scalars['String']['input']>;
  /** From this instant on. */
  from?: InputMaybe<Scalars['DateTime']['input']>;
  /** What came of it. */
  outcome?: InputMaybe<AuditOutcome>;
  /** Before this instant. */
  to?: InputMaybe<Scalars['DateTime']['input']>;
  /** Asked for by this user. */
  who?: InputMaybe<Scalars['String']['input']>;
};

/** What came of it. */
export type AuditOutcome =
  /** It was done. */
  | 'DONE'
  /** For another reason, such as a wrong input. */
  | 'FAILED'
  /** By who they are, or how much they ask for. */
  | 'REFUSED';

/** A change that somebody made or tried, or something that was refused. */
export type AuditRecord = {
  __typename?: 'AuditRecord';
  /** The field of the graph, such as `cancelJob`, or `sign in`. */
  action: Scalars['String']['output'];
  /** Where they came from; known of those alone who were not let in. */
  address?: Maybe<Scalars['String']['output']>;
  /** What it was asked with, as JSON. The values of secrets and environments are not in it. */
  arguments: Scalars['String']['output'];
  /** When it was asked for. */
  at: Scalars['DateTime']['output'];
  /** How often, where the same was refused again and again. */
  count: Scalars['Int']['output'];
  /** The code of the error. */
  error?: Maybe<Scalars['String']['output']>;
  /** Names the record; later ones sort behind earlier ones. */
  id: Scalars['ID']['output'];
  /** What came of it. */
  outcome: AuditOutcome;
  /** The same for all that was asked for at once. */
  requestId: Scalars['String']['output'];
  /** Their role then, such as `user`. */
  role?: Maybe<Scalars['String']['output']>;
  /** What it was done to: ids, and names where there are no ids. */
  targets: Array<Scalars['String']['output']>;
  /** By which way they asked. */
  via: AuditVia;
  /** Null where nobody was let in. */
  who?: Maybe<Scalars['String']['output']>;
};

/** By which way something was asked for. */
export type AuditVia =
  /** GraphQL over HTTP. */
  | 'HTTP'
  /** REST. */
  | 'REST'
  /** GraphQL over a WebSocket. */
  | 'SOCKET';

/** What became of each job that was to be cancelled. */
export type CancelJobsPayload = {
  __typename?: 'CancelJobsPayload';
  /** Cancelled, on their way there, or ended before. */
  jobs: Array<Job>;
  /** What could not be cancelled, each with its path such as `ids.3`. */
  problems: Array<Problem>;
};

/** Who a token stands for. */
export type CheckedApiToken = {
  __typename?: 'CheckedApiToken';
  accounts: Array<Scalars['String']['output']>;
  expiresAt: Scalars['DateTime']['output'];
  id: Scalars['ID']['output'];
  owner: Scalars['String']['output'];
  role: Scalars['String']['output'];
  scopes: Array<Scope>;
};

/** What a worker has to give. */
export type ClaimRunsInput = {
  /** How many runs without a GPU it takes; those with GPUs are bounded by the GPUs. */
  cpuSlots: Scalars['Int']['input'];
  /** The GPUs that the worker has free, by the ids that registering gave. Those of other workers are left out. */
  gpuIds: Array<Scalars['ID']['input']>;
};

/** What a worker is given. */
export type ClaimRunsPayload = {
  __typename?: 'ClaimRunsPayload';
  /** The runs that it has leases of now. */
  runs: Array<ClaimedRun>;
};

/** All that a worker needs to run a command. */
export type ClaimedRun = {
  __typename?: 'ClaimedRun';
  /** 1 for the first. */
  attempt: Scalars['Int']['output'];
  /** The program and its arguments, with all `{{…}}` filled in. */
  command: Array<Scalars['String']['output']>;
  /** What it is to run in; null for a process. */
  container?: Maybe<Container>;
  /** Its environment, secrets included. */
  env: Scalars['StringMap']['output'];
  /** The fencing token: whatever is written about the run carries it. */
  epoch: Scalars['Int']['output'];
  /** The GPUs that are bound to it. */
  gpuUuids: Array<Scalars['String']['output']>;
  /** The job that it is an attempt at. */
  jobId: Scalars['ID']['output'];
  /** How long the lease lasts from now. */
  leaseMs: Scalars['Int']['output'];
  /** What it may use. */
  limits: Limits;
  /** For how long its GPUs may do nothing; null where its worker decides that. */
  maxIdleSeconds?: Maybe<Scalars['Int']['output']>;
  /** Names the run. */
  runId: Scalars['ID']['output'];
  /** Variables of the environment whose values are to be masked in the log. */
  secrets: Scalars['StringMap']['output'];
  /** Whether `/bin/sh` is to run it. */
  shell: Scalars['Boolean']['output'];
  /** When it is to be ended; null for no limit. */
  timeoutSeconds?: Maybe<Scalars['Int']['output']>;
  /** What the run follows from, where its submission is traced, as https://www.w3.org/TR/trace-context/ writes it. */
  traceparent?: Maybe<Scalars['String']['output']>;
  /** The signal before its end, if it wants one. */
  warning?: Maybe<Warning>;
  /** Where it is to start. */
  workingDirectory?: Maybe<Scalars['String']['output']>;
};

/** What a job runs in. */
export type Container = {
  __typename?: 'Container';
  /** Such as `pytorch/pytorch:2.9`. */
  image: Scalars['String']['output'];
  /** What of the worker it sees. */
  mounts: Array<Mount>;
};

/** What a job runs in. */
export type ContainerInput = {
  /** Such as `pytorch/pytorch:2.9`. */
  image: Scalars['String']['input'];
  /** What of the worker it sees, up to 64; nothing by default. */
  mounts?: InputMaybe<Array<MountInput>>;
};

/** What the token may do, and for how long. */
export type CreateApiTokenInput = {
  /** Some of your accounts, the first one its default; by default all of them. */
  accounts?: InputMaybe<Array<Scalars['String']['input']>>;
  /** At most a year from now; by default 90 days. */
  expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** What you know it by. */
  name: Scalars['String']['input'];
  /** What it may do, as far as your role allows that. */
  scopes: Array<Scope>;
};

/** The token, or what is wrong. */
export type CreateApiTokenPayload = {
  __typename?: 'CreateApiTokenPayload';
  /** What is wrong with the input; then nothing was stored. Empty where all is well. */
  problems: Array<Problem>;
  /** What scripts send, such as `Authorization: Bearer cst_…`. Keep it: it is shown this once. */
  secret?: Maybe<Scalars['String']['output']>;
  /** Null where something is wrong. */
  token?: Maybe<ApiToken>;
};

/** Which way an order goes. */
export type Direction =
  /** The least, the oldest or the first letter first. */
  | 'ASCENDING'
  /** The other way round. */
  | 'DESCENDING';

/** How a run ended. */
export type FinishRunInput = {
  /**
   * How long ago the run ended, in milliseconds: its GPUs are not billed for the time that its worker
   * could not report.
   */
  endedMsAgo?: Scalars['Int']['input'];
  /** As `claimRuns` told it. */
  epoch: Scalars['Int']['input'];
  /** What the process ended with, where it did so by itself. */
  exitCode?: InputMaybe<Scalars['Int']['input']>;
  /** How many chunks the log has, its end included. */
  logChunks: Scalars['Int']['input'];
  /** What its GPUs did; none for a run without. */
  metrics?: InputMaybe<RunMetricsInput>;
  /** What kind of end it was. */
  outcome: RunOutcome;
  /** In a sentence, why it ended so, where there is something to say. */
  reason?: InputMaybe<Scalars['String']['input']>;
  /** The run. */
  runId: Scalars['ID']['input'];
  /** The signal that ended it, such as `SIGKILL`. */
  signal?: InputMaybe<Scalars['String']['input']>;
};

export type Gpu = {
  __typename?: 'Gpu';
  /** The run that holds it, where you may see it. */
  currentRun?: Maybe<Run>;
  /**
   * When the run that holds it is expected to have ended, as far as its time limit and the recent past tell; null where
   * none holds it, and where nobody can tell.
   */
  freeAt?: Maybe<Scalars['DateTime']['output']>;
  id: Scalars['ID']['output'];
  /** Whether a run holds it, whoever's. */
  inUse: Scalars['Boolean']['output'];
  /** How its runs of the last `days` ended, whoever's they were. */
  runCounts: GpuRunCounts;
  /** The runs that it has had, of those that you may see, the newest first. */
  runs: RunConnection;
};


export type GpuRunCountsArgs = {
  days?: InputMaybe<Scalars['Int']['input']>;
};


export type GpuRunsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type GpuFault = {
  __typename?: 'GpuFault';
  id: Scalars['ID']['output'];
  /** The run that held the GPU when it was first seen, where you may see it. */
  run?: Maybe<Run>;
  runId?: Maybe<Scalars['ID']['output']>;
};

/** The GPUs that a job needs, all on one worker. */
export type GpuRequest = {
  __typename?: 'GpuRequest';
  /** How many; 0 for a job without. */
  count: Scalars['Int']['output'];
  /** The least CUDA compute capability, such as `8.0`. */
  minComputeCapability?: Maybe<Scalars['String']['output']>;
  /** The least memory that each must have, in MiB; null for any. */
  minMemoryMb?: Maybe<Scalars['Int']['output']>;
  /** Part of the GPU's name, in any case: `A100`. */
  model?: Maybe<Scalars['String']['output']>;
};

/** The GPUs that a job needs, all on one worker. */
export type GpuRequestInput = {
  /** How many: 0 to 64, 1 by default. */
  count?: InputMaybe<Scalars['Int']['input']>;
  /** The least CUDA compute capability, such as `8.0`. */
  minComputeCapability?: InputMaybe<Scalars['String']['input']>;
  /** The least memory that each must have, in MiB; any by default. */
  minMemoryMb?: InputMaybe<Scalars['Int']['input']>;
  /** Part of the GPU's name, in any case: `A100`. */
  model?: InputMaybe<Scalars['String']['input']>;
};

/** Runs that have ended, by their end: `lost` are those whose worker went away or that were given back. */
export type GpuRunCounts = {
  __typename?: 'GpuRunCounts';
  /** As somebody asked for it. */
  cancelled: Scalars['Int']['output'];
  /** With exit code 0. */
  completed: Scalars['Int']['output'];
  /** By themselves. */
  failed: Scalars['Int']['output'];
  /** As one of their GPUs failed. */
  gpuFailed: Scalars['Int']['output'];
  /** As their worker went away or gave them back. */
  lost: Scalars['Int']['output'];
  /** To make room for others. */
  preempted: Scalars['Int']['output'];
};

/** What was asked for: a command, and the GPUs it needs. */
export type Job = {
  __typename?: 'Job';
  /** Who pays. */
  account: Scalars['String']['output'];
  /** The jobs that must have ended, in whatever way, before it starts. */
  after: Array<Job>;
  /** Its place in the array or sweep that it is part of. */
  array?: Maybe<ArrayPlace>;
  /** True from the moment that cancelling was asked for. */
  cancelRequested: Scalars['Boolean']['output'];
  /** The program and its arguments; with `shell`, one line for /bin/sh. */
  command: Array<Scalars['String']['output']>;
  /** The same in one line, for lists: the first 200 characters. */
  commandLine: Scalars['String']['output'];
  /** The image it runs in; null for a process on the worker itself. */
  container?: Maybe<Container>;
  /** When it was submitted. */
  createdAt: Scalars['DateTime']['output'];
  /** The jobs that wait for this one. */
  dependents: Array<Job>;
  /** The jobs that must complete before it starts. */
  dependsOn: Array<Job>;
  /** Variables of its environment. The values of secrets are not among them. */
  env: Scalars['StringMap']['output'];
  /** What happened to it, oldest first. */
  events: Array<JobEvent>;
  /** When it came to its end; null until then. */
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The GPUs it needs. */
  gpus: GpuRequest;
  /** Names the job; later ones sort behind earlier ones. */
  id: Scalars['ID']['output'];
  /** What it may use of memory and processors. */
  limits: Limits;
  /** It is ended when its GPUs have done nothing for so long. */
  maxIdleSeconds?: Maybe<Scalars['Int']['output']>;
  /** How many more attempts follow one that failed by itself. */
  maxRetries: Scalars['Int']['output'];
  /** What its submitter calls it. */
  name: Scalars['String']['output'];
  /** It may be ended, to be tried again later, in favour of a job of higher priority. */
  preemptible: Scalars['Boolean']['output'];
  /** From -1000 to 1000; a point is worth ten minutes of waiting. */
  priority: Scalars['Int']['output'];
  /** Why it waits, and for how long; null unless it is waiting for a worker. */
  queue?: Maybe<QueuePlace>;
  /** In a sentence, why the job is in its state, where there is something to say. */
  reason?: Maybe<Scalars['String']['output']>;
  /** Which failures are tried again, and how soon. */
  retry: RetryRules;
  /** Its attempts, oldest first. */
  runs: Array<Run>;
  /** The schedule that submitted it. */
  schedule?: Maybe<Scalars['String']['output']>;
  /** The names of the account's secrets that it is given as environment variables. */
  secrets: Array<Scalars['String']['output']>;
  /** Whether `/bin/sh` runs the command. */
  shell: Scalars['Boolean']['output'];
  /** It does not start before this. */
  startAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the present or last attempt's process started. */
  startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where it stands. */
  state: JobState;
  /** Who submitted it. */
  submittedBy: Scalars['String']['output'];
  /** The template that the job was made from. */
  template?: Maybe<Scalars['String']['output']>;
  /** An attempt that runs for longer is ended; null for no limit. */
  timeoutSeconds?: Maybe<Scalars['Int']['output']>;
  /** Counts the job's changes from 1: two answers with the same version are the same job. */
  version: Scalars['Int']['output'];
  /** A signal before it is ended by preemption or by its time limit. */
  warning?: Maybe<Warning>;
  /** Labels that its worker must have. */
  workerLabels: Scalars['StringMap']['output'];
  /** Where it starts; null for a directory of the run's own. */
  workingDirectory?: Maybe<Scalars['String']['output']>;
};

/** Whether a job could run. */
export type JobCheck = {
  __typename?: 'JobCheck';
  /** When it would start; null where nobody can tell. */
  eta?: Maybe<Scalars['DateTime']['output']>;
  /** The same in a sentence. */
  message: Scalars['String']['output'];
  /** True where some worker that is there now could ever run it. */
  possible: Scalars['Boolean']['output'];
  /** What is wrong with the input itself; nothing else is known then. */
  problems: Array<Problem>;
  /** What it would wait for if it were submitted now. */
  reason?: Maybe<WaitReason>;
  /** What each worker makes of it. */
  workers: Array<WorkerFit>;
};

/** A page of jobs. */
export type JobConnection = {
  __typename?: 'JobConnection';
  /** Those of this page. */
  nodes: Array<Job>;
  /** Whether there is more, and where it begins. */
  pageInfo: PageInfo;
};

/** How many jobs are in a state. */
export type JobCount = {
  __typename?: 'JobCount';
  /** How many; 1000 stands for that or more. */
  count: Scalars['Int']['output'];
  /** The state. */
  state: JobState;
};

/** Something that happened to a job. */
export type JobEvent = {
  __typename?: 'JobEvent';
  /** When it happened. */
  at: Scalars['DateTime']['output'];
  /** Who changed the job, of `job.changed`. */
  by?: Maybe<Scalars['String']['output']>;
  /** Counts up in the order in which things happened. */
  id: Scalars['ID']['output'];
  /** The priority that it was given by that change; null where it was none of its priority. */
  priority?: Maybe<Scalars['Int']['output']>;
  /** In a sentence, why, where there is something to say. */
  reason?: Maybe<Scalars['String']['output']>;
  /** The attempt that it is about; null where it is about the job. */
  runId?: Maybe<Scalars['ID']['output']>;
  /** Such as `job.queued`. */
  type: Scalars['String']['output'];
  /** The job's version after it. */
  version: Scalars['Int']['output'];
};

/** Which jobs: those for which all that is given holds. */
export type JobFilter = {
  /** Paid for by this account. */
  account?: InputMaybe<Scalars['String']['input']>;
  /** The jobs of one array. */
  array?: InputMaybe<Scalars['ID']['input']>;
  /** Part of the name, in any case. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** In one of these states. */
  states?: InputMaybe<Array<JobState>>;
  /** Submitted by this user. */
  submittedBy?: InputMaybe<Scalars['String']['input']>;
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

/** The job as it is after the change, or what is wrong. */
export type JobPayload = {
  __typename?: 'JobPayload';
  /** Null where something is wrong. */
  job?: Maybe<Job>;
  /** What is wrong with the input; then nothing was stored. Empty where all is well. */
  problems: Array<Problem>;
};

/** What lists can be asked for beside `JobFilter`; the events of jobs do not tell of it. */
export type JobSearch = {
  /** Created before this instant. */
  createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** Created from this instant on. */
  createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** The jobs that had a run on this GPU. */
  gpu?: InputMaybe<Scalars['ID']['input']>;
  /** The GPU model as it was asked for, in any case. */
  gpuModel?: InputMaybe<Scalars['String']['input']>;
  /** Made from this template. */
  template?: InputMaybe<Scalars['String']['input']>;
  /**
   * Words, all of which must be in the job's name, command, user or account, in any case; of the command the first few
   * hundred characters count. One of a letter or two must begin a word. The beginning of a job's id finds it too, from 8
   * characters on.
   */
  text?: InputMaybe<Scalars['String']['input']>;
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

/** The jobs as they are after the change. */
export type JobsPayload = {
  __typename?: 'JobsPayload';
  /** Those that were changed, or were so before. */
  jobs: Array<Job>;
};

/** How a lease stands. */
export type LeasePayload = {
  __typename?: 'LeasePayload';
  /** How long the lease lasts from now; 0 unless it is held. */
  leaseMs: Scalars['Int']['output'];
  /** The run that was asked about. */
  runId: Scalars['ID']['output'];
  /** What the worker is to do with it. */
  standing: LeaseStanding;
};

/** What a worker is to do with a run. */
export type LeaseStanding =
  /** The worker must end the run and report it as cancelled. */
  | 'CANCEL'
  /** Go on. */
  | 'HELD'
  /** The run is no longer this worker's, or has ended: what the worker still has of it must end. */
  | 'OVER'
  /** The worker must warn the run, end it, and report it as preempted. */
  | 'PREEMPT';

/** What a job may use, where its worker can hold it to that; null is as much as there is. */
export type Limits = {
  __typename?: 'Limits';
  /** How many processors' worth of time. */
  cpus?: Maybe<Scalars['Float']['output']>;
  /** In MiB. A run that uses more is ended as out of memory. */
  memoryMb?: Maybe<Scalars['Int']['output']>;
};

/** What a job may use, where its worker can hold it to that; null is as much as there is. */
export type LimitsInput = {
  /** How many processors' worth of time, from 0.01 on. */
  cpus?: InputMaybe<Scalars['Float']['input']>;
  /** In MiB, from 4 on. A run that uses more is ended as out of memory. */
  memoryMb?: InputMaybe<Scalars['Int']['input']>;
};

/** A piece of a run's output, as it was written: lines may span chunks. */
export type LogChunk = {
  __typename?: 'LogChunk';
  /** When it was written, as its worker's clock says. */
  at: Scalars['DateTime']['output'];
  /** True on the last chunk of a log, which has no text. */
  end: Scalars['Boolean']['output'];
  /** The number of the line, from 0, that the first character belongs to. */
  firstLine: Scalars['Int']['output'];
  /** The run that wrote it. */
  runId: Scalars['ID']['output'];
  /** Counts from 0 without gaps. */
  seq: Scalars['Int']['output'];
  /** Where it was written to. */
  stream: LogStream;
  /** What was written; control characters and colours are left as they are. */
  text: Scalars['String']['output'];
};

/** A part of a log. */
export type LogPage = {
  __typename?: 'LogPage';
  /** Its pieces, in order. */
  chunks: Array<LogChunk>;
  /** True when the log is whole and this page reaches its end. */
  ended: Scalars['Boolean']['output'];
  /** True when the log is older than logs are kept: nothing of it is left. */
  expired: Scalars['Boolean']['output'];
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
export type Mount = {
  __typename?: 'Mount';
  /** Whether nothing can be written to it. */
  readOnly: Scalars['Boolean']['output'];
  /** On the worker. */
  source: Scalars['String']['output'];
  /** In the container. */
  target: Scalars['String']['output'];
};

/** A directory of the worker in the container. */
export type MountInput = {
  /** Whether nothing can be written to it. No by default. */
  readOnly?: InputMaybe<Scalars['Boolean']['input']>;
  /** On the worker: an absolute path, which its operator allows. */
  source: Scalars['String']['input'];
  /** In the container: an absolute path. */
  target: Scalars['String']['input'];
};

/** What can be changed. */
export type Mutation = {
  __typename?: 'Mutation';
  /** The same for every job of an array. */
  cancelArray: JobsPayload;
  /**
   * Asks that a job end. A queued job is cancelled at once; a running one when its worker has ended
   * its processes. Cancelling a job that has ended changes nothing.
   */
  cancelJob: JobPayload;
  /**
   * The same for up to 1000 jobs. Those that are not there, or not yours to see, come back in `problems`, each with its
   * path such as `ids.3`, and do not keep the others from being cancelled.
   */
  cancelJobs: CancelJobsPayload;
  /** For workers: takes the runs that fit the offered GPUs, and with each a lease. */
  claimRuns: ClaimRunsPayload;
  /** Makes a token for scripts, which may do what you may, within its scopes. It is in the answer, and never again. */
  createApiToken: CreateApiTokenPayload;
  /** Ends a schedule; the jobs that it has submitted stay. False where there is none. */
  deleteSchedule: Scalars['Boolean']['output'];
  /** Removes a secret. Jobs that wait for their start with it will fail. False where there is none. */
  deleteSecret: Scalars['Boolean']['output'];
  /** Ends a webhook; what was to be sent is not sent any more. False where there is none. */
  deleteWebhook: Scalars['Boolean']['output'];
  /**
   * For administrators: makes the token by which a worker of this name, on a machine elsewhere, gets tokens of an hour
   * at `POST /worker-token`. It does nothing else, and holds for a year.
   */
  enrolWorker: CreateApiTokenPayload;
  /** For workers: how a run ended. Reporting the same end again changes nothing. */
  finishRun: LeasePayload;
  /** The same for up to 1000 runs. A report that is refused does not keep the others from being heard. */
  finishRuns: Array<LeasePayload>;
  /**
   * Sets the priority of a waiting job so that it goes before or after another one that waits: the least change that does
   * it, or none where it is there already. A point of priority is worth ten minutes of waiting, so it may pass others that
   * came at about the same time. `problems` tell where no priority would do it.
   */
  moveJob: JobPayload;
  /** For workers: since when the GPUs of a run have done nothing, or that they work again. */
  noteIdle: LeasePayload;
  /** For workers: extends leases, and tells which runs must end. */
  renewLeases: Array<LeasePayload>;
  /**
   * Submits up to 1000 jobs anew, all or none, each as it was asked for: command, GPUs, environment, limits, retries,
   * container, secrets by name, labels, priority, account and template. Without its start time, its place in an array
   * and what it waited for, and by you, with your rights. Paths of problems begin with the position of the id, such as
   * `ids.3.account`.
   */
  rerunJobs: SubmitJobPayload;
  /** Ends a token of yours at once; administrators end anybody's. Null where there is none. */
  revokeApiToken?: Maybe<ApiToken>;
  /** Sets an account's share and its limits. For operators. */
  saveAccount: SaveAccountPayload;
  /** Adds a schedule, or replaces yours of that name. */
  saveSchedule: SaveSchedulePayload;
  /** Adds a secret to an account, or replaces its value. */
  saveSecret: SaveSecretPayload;
  /** Adds a template, or replaces the one of that name. For operators. */
  saveTemplate: SaveTemplatePayload;
  /** Adds a webhook, or replaces yours of this id: it then begins anew, also where it was disabled. */
  saveWebhook: SaveWebhookPayload;
  /** For workers: the process of a claimed run has started. */
  startRun: LeasePayload;
  /**
   * Puts a job in the queue. What is wrong with the input comes back in `problems`, each with the
   * path of its field, and then nothing was stored.
   */
  submitJob: SubmitJobPayload;
  /**
   * Puts up to 1000 jobs in the queue, all or none. They may depend on each other by their `ref`. Paths of
   * problems begin with the position of the input, such as `inputs.0.command`.
   */
  submitJobs: SubmitJobPayload;
  /**
   * Changes what may still change: the name always, the priority while the job is queued. With
   * `expectedVersion` it is refused (PRECONDITION_FAILED) where the job has another version by now.
   */
  updateJob: JobPayload;
};


/** What can be changed. */
export type MutationCancelArrayArgs = {
  id: Scalars['ID']['input'];
};


/** What can be changed. */
export type MutationCancelJobArgs = {
  id: Scalars['ID']['input'];
};


/** What can be changed. */
export type MutationCancelJobsArgs = {
  ids: Array<Scalars['ID']['input']>;
};


/** What can be changed. */
export type MutationClaimRunsArgs = {
  input: ClaimRunsInput;
};


/** What can be changed. */
export type MutationCreateApiTokenArgs = {
  input: CreateApiTokenInput;
};


/** What can be changed. */
export type MutationDeleteScheduleArgs = {
  account?: InputMaybe<Scalars['String']['input']>;
  name: Scalars['String']['input'];
};


/** What can be changed. */
export type MutationDeleteSecretArgs = {
  account?: InputMaybe<Scalars['String']['input']>;
  name: Scalars['String']['input'];
};


/** What can be changed. */
export type MutationDeleteWebhookArgs = {
  id: Scalars['ID']['input'];
};


/** What can be changed. */
export type MutationEnrolWorkerArgs = {
  name: Scalars['String']['input'];
};


/** What can be changed. */
export type MutationFinishRunArgs = {
  input: FinishRunInput;
};


/** What can be changed. */
export type MutationFinishRunsArgs = {
  inputs: Array<FinishRunInput>;
};


/** What can be changed. */
export type MutationMoveJobArgs = {
  id: Scalars['ID']['input'];
  neighbour: Scalars['ID']['input'];
  side: QueueSide;
};


/** What can be changed. */
export type MutationNoteIdleArgs = {
  input: NoteIdleInput;
};


/** What can be changed. */
export type MutationRenewLeasesArgs = {
  leases: Array<RunLeaseInput>;
};


/** What can be changed. */
export type MutationRerunJobsArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  ids: Array<Scalars['ID']['input']>;
};


/** What can be changed. */
export type MutationRevokeApiTokenArgs = {
  id: Scalars['ID']['input'];
};


/** What can be changed. */
export type MutationSaveAccountArgs = {
  input: SaveAccountInput;
};


/** What can be changed. */
export type MutationSaveScheduleArgs = {
  input: SaveScheduleInput;
};


/** What can be changed. */
export type MutationSaveSecretArgs = {
  input: SaveSecretInput;
};


/** What can be changed. */
export type MutationSaveTemplateArgs = {
  input: SaveTemplateInput;
};


/** What can be changed. */
export type MutationSaveWebhookArgs = {
  input: SaveWebhookInput;
};


/** What can be changed. */
export type MutationStartRunArgs = {
  input: RunLeaseInput;
};


/** What can be changed. */
export type MutationSubmitJobArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: SubmitJobInput;
};


/** What can be changed. */
export type MutationSubmitJobsArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  inputs: Array<SubmitJobInput>;
};


/** What can be changed. */
export type MutationUpdateJobArgs = {
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  id: Scalars['ID']['input'];
  input: UpdateJobInput;
};

/** How long a run's GPUs have done nothing. */
export type NoteIdleInput = {
  /** As `claimRuns` told it. */
  epoch: Scalars['Int']['input'];
  /** How long they have done nothing by now, in milliseconds; null where they work. */
  idleMs?: InputMaybe<Scalars['Int']['input']>;
  /** The run. */
  runId: Scalars['ID']['input'];
};

/** Where a page ends. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Give it as `after` for the next page. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether there is more behind it. */
  hasNextPage: Scalars['Boolean']['output'];
};

/** What is wrong with one field of an input. */
export type Problem = {
  __typename?: 'Problem';
  /** What is wrong, in words that go on from the path: `must be at least 1`. */
  message: Scalars['String']['output'];
  /** Such as `gpus.count` or `command.0`; empty when it is about the whole. */
  path: Scalars['String']['output'];
};

/** What can be asked. */
export type Query = {
  __typename?: 'Query';
  /** How accounts share the GPUs: those you may see, by name. */
  accounts?: Maybe<Array<Account>>;
  /** Your API tokens, newest first; for administrators everybody's. What they are known by is never shown again. */
  apiTokens?: Maybe<Array<ApiToken>>;
  /** Who changed what, and what was refused, the newest first. For administrators. */
  auditLog?: Maybe<AuditConnection>;
  /** For the gateway alone: the token with this SHA-256, in hexadecimal digits, while it holds. */
  checkApiToken?: Maybe<CheckedApiToken>;
  /** Whether such a job could ever run, and where. Nothing is stored. */
  checkJob: JobCheck;
  /** One job, or null when there is none that you may see. */
  job?: Maybe<Job>;
  /** How many of the jobs you may see are in each state; 1000 stands for that or more. */
  jobCounts?: Maybe<Array<JobCount>>;
  /** The jobs you may see, newest first unless `orderBy` says otherwise. */
  jobs?: Maybe<JobConnection>;
  /**
   * The jobs that wait and that you may see, in the order in which workers would be given them. After those come the ones
   * that no worker could run, that their accounts may not have now, and whose turn has not come. The list moves all the
   * time: a page may repeat, or leave out, what moved meanwhile.
   */
  queue?: Maybe<JobConnection>;
  /** One attempt of a job, or null when there is none that you may see. */
  run?: Maybe<Run>;
  /** Jobs that are submitted again and again: those you may see, by name. */
  schedules?: Maybe<Array<Schedule>>;
  /** The secrets of your accounts, by name. Their values are never shown. */
  secrets?: Maybe<Array<Secret>>;
  /** Commands that can be submitted by name. */
  templates?: Maybe<Array<Template>>;
  /** Who you are, as your token says. */
  viewer: Viewer;
  /** One webhook of yours, or null when there is none. */
  webhook?: Maybe<Webhook>;
  /** Your webhooks; for administrators everybody's. */
  webhooks?: Maybe<Array<Webhook>>;
};


/** What can be asked. */
export type QueryAuditLogArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AuditFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be asked. */
export type QueryCheckApiTokenArgs = {
  hash: Scalars['String']['input'];
};


/** What can be asked. */
export type QueryCheckJobArgs = {
  input: SubmitJobInput;
};


/** What can be asked. */
export type QueryJobArgs = {
  id: Scalars['ID']['input'];
};


/** What can be asked. */
export type QueryJobCountsArgs = {
  filter?: InputMaybe<JobFilter>;
  search?: InputMaybe<JobSearch>;
};


/** What can be asked. */
export type QueryJobsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<JobFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<JobOrder>;
  search?: InputMaybe<JobSearch>;
};


/** What can be asked. */
export type QueryQueueArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  kind?: InputMaybe<QueueKind>;
};


/** What can be asked. */
export type QueryRunArgs = {
  id: Scalars['ID']['input'];
};


/** What can be asked. */
export type QuerySecretsArgs = {
  account?: InputMaybe<Scalars['String']['input']>;
};


/** What can be asked. */
export type QueryWebhookArgs = {
  id: Scalars['ID']['input'];
};

/** What jobs wait for. */
export type QueueKind =
  /** GPUs. */
  | 'GPUS'
  /** A slot of a worker, for a job without a GPU. */
  | 'SLOTS';

/** Where a waiting job stands. */
export type QueuePlace = {
  __typename?: 'QueuePlace';
  /** When it will start, as far as the time limits and the recent past of other jobs tell. */
  eta?: Maybe<Scalars['DateTime']['output']>;
  /** The worker whose GPUs are kept for it. */
  keptOn?: Maybe<Worker>;
  /** The reason in a sentence. */
  message: Scalars['String']['output'];
  /** How many jobs for the same kind of machine go before it, and one; 10000 stands for that or more. Null while it is not its turn to queue. */
  position?: Maybe<Scalars['Int']['output']>;
  /** Why it waits. */
  reason: WaitReason;
};

/** On which side of another job. */
export type QueueSide =
  /** So that the other goes first. */
  | 'AFTER'
  /** So that it goes first. */
  | 'BEFORE';

/** Which failures are tried again, and how soon. */
export type RetryRules = {
  __typename?: 'RetryRules';
  /** How long the first retry waits; each further one twice as long as the one before. */
  backoffSeconds: Scalars['Int']['output'];
  /** The exit codes that are tried again; null for all. An end by a signal counts as 128 and its number. */
  exitCodes?: Maybe<Array<Scalars['Int']['output']>>;
  /** The longest that a retry waits. */
  maxBackoffSeconds: Scalars['Int']['output'];
};

/** Which failures are tried again, and how soon. */
export type RetryRulesInput = {
  /** How long the first retry waits, up to a day; each further one twice as long. 0 by default. */
  backoffSeconds?: InputMaybe<Scalars['Int']['input']>;
  /** From 1 to 255; an end by a signal counts as 128 and its number. */
  exitCodes?: InputMaybe<Array<Scalars['Int']['input']>>;
  /** An hour by default. */
  maxBackoffSeconds?: InputMaybe<Scalars['Int']['input']>;
};

/** One attempt at a job. */
export type Run = {
  __typename?: 'Run';
  /** 1 for the first. */
  attempt: Scalars['Int']['output'];
  /** When the run was given to its worker. */
  claimedAt: Scalars['DateTime']['output'];
  /** What the process ended with; null where a signal ended it, or it has not ended. */
  exitCode?: Maybe<Scalars['Int']['output']>;
  /** When it ended; null until then. */
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The GPUs it holds, or held. */
  gpus?: Maybe<Array<Gpu>>;
  /** Names the attempt. */
  id: Scalars['ID']['output'];
  /** Since when its GPUs have done nothing, where that is long enough to be worth saying. */
  idleSince?: Maybe<Scalars['DateTime']['output']>;
  /** The job that it is an attempt at. */
  job: Job;
  /**
   * Its stored output after chunk `after` (-1: from the beginning), or from the chunk that holds the
   * beginning of line `fromLine` (from 0), whichever is later; at most `first` chunks. Of a line that is
   * not written yet, from the last chunk.
   */
  log: LogPage;
  /** What its GPUs did: null until the run has ended, and for a run without GPUs. */
  metrics?: Maybe<RunMetrics>;
  /** What kind of end it was; null while it lives. */
  outcome?: Maybe<RunOutcome>;
  /** In a sentence, why the attempt ended as it did. */
  reason?: Maybe<Scalars['String']['output']>;
  /** The signal that ended the process, such as `SIGKILL`. */
  signal?: Maybe<Scalars['String']['output']>;
  /** When its process started; null where it has not. */
  startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where it stands. */
  state: RunState;
  /** The worker that it was given to. */
  worker?: Maybe<Worker>;
};


/** One attempt at a job. */
export type RunLogArgs = {
  after?: InputMaybe<Scalars['Int']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  fromLine?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of runs. */
export type RunConnection = {
  __typename?: 'RunConnection';
  /** Those of this page. */
  nodes: Array<Run>;
  /** Whether there is more, and where it begins. */
  pageInfo: PageInfo;
};

/** Which lease of which run. */
export type RunLeaseInput = {
  /** As `claimRuns` told it. */
  epoch: Scalars['Int']['input'];
  /** The run. */
  runId: Scalars['ID']['input'];
};

/** Over the life of a run, over all of its GPUs. */
export type RunMetrics = {
  __typename?: 'RunMetrics';
  /** What all of them used. */
  energyJoules?: Maybe<Scalars['Float']['output']>;
  /** For how long its GPUs did nothing, the seconds of each added up. */
  idleSeconds?: Maybe<Scalars['Float']['output']>;
  /** The most that one of them drew. */
  maxPowerWatts?: Maybe<Scalars['Float']['output']>;
  /** The warmest that one of them was. */
  maxTemperatureC?: Maybe<Scalars['Float']['output']>;
  /** The most that one of them computed. */
  maxUtilisationPercent?: Maybe<Scalars['Float']['output']>;
  /** Of one GPU. */
  meanPowerWatts?: Maybe<Scalars['Float']['output']>;
  /** How much they computed, on average. */
  meanUtilisationPercent?: Maybe<Scalars['Float']['output']>;
  /** The most that one GPU held. */
  peakMemoryMb?: Maybe<Scalars['Float']['output']>;
  /** What held them back, each once. */
  throttleReasons?: Maybe<Array<ThrottleReason>>;
  /** For how long something held its GPUs back, the seconds of each added up, and what that was. */
  throttledSeconds?: Maybe<Scalars['Float']['output']>;
  /** The XIDs that its GPUs reported meanwhile, each once. */
  xids?: Maybe<Array<Scalars['Int']['output']>>;
};

/** What a run's GPUs did over its life, as `RunMetrics` tells it. */
export type RunMetricsInput = {
  /** What all of them used. */
  energyJoules?: InputMaybe<Scalars['Float']['input']>;
  /** For how long they did nothing, the seconds of each added up. */
  idleSeconds?: InputMaybe<Scalars['Float']['input']>;
  /** The most that one of them drew. */
  maxPowerWatts?: InputMaybe<Scalars['Float']['input']>;
  /** The warmest that one of them was. */
  maxTemperatureC?: InputMaybe<Scalars['Float']['input']>;
  /** The most that one of them computed. */
  maxUtilisationPercent?: InputMaybe<Scalars['Float']['input']>;
  /** What one GPU drew, on average. */
  meanPowerWatts?: InputMaybe<Scalars['Float']['input']>;
  /** How much they computed, on average. */
  meanUtilisationPercent?: InputMaybe<Scalars['Float']['input']>;
  /** The most that one GPU held, in MiB. */
  peakMemoryMb?: InputMaybe<Scalars['Float']['input']>;
  /** What that was, each once. */
  throttleReasons?: InputMaybe<Array<ThrottleReason>>;
  /** For how long something held them back, the seconds of each added up. */
  throttledSeconds?: InputMaybe<Scalars['Float']['input']>;
  /** The XIDs that they reported, each once. */
  xids?: InputMaybe<Array<Scalars['Int']['input']>>;
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

/** An account's share and limits, in place of those before. */
export type SaveAccountInput = {
  /** Its name. */
  account: Scalars['String']['input'];
  /** The most GPUs that its runs hold at a time; null for no limit. */
  maxGpus?: InputMaybe<Scalars['Int']['input']>;
  /** The most jobs that it has waiting; null for no limit. */
  maxQueuedJobs?: InputMaybe<Scalars['Int']['input']>;
  /** The most runs that it has at a time; null for no limit. */
  maxRuns?: InputMaybe<Scalars['Int']['input']>;
  /** 1 by default; from 0.01 to 1000. */
  weight?: InputMaybe<Scalars['Float']['input']>;
};

/** The account as it is now, or what is wrong. */
export type SaveAccountPayload = {
  __typename?: 'SaveAccountPayload';
  /** Null where something is wrong. */
  account?: Maybe<Account>;
  /** What is wrong with the input; then nothing was stored. Empty where all is well. */
  problems: Array<Problem>;
};

/** What is submitted, and when. */
export type SaveScheduleInput = {
  /** Five fields: minute, hour, day of the month, month, day of the week. */
  cron: Scalars['String']['input'];
  /** Whether it submits jobs. Yes by default. */
  enabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** What is submitted each time. */
  job: SubmitJobInput;
  /** Names it within its account. */
  name: Scalars['String']['input'];
  /** While a job of it has not ended, the next one is left out. */
  skipWhileRunning?: InputMaybe<Scalars['Boolean']['input']>;
  /** UTC by default. */
  timeZone?: InputMaybe<Scalars['String']['input']>;
};

/** The schedule as it is now, or what is wrong. */
export type SaveSchedulePayload = {
  __typename?: 'SaveSchedulePayload';
  /** What is wrong with the input; then nothing was stored. Empty where all is well. */
  problems: Array<Problem>;
  /** Null where something is wrong. */
  schedule?: Maybe<Schedule>;
};

/** A secret and its value. */
export type SaveSecretInput = {
  /** By default your first account. */
  account?: InputMaybe<Scalars['String']['input']>;
  /** A name of an environment variable. */
  name: Scalars['String']['input'];
  /** Up to 64 KiB. It is never shown again. */
  value: Scalars['String']['input'];
};

/** The secret as it is listed, or what is wrong. */
export type SaveSecretPayload = {
  __typename?: 'SaveSecretPayload';
  /** What is wrong with the input; then nothing was stored. Empty where all is well. */
  problems: Array<Problem>;
  /** Null where something is wrong. */
  secret?: Maybe<Secret>;
};

/** A template, in place of the one of that name. */
export type SaveTemplateInput = {
  /** `{{parameter}}` stands for a parameter's value. */
  command: Array<Scalars['String']['input']>;
  /** What it is for. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** The GPUs that its jobs get, unless they ask for others. */
  gpus?: InputMaybe<GpuRequestInput>;
  /** Names it. */
  name: Scalars['String']['input'];
  /** The values that it asks for, up to 100. */
  parameters?: InputMaybe<Array<TemplateParameterInput>>;
};

/** The template as it is now, or what is wrong. */
export type SaveTemplatePayload = {
  __typename?: 'SaveTemplatePayload';
  /** What is wrong with the input; then nothing was stored. Empty where all is well. */
  problems: Array<Problem>;
  /** Null where something is wrong. */
  template?: Maybe<Template>;
};

/** Where a webhook leads, and what it hears of. */
export type SaveWebhookInput = {
  /** With the scope ACCOUNT: whose jobs. */
  account?: InputMaybe<Scalars['String']['input']>;
  /** All of jobs where it is absent; `budget.crossed` only where it is named. */
  eventTypes?: InputMaybe<Array<Scalars['String']['input']>>;
  /** The webhook that is replaced; without it one is added. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** OWN by default. */
  scope?: InputMaybe<WebhookScope>;
  /** `whsec_` and 24 to 64 bytes in base64; made where it is absent, and kept where a webhook is replaced. */
  secret?: InputMaybe<Scalars['String']['input']>;
  /** Of http or https. Redirects are not followed, and private addresses are refused. */
  url: Scalars['String']['input'];
};

/** The webhook as it is now, or what is wrong. */
export type SaveWebhookPayload = {
  __typename?: 'SaveWebhookPayload';
  /** What is wrong with the input; then nothing was stored. Empty where all is well. */
  problems: Array<Problem>;
  /** The secret, where it was made: it is never shown again. */
  secret?: Maybe<Scalars['String']['output']>;
  /** Null where something is wrong. */
  webhook?: Maybe<Webhook>;
};

/** A job that is submitted again and again. */
export type Schedule = {
  __typename?: 'Schedule';
  /** Who pays for its jobs. */
  account: Scalars['String']['output'];
  /** Five fields: minute, hour, day of the month, month, day of the week. */
  cron: Scalars['String']['output'];
  /** Whether it submits jobs. */
  enabled: Scalars['Boolean']['output'];
  /** The job that it submitted last. */
  lastJob?: Maybe<Job>;
  /** Why the last submission failed, if it did. */
  lastProblem?: Maybe<Scalars['String']['output']>;
  /** Names it within its account. */
  name: Scalars['String']['output'];
  /** When it submits the next job; null while it is not enabled. */
  nextAt?: Maybe<Scalars['DateTime']['output']>;
  /** While a job of it has not ended, the next one is left out. */
  skipWhileRunning: Scalars['Boolean']['output'];
  /** Whose rights its jobs have. */
  submittedBy: Scalars['String']['output'];
  /** Such as `Europe/Berlin`. */
  timeZone: Scalars['String']['output'];
};

/** What a token may do: look at things; submit, change and cancel jobs; take GPUs and workers out of service and rule the queue. */
export type Scope =
  /** Take GPUs and workers out of service, and rule the queue. */
  | 'OPERATE'
  /** Look at things. */
  | 'READ'
  /** Submit, change and cancel jobs. */
  | 'SUBMIT';

/** A value that jobs are given by its name. It is kept encrypted, and never shown. */
export type Secret = {
  __typename?: 'Secret';
  /** Whose jobs may have it. */
  account: Scalars['String']['output'];
  /** Names it within its account, and the environment variable that it becomes. */
  name: Scalars['String']['output'];
  /** When its value was given last. */
  updatedAt: Scalars['DateTime']['output'];
  /** Who gave it. */
  updatedBy: Scalars['String']['output'];
};

/** What is asked for: a command, and all that it needs. Either `command` or `template` must be given. */
export type SubmitJobInput = {
  /** Who pays; by default the first account of the submitter. */
  account?: InputMaybe<Scalars['String']['input']>;
  /** Jobs, likewise, that must have ended first, in whatever way. */
  after?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Values for the template's parameters. */
  arguments?: InputMaybe<Scalars['StringMap']['input']>;
  /** Makes one job for each element. */
  array?: InputMaybe<ArrayInput>;
  /** The program and its arguments. No shell reads them, unless `shell` is true. */
  command?: InputMaybe<Array<Scalars['String']['input']>>;
  /** The image it runs in; by default it is a process on the worker itself. */
  container?: InputMaybe<ContainerInput>;
  /** Jobs, by id or by the `ref` of one in the same batch, that must complete first. If one does not, this job is cancelled. */
  dependsOn?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Variables of its environment. */
  env?: InputMaybe<Scalars['StringMap']['input']>;
  /** None by default. */
  gpus?: InputMaybe<GpuRequestInput>;
  /** What it may use of memory and processors; as much as there is by default. */
  limits?: InputMaybe<LimitsInput>;
  /** Ends it when its GPUs have done nothing for so long: from 60 seconds on. */
  maxIdleSeconds?: InputMaybe<Scalars['Int']['input']>;
  /** How many more attempts follow one that failed by itself: 0 to 100, none by default. */
  maxRetries?: InputMaybe<Scalars['Int']['input']>;
  /** Shown in lists; made from the command when absent. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** It may be ended, to be tried again later, in favour of a job of higher priority. No by default. */
  preemptible?: InputMaybe<Scalars['Boolean']['input']>;
  /** Higher goes first: -1000 to 1000, 0 by default. */
  priority?: InputMaybe<Scalars['Int']['input']>;
  /** Within `submitJobs`: the name by which other jobs of the batch depend on this one. */
  ref?: InputMaybe<Scalars['String']['input']>;
  /** Which failures are tried again, and how soon; all, and at once by default. */
  retry?: InputMaybe<RetryRulesInput>;
  /** Names of the account's secrets; each becomes the environment variable of that name. */
  secrets?: InputMaybe<Array<Scalars['String']['input']>>;
  /** `command` is then one line, run by `/bin/sh -c`. */
  shell?: InputMaybe<Scalars['Boolean']['input']>;
  /** It does not start before this. */
  startAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Makes the job from this template in place of `command`. */
  template?: InputMaybe<Scalars['String']['input']>;
  /** Ends an attempt that runs for longer; no limit by default. */
  timeoutSeconds?: InputMaybe<Scalars['Int']['input']>;
  /** A signal before it is ended by preemption or by its time limit; none by default. */
  warning?: InputMaybe<WarningInput>;
  /** Labels that its worker must have. */
  workerLabels?: InputMaybe<Scalars['StringMap']['input']>;
  /** An absolute path on the worker, or in the container; by default a directory of the run's own. */
  workingDirectory?: InputMaybe<Scalars['String']['input']>;
};

/** The jobs that were made, or why none was. */
export type SubmitJobPayload = {
  __typename?: 'SubmitJobPayload';
  /** The first of `jobs`. */
  job?: Maybe<Job>;
  /** Every job that was made. */
  jobs: Array<Job>;
  /** What is wrong with the input; then nothing was stored. Empty where all is well. */
  problems: Array<Problem>;
  /** True where an earlier submission with the same key has made them. */
  replayed: Scalars['Boolean']['output'];
};

/** A variable, and the values that it takes one after the other. */
export type SweepInput = {
  /** Of an environment variable. */
  name: Scalars['String']['input'];
  /** One after the other. */
  values: Array<Scalars['String']['input']>;
};

/** A command that can be submitted by name. */
export type Template = {
  __typename?: 'Template';
  /** `{{parameter}}` stands for a parameter's value. */
  command: Array<Scalars['String']['output']>;
  /** What it is for. */
  description: Scalars['String']['output'];
  /** The GPUs that its jobs get, unless they ask for others. */
  gpus: GpuRequest;
  /** Names it. */
  name: Scalars['String']['output'];
  /** The values that it asks for. */
  parameters: Array<TemplateParameter>;
};

/** A value that a template asks for. */
export type TemplateParameter = {
  __typename?: 'TemplateParameter';
  /** Null when a value must be given. */
  default?: Maybe<Scalars['String']['output']>;
  /** What it is for. */
  description: Scalars['String']['output'];
  /** Names it within the template. */
  name: Scalars['String']['output'];
};

/** A value that a template asks for. */
export type TemplateParameterInput = {
  /** Taken where none is given; without it one must be given. */
  default?: InputMaybe<Scalars['String']['input']>;
  /** What it is for. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Names it within the template. */
  name: Scalars['String']['input'];
};

/** What holds a GPU back. */
export type ThrottleReason =
  | 'HW_SLOWDOWN'
  | 'HW_THERMAL'
  | 'POWER_BRAKE'
  | 'POWER_CAP'
  | 'SW_THERMAL'
  | 'SYNC_BOOST';

/** What is to change; what is left out stays. */
export type UpdateJobInput = {
  /** What it is called. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** From -1000 to 1000. */
  priority?: InputMaybe<Scalars['Int']['input']>;
};

/** Who asks. */
export type Viewer = {
  __typename?: 'Viewer';
  /** The accounts that may pay for your jobs; the first one is the default. */
  accounts: Array<Scalars['String']['output']>;
  /** Your name, as your token says it. */
  id: Scalars['String']['output'];
  /** Such as `user` or `operator`. */
  role: Scalars['String']['output'];
  /** What your token is limited to; null where it is not. */
  scopes?: Maybe<Array<Scope>>;
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
export type Warning = {
  __typename?: 'Warning';
  /** How long before its end. */
  seconds: Scalars['Int']['output'];
  /** Such as `SIGUSR1`. */
  signal: Scalars['String']['output'];
};

/** A signal that comes before the end. */
export type WarningInput = {
  /** How long before its end: 1 to 3600. */
  seconds: Scalars['Int']['input'];
  /** SIGUSR1 by default. */
  signal?: InputMaybe<Scalars['String']['input']>;
};

/**
 * An address that is told of what happens to jobs: by POST, signed as Standard Webhooks has it, each message at least
 * once and in no promised order. A message is tried again for a day; a webhook that failed for a day is disabled, and so is one
 * whose owner may hear its events no more, or that was made with an API token that has ended.
 */
export type Webhook = {
  __typename?: 'Webhook';
  /** With the scope ACCOUNT. */
  account?: Maybe<Scalars['String']['output']>;
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** What it was sent in the last week, and is to be sent, newest first. */
  deliveries: WebhookDeliveryConnection;
  /** When it was disabled; null while it is told of things. */
  disabledAt?: Maybe<Scalars['DateTime']['output']>;
  /** Such as `job.completed`; none stands for all of jobs. */
  eventTypes: Array<Scalars['String']['output']>;
  /** When the first of these failed; null where none did. */
  failingSince?: Maybe<Scalars['DateTime']['output']>;
  /** How many attempts failed since the last one that did not, and since when. */
  failures: Scalars['Int']['output'];
  /** Names the webhook. */
  id: Scalars['ID']['output'];
  /** Who has made it, and whose rights decide what it hears of. */
  owner: Scalars['String']['output'];
  /** Whose jobs it hears of. */
  scope: WebhookScope;
  /** Where its messages are sent. */
  url: Scalars['String']['output'];
  /** In a sentence. */
  whyDisabled?: Maybe<Scalars['String']['output']>;
};


/**
 * An address that is told of what happens to jobs: by POST, signed as Standard Webhooks has it, each message at least
 * once and in no promised order. A message is tried again for a day; a webhook that failed for a day is disabled, and so is one
 * whose owner may hear its events no more, or that was made with an API token that has ended.
 */
export type WebhookDeliveriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A message to a webhook. */
export type WebhookDelivery = {
  __typename?: 'WebhookDelivery';
  /** How often it was sent. */
  attempts: Scalars['Int']['output'];
  /** When that happened. */
  createdAt: Scalars['DateTime']['output'];
  /** When it was taken with a status of 2xx; null where it was not. */
  deliveredAt?: Maybe<Scalars['DateTime']['output']>;
  /** What it tells of, such as `job.completed`. */
  eventType: Scalars['String']['output'];
  /** The message's `webhook-id`. */
  id: Scalars['ID']['output'];
  /** When it was sent last; null where it never was. */
  lastAt?: Maybe<Scalars['DateTime']['output']>;
  /** In a sentence, what was wrong with it. */
  lastError?: Maybe<Scalars['String']['output']>;
  /** The status that the last attempt was answered with. */
  lastStatus?: Maybe<Scalars['Int']['output']>;
  /** When it is tried next; null at its end. */
  nextAt?: Maybe<Scalars['DateTime']['output']>;
};

/** A page of messages. */
export type WebhookDeliveryConnection = {
  __typename?: 'WebhookDeliveryConnection';
  /** Those of this page. */
  nodes: Array<WebhookDelivery>;
  /** Whether there is more, and where it begins. */
  pageInfo: PageInfo;
};

/** Whose jobs a webhook hears of. */
export type WebhookScope =
  /** Those of an account, for its managers. */
  | 'ACCOUNT'
  /** All, for administrators. */
  | 'ALL'
  /** Those that its owner has submitted. */
  | 'OWN';

export type Worker = {
  __typename?: 'Worker';
  id: Scalars['ID']['output'];
};

/** Whether one worker could run a job. */
export type WorkerFit = {
  __typename?: 'WorkerFit';
  /** How many of those are free now. */
  gpusFree: Scalars['Int']['output'];
  /** How many of its GPUs would do. */
  gpusThatFit: Scalars['Int']['output'];
  /** True where it could run the job once what it has is free. */
  possible: Scalars['Boolean']['output'];
  /** Why it could not, in a sentence. */
  reason?: Maybe<Scalars['String']['output']>;
  /** Which worker. */
  worker: Worker;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Account: Account;
  Gpu: Gpu;
  GpuFault: GpuFault;
  Job: Job;
  Run: Run;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Account:
    ( { __typename: 'Account' }
    & GraphQLRecursivePick<FederationTypes['Account'], {"id":true}> );
  Gpu:
    ( { __typename: 'Gpu' }
    & GraphQLRecursivePick<FederationTypes['Gpu'], {"id":true}> );
  GpuFault:
    ( { __typename: 'GpuFault' }
    & GraphQLRecursivePick<FederationTypes['GpuFault'], {"id":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['GpuFault'], {"runId":true}> ) );
  Job:
    ( { __typename: 'Job' }
    & GraphQLRecursivePick<FederationTypes['Job'], {"id":true}> );
  Run:
    ( { __typename: 'Run' }
    & GraphQLRecursivePick<FederationTypes['Run'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Account: ResolverTypeWrapper<AccountRow>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  ApiToken: ResolverTypeWrapper<TokenRow>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  ArrayInput: ArrayInput;
  ArrayPlace: ResolverTypeWrapper<ArrayPlace>;
  AuditConnection: ResolverTypeWrapper<AuditConnection>;
  AuditFilter: AuditFilter;
  AuditOutcome: AuditOutcome;
  AuditRecord: ResolverTypeWrapper<AuditRecord>;
  AuditVia: AuditVia;
  CancelJobsPayload: ResolverTypeWrapper<Omit<CancelJobsPayload, 'jobs'> & { jobs: Array<ResolversTypes['Job']> }>;
  CheckedApiToken: ResolverTypeWrapper<CheckedToken>;
  ClaimRunsInput: ClaimRunsInput;
  ClaimRunsPayload: ResolverTypeWrapper<ClaimRunsPayload>;
  ClaimedRun: ResolverTypeWrapper<ClaimedRun>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Container: ResolverTypeWrapper<Container>;
  ContainerInput: ContainerInput;
  CreateApiTokenInput: CreateApiTokenInput;
  CreateApiTokenPayload: ResolverTypeWrapper<Omit<CreateApiTokenPayload, 'token'> & { token?: Maybe<ResolversTypes['ApiToken']> }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Direction: Direction;
  FinishRunInput: FinishRunInput;
  Gpu: ResolverTypeWrapper<GpuRef>;
  GpuFault: ResolverTypeWrapper<Omit<GpuFault, 'run'> & { run?: Maybe<ResolversTypes['Run']> }>;
  GpuRequest: ResolverTypeWrapper<GpuRequest>;
  GpuRequestInput: GpuRequestInput;
  GpuRunCounts: ResolverTypeWrapper<GpuRunCounts>;
  Job: ResolverTypeWrapper<JobRow>;
  JobCheck: ResolverTypeWrapper<Omit<JobCheck, 'workers'> & { workers: Array<ResolversTypes['WorkerFit']> }>;
  JobConnection: ResolverTypeWrapper<Omit<JobConnection, 'nodes'> & { nodes: Array<ResolversTypes['Job']> }>;
  JobCount: ResolverTypeWrapper<JobCount>;
  JobEvent: ResolverTypeWrapper<JobEvent>;
  JobFilter: JobFilter;
  JobOrder: JobOrder;
  JobOrderField: JobOrderField;
  JobPayload: ResolverTypeWrapper<Omit<JobPayload, 'job'> & { job?: Maybe<ResolversTypes['Job']> }>;
  JobSearch: JobSearch;
  JobState: JobState;
  JobsPayload: ResolverTypeWrapper<Omit<JobsPayload, 'jobs'> & { jobs: Array<ResolversTypes['Job']> }>;
  LeasePayload: ResolverTypeWrapper<LeasePayload>;
  LeaseStanding: LeaseStanding;
  Limits: ResolverTypeWrapper<Limits>;
  LimitsInput: LimitsInput;
  LogChunk: ResolverTypeWrapper<LogChunk>;
  LogPage: ResolverTypeWrapper<LogPage>;
  LogStream: LogStream;
  Mount: ResolverTypeWrapper<Mount>;
  MountInput: MountInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NoteIdleInput: NoteIdleInput;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Problem: ResolverTypeWrapper<Problem>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  QueueKind: QueueKind;
  QueuePlace: ResolverTypeWrapper<Omit<QueuePlace, 'keptOn'> & { keptOn?: Maybe<ResolversTypes['Worker']> }>;
  QueueSide: QueueSide;
  RetryRules: ResolverTypeWrapper<RetryRules>;
  RetryRulesInput: RetryRulesInput;
  Run: ResolverTypeWrapper<RunRow>;
  RunConnection: ResolverTypeWrapper<Omit<RunConnection, 'nodes'> & { nodes: Array<ResolversTypes['Run']> }>;
  RunLeaseInput: RunLeaseInput;
  RunMetrics: ResolverTypeWrapper<RunMetrics>;
  RunMetricsInput: RunMetricsInput;
  RunOutcome: RunOutcome;
  RunState: RunState;
  SaveAccountInput: SaveAccountInput;
  SaveAccountPayload: ResolverTypeWrapper<Omit<SaveAccountPayload, 'account'> & { account?: Maybe<ResolversTypes['Account']> }>;
  SaveScheduleInput: SaveScheduleInput;
  SaveSchedulePayload: ResolverTypeWrapper<Omit<SaveSchedulePayload, 'schedule'> & { schedule?: Maybe<ResolversTypes['Schedule']> }>;
  SaveSecretInput: SaveSecretInput;
  SaveSecretPayload: ResolverTypeWrapper<Omit<SaveSecretPayload, 'secret'> & { secret?: Maybe<ResolversTypes['Secret']> }>;
  SaveTemplateInput: SaveTemplateInput;
  SaveTemplatePayload: ResolverTypeWrapper<Omit<SaveTemplatePayload, 'template'> & { template?: Maybe<ResolversTypes['Template']> }>;
  SaveWebhookInput: SaveWebhookInput;
  SaveWebhookPayload: ResolverTypeWrapper<Omit<SaveWebhookPayload, 'webhook'> & { webhook?: Maybe<ResolversTypes['Webhook']> }>;
  Schedule: ResolverTypeWrapper<ScheduleRow>;
  Scope: Scope;
  Secret: ResolverTypeWrapper<SecretRow>;
  StringMap: ResolverTypeWrapper<Scalars['StringMap']['output']>;
  SubmitJobInput: SubmitJobInput;
  SubmitJobPayload: ResolverTypeWrapper<Omit<SubmitJobPayload, 'job' | 'jobs'> & { job?: Maybe<ResolversTypes['Job']>, jobs: Array<ResolversTypes['Job']> }>;
  SweepInput: SweepInput;
  Template: ResolverTypeWrapper<TemplateRow>;
  TemplateParameter: ResolverTypeWrapper<TemplateParameter>;
  TemplateParameterInput: TemplateParameterInput;
  ThrottleReason: ThrottleReason;
  UpdateJobInput: UpdateJobInput;
  Viewer: ResolverTypeWrapper<Viewer>;
  WaitReason: WaitReason;
  Warning: ResolverTypeWrapper<Warning>;
  WarningInput: WarningInput;
  Webhook: ResolverTypeWrapper<WebhookRow>;
  WebhookDelivery: ResolverTypeWrapper<DeliveryRow>;
  WebhookDeliveryConnection: ResolverTypeWrapper<Omit<WebhookDeliveryConnection, 'nodes'> & { nodes: Array<ResolversTypes['WebhookDelivery']> }>;
  WebhookScope: WebhookScope;
  Worker: ResolverTypeWrapper<WorkerRef>;
  WorkerFit: ResolverTypeWrapper<Omit<WorkerFit, 'worker'> & { worker: ResolversTypes['Worker'] }>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Account: AccountRow;
  Float: Scalars['Float']['output'];
  Int: Scalars['Int']['output'];
  ID: Scalars['ID']['output'];
  ApiToken: TokenRow;
  String: Scalars['String']['output'];
  ArrayInput: ArrayInput;
  ArrayPlace: ArrayPlace;
  AuditConnection: AuditConnection;
  AuditFilter: AuditFilter;
  AuditRecord: AuditRecord;
  CancelJobsPayload: Omit<CancelJobsPayload, 'jobs'> & { jobs: Array<ResolversParentTypes['Job']> };
  CheckedApiToken: CheckedToken;
  ClaimRunsInput: ClaimRunsInput;
  ClaimRunsPayload: ClaimRunsPayload;
  ClaimedRun: ClaimedRun;
  Boolean: Scalars['Boolean']['output'];
  Container: Container;
  ContainerInput: ContainerInput;
  CreateApiTokenInput: CreateApiTokenInput;
  CreateApiTokenPayload: Omit<CreateApiTokenPayload, 'token'> & { token?: Maybe<ResolversParentTypes['ApiToken']> };
  DateTime: Scalars['DateTime']['output'];
  FinishRunInput: FinishRunInput;
  Gpu: GpuRef;
  GpuFault: Omit<GpuFault, 'run'> & { run?: Maybe<ResolversParentTypes['Run']> } | FederationReferenceTypes['GpuFault'];
  GpuRequest: GpuRequest;
  GpuRequestInput: GpuRequestInput;
  GpuRunCounts: GpuRunCounts;
  Job: JobRow;
  JobCheck: Omit<JobCheck, 'workers'> & { workers: Array<ResolversParentTypes['WorkerFit']> };
  JobConnection: Omit<JobConnection, 'nodes'> & { nodes: Array<ResolversParentTypes['Job']> };
  JobCount: JobCount;
  JobEvent: JobEvent;
  JobFilter: JobFilter;
  JobOrder: JobOrder;
  JobPayload: Omit<JobPayload, 'job'> & { job?: Maybe<ResolversParentTypes['Job']> };
  JobSearch: JobSearch;
  JobsPayload: Omit<JobsPayload, 'jobs'> & { jobs: Array<ResolversParentTypes['Job']> };
  LeasePayload: LeasePayload;
  Limits: Limits;
  LimitsInput: LimitsInput;
  LogChunk: LogChunk;
  LogPage: LogPage;
  Mount: Mount;
  MountInput: MountInput;
  Mutation: Record<PropertyKey, never>;
  NoteIdleInput: NoteIdleInput;
  PageInfo: PageInfo;
  Problem: Problem;
  Query: Record<PropertyKey, never>;
  QueuePlace: Omit<QueuePlace, 'keptOn'> & { keptOn?: Maybe<ResolversParentTypes['Worker']> };
  RetryRules: RetryRules;
  RetryRulesInput: RetryRulesInput;
  Run: RunRow;
  RunConnection: Omit<RunConnection, 'nodes'> & { nodes: Array<ResolversParentTypes['Run']> };
  RunLeaseInput: RunLeaseInput;
  RunMetrics: RunMetrics;
  RunMetricsInput: RunMetricsInput;
  SaveAccountInput: SaveAccountInput;
  SaveAccountPayload: Omit<SaveAccountPayload, 'account'> & { account?: Maybe<ResolversParentTypes['Account']> };
  SaveScheduleInput: SaveScheduleInput;
  SaveSchedulePayload: Omit<SaveSchedulePayload, 'schedule'> & { schedule?: Maybe<ResolversParentTypes['Schedule']> };
  SaveSecretInput: SaveSecretInput;
  SaveSecretPayload: Omit<SaveSecretPayload, 'secret'> & { secret?: Maybe<ResolversParentTypes['Secret']> };
  SaveTemplateInput: SaveTemplateInput;
  SaveTemplatePayload: Omit<SaveTemplatePayload, 'template'> & { template?: Maybe<ResolversParentTypes['Template']> };
  SaveWebhookInput: SaveWebhookInput;
  SaveWebhookPayload: Omit<SaveWebhookPayload, 'webhook'> & { webhook?: Maybe<ResolversParentTypes['Webhook']> };
  Schedule: ScheduleRow;
  Secret: SecretRow;
  StringMap: Scalars['StringMap']['output'];
  SubmitJobInput: SubmitJobInput;
  SubmitJobPayload: Omit<SubmitJobPayload, 'job' | 'jobs'> & { job?: Maybe<ResolversParentTypes['Job']>, jobs: Array<ResolversParentTypes['Job']> };
  SweepInput: SweepInput;
  Template: TemplateRow;
  TemplateParameter: TemplateParameter;
  TemplateParameterInput: TemplateParameterInput;
  UpdateJobInput: UpdateJobInput;
  Viewer: Viewer;
  Warning: Warning;
  WarningInput: WarningInput;
  Webhook: WebhookRow;
  WebhookDelivery: DeliveryRow;
  WebhookDeliveryConnection: Omit<WebhookDeliveryConnection, 'nodes'> & { nodes: Array<ResolversParentTypes['WebhookDelivery']> };
  Worker: WorkerRef;
  WorkerFit: Omit<WorkerFit, 'worker'> & { worker: ResolversParentTypes['Worker'] };
};

export type AccountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Account'] = ResolversParentTypes['Account'], FederationReferenceType extends FederationReferenceTypes['Account'] = FederationReferenceTypes['Account']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Account']> | FederationReferenceType, FederationReferenceType, ContextType>;
  dueShare?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  gpusHeld?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  jobsQueued?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  maxGpus?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  maxQueuedJobs?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  maxRuns?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  recentShare?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  runsLive?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  weight?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type ApiTokenResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApiToken'] = ResolversParentTypes['ApiToken']> = {
  accounts?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  scopes?: Resolver<Array<ResolversTypes['Scope']>, ParentType, ContextType>;
};

export type ArrayPlaceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ArrayPlace'] = ResolversParentTypes['ArrayPlace']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  size?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AuditConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditConnection'] = ResolversParentTypes['AuditConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['AuditRecord']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AuditRecordResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditRecord'] = ResolversParentTypes['AuditRecord']> = {
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  address?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  arguments?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['AuditOutcome'], ParentType, ContextType>;
  requestId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  role?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  targets?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  via?: Resolver<ResolversTypes['AuditVia'], ParentType, ContextType>;
  who?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CancelJobsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CancelJobsPayload'] = ResolversParentTypes['CancelJobsPayload']> = {
  jobs?: Resolver<Array<ResolversTypes['Job']>, ParentType, ContextType>;
  problems?: Resolver<Array<ResolversTypes['Problem']>, ParentType, ContextType>;
};

export type CheckedApiTokenResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CheckedApiToken'] = ResolversParentTypes['CheckedApiToken']> = {
  accounts?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  scopes?: Resolver<Array<ResolversTypes['Scope']>, ParentType, ContextType>;
};

export type ClaimRunsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ClaimRunsPayload'] = ResolversParentTypes['ClaimRunsPayload']> = {
  runs?: Resolver<Array<ResolversTypes['ClaimedRun']>, ParentType, ContextType>;
};

export type ClaimedRunResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ClaimedRun'] = ResolversParentTypes['ClaimedRun']> = {
  attempt?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  command?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  container?: Resolver<Maybe<ResolversTypes['Container']>, ParentType, ContextType>;
  env?: Resolver<ResolversTypes['StringMap'], ParentType, ContextType>;
  epoch?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  gpuUuids?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  jobId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  leaseMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  limits?: Resolver<ResolversTypes['Limits'], ParentType, ContextType>;
  maxIdleSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  runId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  secrets?: Resolver<ResolversTypes['StringMap'], ParentType, ContextType>;
  shell?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  timeoutSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  traceparent?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  warning?: Resolver<Maybe<ResolversTypes['Warning']>, ParentType, ContextType>;
  workingDirectory?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ContainerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Container'] = ResolversParentTypes['Container']> = {
  image?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  mounts?: Resolver<Array<ResolversTypes['Mount']>, ParentType, ContextType>;
};

export type CreateApiTokenPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateApiTokenPayload'] = ResolversParentTypes['CreateApiTokenPayload']> = {
  problems?: Resolver<Array<ResolversTypes['Problem']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  token?: Resolver<Maybe<ResolversTypes['ApiToken']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type GpuResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Gpu'] = ResolversParentTypes['Gpu'], FederationReferenceType extends FederationReferenceTypes['Gpu'] = FederationReferenceTypes['Gpu']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Gpu']> | FederationReferenceType, FederationReferenceType, ContextType>;
  currentRun?: Resolver<Maybe<ResolversTypes['Run']>, ParentType, ContextType>;
  freeAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  inUse?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  runCounts?: Resolver<ResolversTypes['GpuRunCounts'], ParentType, ContextType, RequireFields<GpuRunCountsArgs, 'days'>>;
  runs?: Resolver<ResolversTypes['RunConnection'], ParentType, ContextType, RequireFields<GpuRunsArgs, 'first'>>;
};

export type GpuFaultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GpuFault'] = ResolversParentTypes['GpuFault'], FederationReferenceType extends FederationReferenceTypes['GpuFault'] = FederationReferenceTypes['GpuFault']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['GpuFault']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['Run']>, ParentType, ContextType>;
};

export type GpuRequestResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GpuRequest'] = ResolversParentTypes['GpuRequest']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  minComputeCapability?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  minMemoryMb?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  model?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type GpuRunCountsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GpuRunCounts'] = ResolversParentTypes['GpuRunCounts']> = {
  cancelled?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  completed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  gpuFailed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lost?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  preempted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type JobResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Job'] = ResolversParentTypes['Job'], FederationReferenceType extends FederationReferenceTypes['Job'] = FederationReferenceTypes['Job']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Job']> | FederationReferenceType, FederationReferenceType, ContextType>;
  account?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  after?: Resolver<Array<ResolversTypes['Job']>, ParentType, ContextType>;
  array?: Resolver<Maybe<ResolversTypes['ArrayPlace']>, ParentType, ContextType>;
  cancelRequested?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  command?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  commandLine?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  container?: Resolver<Maybe<ResolversTypes['Container']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  dependents?: Resolver<Array<ResolversTypes['Job']>, ParentType, ContextType>;
  dependsOn?: Resolver<Array<ResolversTypes['Job']>, ParentType, ContextType>;
  env?: Resolver<ResolversTypes['StringMap'], ParentType, ContextType>;
  events?: Resolver<Array<ResolversTypes['JobEvent']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  gpus?: Resolver<ResolversTypes['GpuRequest'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  limits?: Resolver<ResolversTypes['Limits'], ParentType, ContextType>;
  maxIdleSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  maxRetries?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  preemptible?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  priority?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  queue?: Resolver<Maybe<ResolversTypes['QueuePlace']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  retry?: Resolver<ResolversTypes['RetryRules'], ParentType, ContextType>;
  runs?: Resolver<Array<ResolversTypes['Run']>, ParentType, ContextType>;
  schedule?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  secrets?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  shell?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['JobState'], ParentType, ContextType>;
  submittedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  template?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  timeoutSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  warning?: Resolver<Maybe<ResolversTypes['Warning']>, ParentType, ContextType>;
  workerLabels?: Resolver<ResolversTypes['StringMap'], ParentType, ContextType>;
  workingDirectory?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type JobCheckResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JobCheck'] = ResolversParentTypes['JobCheck']> = {
  eta?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  possible?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  problems?: Resolver<Array<ResolversTypes['Problem']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['WaitReason']>, ParentType, ContextType>;
  workers?: Resolver<Array<ResolversTypes['WorkerFit']>, ParentType, ContextType>;
};

export type JobConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JobConnection'] = ResolversParentTypes['JobConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['Job']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type JobCountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JobCount'] = ResolversParentTypes['JobCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['JobState'], ParentType, ContextType>;
};

export type JobEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JobEvent'] = ResolversParentTypes['JobEvent']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  by?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  priority?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  runId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type JobPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JobPayload'] = ResolversParentTypes['JobPayload']> = {
  job?: Resolver<Maybe<ResolversTypes['Job']>, ParentType, ContextType>;
  problems?: Resolver<Array<ResolversTypes['Problem']>, ParentType, ContextType>;
};

export type JobsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JobsPayload'] = ResolversParentTypes['JobsPayload']> = {
  jobs?: Resolver<Array<ResolversTypes['Job']>, ParentType, ContextType>;
};

export type LeasePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LeasePayload'] = ResolversParentTypes['LeasePayload']> = {
  leaseMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  runId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  standing?: Resolver<ResolversTypes['LeaseStanding'], ParentType, ContextType>;
};

export type LimitsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Limits'] = ResolversParentTypes['Limits']> = {
  cpus?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  memoryMb?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type LogChunkResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LogChunk'] = ResolversParentTypes['LogChunk']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  end?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  firstLine?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  runId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  stream?: Resolver<ResolversTypes['LogStream'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type LogPageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LogPage'] = ResolversParentTypes['LogPage']> = {
  chunks?: Resolver<Array<ResolversTypes['LogChunk']>, ParentType, ContextType>;
  ended?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  expired?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type MountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mount'] = ResolversParentTypes['Mount']> = {
  readOnly?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  target?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  cancelArray?: Resolver<ResolversTypes['JobsPayload'], ParentType, ContextType, RequireFields<MutationCancelArrayArgs, 'id'>>;
  cancelJob?: Resolver<ResolversTypes['JobPayload'], ParentType, ContextType, RequireFields<MutationCancelJobArgs, 'id'>>;
  cancelJobs?: Resolver<ResolversTypes['CancelJobsPayload'], ParentType, ContextType, RequireFields<MutationCancelJobsArgs, 'ids'>>;
  claimRuns?: Resolver<ResolversTypes['ClaimRunsPayload'], ParentType, ContextType, RequireFields<MutationClaimRunsArgs, 'input'>>;
  createApiToken?: Resolver<ResolversTypes['CreateApiTokenPayload'], ParentType, ContextType, RequireFields<MutationCreateApiTokenArgs, 'input'>>;
  deleteSchedule?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationDeleteScheduleArgs, 'name'>>;
  deleteSecret?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationDeleteSecretArgs, 'name'>>;
  deleteWebhook?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationDeleteWebhookArgs, 'id'>>;
  enrolWorker?: Resolver<ResolversTypes['CreateApiTokenPayload'], ParentType, ContextType, RequireFields<MutationEnrolWorkerArgs, 'name'>>;
  finishRun?: Resolver<ResolversTypes['LeasePayload'], ParentType, ContextType, RequireFields<MutationFinishRunArgs, 'input'>>;
  finishRuns?: Resolver<Array<ResolversTypes['LeasePayload']>, ParentType, ContextType, RequireFields<MutationFinishRunsArgs, 'inputs'>>;
  moveJob?: Resolver<ResolversTypes['JobPayload'], ParentType, ContextType, RequireFields<MutationMoveJobArgs, 'id' | 'neighbour' | 'side'>>;
  noteIdle?: Resolver<ResolversTypes['LeasePayload'], ParentType, ContextType, RequireFields<MutationNoteIdleArgs, 'input'>>;
  renewLeases?: Resolver<Array<ResolversTypes['LeasePayload']>, ParentType, ContextType, RequireFields<MutationRenewLeasesArgs, 'leases'>>;
  rerunJobs?: Resolver<ResolversTypes['SubmitJobPayload'], ParentType, ContextType, RequireFields<MutationRerunJobsArgs, 'ids'>>;
  revokeApiToken?: Resolver<Maybe<ResolversTypes['ApiToken']>, ParentType, ContextType, RequireFields<MutationRevokeApiTokenArgs, 'id'>>;
  saveAccount?: Resolver<ResolversTypes['SaveAccountPayload'], ParentType, ContextType, RequireFields<MutationSaveAccountArgs, 'input'>>;
  saveSchedule?: Resolver<ResolversTypes['SaveSchedulePayload'], ParentType, ContextType, RequireFields<MutationSaveScheduleArgs, 'input'>>;
  saveSecret?: Resolver<ResolversTypes['SaveSecretPayload'], ParentType, ContextType, RequireFields<MutationSaveSecretArgs, 'input'>>;
  saveTemplate?: Resolver<ResolversTypes['SaveTemplatePayload'], ParentType, ContextType, RequireFields<MutationSaveTemplateArgs, 'input'>>;
  saveWebhook?: Resolver<ResolversTypes['SaveWebhookPayload'], ParentType, ContextType, RequireFields<MutationSaveWebhookArgs, 'input'>>;
  startRun?: Resolver<ResolversTypes['LeasePayload'], ParentType, ContextType, RequireFields<MutationStartRunArgs, 'input'>>;
  submitJob?: Resolver<ResolversTypes['SubmitJobPayload'], ParentType, ContextType, RequireFields<MutationSubmitJobArgs, 'input'>>;
  submitJobs?: Resolver<ResolversTypes['SubmitJobPayload'], ParentType, ContextType, RequireFields<MutationSubmitJobsArgs, 'inputs'>>;
  updateJob?: Resolver<ResolversTypes['JobPayload'], ParentType, ContextType, RequireFields<MutationUpdateJobArgs, 'id' | 'input'>>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ProblemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Problem'] = ResolversParentTypes['Problem']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  accounts?: Resolver<Maybe<Array<ResolversTypes['Account']>>, ParentType, ContextType>;
  apiTokens?: Resolver<Maybe<Array<ResolversTypes['ApiToken']>>, ParentType, ContextType>;
  auditLog?: Resolver<Maybe<ResolversTypes['AuditConnection']>, ParentType, ContextType, RequireFields<QueryAuditLogArgs, 'first'>>;
  checkApiToken?: Resolver<Maybe<ResolversTypes['CheckedApiToken']>, ParentType, ContextType, RequireFields<QueryCheckApiTokenArgs, 'hash'>>;
  checkJob?: Resolver<ResolversTypes['JobCheck'], ParentType, ContextType, RequireFields<QueryCheckJobArgs, 'input'>>;
  job?: Resolver<Maybe<ResolversTypes['Job']>, ParentType, ContextType, RequireFields<QueryJobArgs, 'id'>>;
  jobCounts?: Resolver<Maybe<Array<ResolversTypes['JobCount']>>, ParentType, ContextType, Partial<QueryJobCountsArgs>>;
  jobs?: Resolver<Maybe<ResolversTypes['JobConnection']>, ParentType, ContextType, RequireFields<QueryJobsArgs, 'first'>>;
  queue?: Resolver<Maybe<ResolversTypes['JobConnection']>, ParentType, ContextType, RequireFields<QueryQueueArgs, 'first' | 'kind'>>;
  run?: Resolver<Maybe<ResolversTypes['Run']>, ParentType, ContextType, RequireFields<QueryRunArgs, 'id'>>;
  schedules?: Resolver<Maybe<Array<ResolversTypes['Schedule']>>, ParentType, ContextType>;
  secrets?: Resolver<Maybe<Array<ResolversTypes['Secret']>>, ParentType, ContextType, Partial<QuerySecretsArgs>>;
  templates?: Resolver<Maybe<Array<ResolversTypes['Template']>>, ParentType, ContextType>;
  viewer?: Resolver<ResolversTypes['Viewer'], ParentType, ContextType>;
  webhook?: Resolver<Maybe<ResolversTypes['Webhook']>, ParentType, ContextType, RequireFields<QueryWebhookArgs, 'id'>>;
  webhooks?: Resolver<Maybe<Array<ResolversTypes['Webhook']>>, ParentType, ContextType>;
};

export type QueuePlaceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['QueuePlace'] = ResolversParentTypes['QueuePlace']> = {
  eta?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  keptOn?: Resolver<Maybe<ResolversTypes['Worker']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['WaitReason'], ParentType, ContextType>;
};

export type RetryRulesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RetryRules'] = ResolversParentTypes['RetryRules']> = {
  backoffSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  exitCodes?: Resolver<Maybe<Array<ResolversTypes['Int']>>, ParentType, ContextType>;
  maxBackoffSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RunResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Run'] = ResolversParentTypes['Run'], FederationReferenceType extends FederationReferenceTypes['Run'] = FederationReferenceTypes['Run']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Run']> | FederationReferenceType, FederationReferenceType, ContextType>;
  attempt?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  claimedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  exitCode?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  gpus?: Resolver<Maybe<Array<ResolversTypes['Gpu']>>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  idleSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  job?: Resolver<ResolversTypes['Job'], ParentType, ContextType>;
  log?: Resolver<ResolversTypes['LogPage'], ParentType, ContextType, RequireFields<RunLogArgs, 'after' | 'first'>>;
  metrics?: Resolver<Maybe<ResolversTypes['RunMetrics']>, ParentType, ContextType>;
  outcome?: Resolver<Maybe<ResolversTypes['RunOutcome']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  signal?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['RunState'], ParentType, ContextType>;
  worker?: Resolver<Maybe<ResolversTypes['Worker']>, ParentType, ContextType>;
};

export type RunConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RunConnection'] = ResolversParentTypes['RunConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['Run']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type RunMetricsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RunMetrics'] = ResolversParentTypes['RunMetrics']> = {
  energyJoules?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  idleSeconds?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  maxPowerWatts?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  maxTemperatureC?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  maxUtilisationPercent?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  meanPowerWatts?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  meanUtilisationPercent?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  peakMemoryMb?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  throttleReasons?: Resolver<Maybe<Array<ResolversTypes['ThrottleReason']>>, ParentType, ContextType>;
  throttledSeconds?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  xids?: Resolver<Maybe<Array<ResolversTypes['Int']>>, ParentType, ContextType>;
};

export type SaveAccountPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SaveAccountPayload'] = ResolversParentTypes['SaveAccountPayload']> = {
  account?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType>;
  problems?: Resolver<Array<ResolversTypes['Problem']>, ParentType, ContextType>;
};

export type SaveSchedulePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SaveSchedulePayload'] = ResolversParentTypes['SaveSchedulePayload']> = {
  problems?: Resolver<Array<ResolversTypes['Problem']>, ParentType, ContextType>;
  schedule?: Resolver<Maybe<ResolversTypes['Schedule']>, ParentType, ContextType>;
};

export type SaveSecretPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SaveSecretPayload'] = ResolversParentTypes['SaveSecretPayload']> = {
  problems?: Resolver<Array<ResolversTypes['Problem']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['Secret']>, ParentType, ContextType>;
};

export type SaveTemplatePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SaveTemplatePayload'] = ResolversParentTypes['SaveTemplatePayload']> = {
  problems?: Resolver<Array<ResolversTypes['Problem']>, ParentType, ContextType>;
  template?: Resolver<Maybe<ResolversTypes['Template']>, ParentType, ContextType>;
};

export type SaveWebhookPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SaveWebhookPayload'] = ResolversParentTypes['SaveWebhookPayload']> = {
  problems?: Resolver<Array<ResolversTypes['Problem']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  webhook?: Resolver<Maybe<ResolversTypes['Webhook']>, ParentType, ContextType>;
};

export type ScheduleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Schedule'] = ResolversParentTypes['Schedule']> = {
  account?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cron?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  enabled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lastJob?: Resolver<Maybe<ResolversTypes['Job']>, ParentType, ContextType>;
  lastProblem?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nextAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  skipWhileRunning?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  submittedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SecretResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Secret'] = ResolversParentTypes['Secret']> = {
  account?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  updatedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface StringMapScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['StringMap'], any> {
  name: 'StringMap';
}

export type SubmitJobPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SubmitJobPayload'] = ResolversParentTypes['SubmitJobPayload']> = {
  job?: Resolver<Maybe<ResolversTypes['Job']>, ParentType, ContextType>;
  jobs?: Resolver<Array<ResolversTypes['Job']>, ParentType, ContextType>;
  problems?: Resolver<Array<ResolversTypes['Problem']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type TemplateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Template'] = ResolversParentTypes['Template']> = {
  command?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  gpus?: Resolver<ResolversTypes['GpuRequest'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  parameters?: Resolver<Array<ResolversTypes['TemplateParameter']>, ParentType, ContextType>;
};

export type TemplateParameterResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TemplateParameter'] = ResolversParentTypes['TemplateParameter']> = {
  default?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ViewerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer']> = {
  accounts?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  scopes?: Resolver<Maybe<Array<ResolversTypes['Scope']>>, ParentType, ContextType>;
};

export type WarningResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Warning'] = ResolversParentTypes['Warning']> = {
  seconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  signal?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type WebhookResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Webhook'] = ResolversParentTypes['Webhook']> = {
  account?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  deliveries?: Resolver<ResolversTypes['WebhookDeliveryConnection'], ParentType, ContextType, RequireFields<WebhookDeliveriesArgs, 'first'>>;
  disabledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  eventTypes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  failingSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  failures?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  scope?: Resolver<ResolversTypes['WebhookScope'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  whyDisabled?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type WebhookDeliveryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookDelivery'] = ResolversParentTypes['WebhookDelivery']> = {
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  deliveredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  eventType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastError?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lastStatus?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  nextAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type WebhookDeliveryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookDeliveryConnection'] = ResolversParentTypes['WebhookDeliveryConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['WebhookDelivery']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type WorkerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Worker'] = ResolversParentTypes['Worker']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type WorkerFitResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WorkerFit'] = ResolversParentTypes['WorkerFit']> = {
  gpusFree?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  gpusThatFit?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  possible?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  worker?: Resolver<ResolversTypes['Worker'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Account?: AccountResolvers<ContextType>;
  ApiToken?: ApiTokenResolvers<ContextType>;
  ArrayPlace?: ArrayPlaceResolvers<ContextType>;
  AuditConnection?: AuditConnectionResolvers<ContextType>;
  AuditRecord?: AuditRecordResolvers<ContextType>;
  CancelJobsPayload?: CancelJobsPayloadResolvers<ContextType>;
  CheckedApiToken?: CheckedApiTokenResolvers<ContextType>;
  ClaimRunsPayload?: ClaimRunsPayloadResolvers<ContextType>;
  ClaimedRun?: ClaimedRunResolvers<ContextType>;
  Container?: ContainerResolvers<ContextType>;
  CreateApiTokenPayload?: CreateApiTokenPayloadResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Gpu?: GpuResolvers<ContextType>;
  GpuFault?: GpuFaultResolvers<ContextType>;
  GpuRequest?: GpuRequestResolvers<ContextType>;
  GpuRunCounts?: GpuRunCountsResolvers<ContextType>;
  Job?: JobResolvers<ContextType>;
  JobCheck?: JobCheckResolvers<ContextType>;
  JobConnection?: JobConnectionResolvers<ContextType>;
  JobCount?: JobCountResolvers<ContextType>;
  JobEvent?: JobEventResolvers<ContextType>;
  JobPayload?: JobPayloadResolvers<ContextType>;
  JobsPayload?: JobsPayloadResolvers<ContextType>;
  LeasePayload?: LeasePayloadResolvers<ContextType>;
  Limits?: LimitsResolvers<ContextType>;
  LogChunk?: LogChunkResolvers<ContextType>;
  LogPage?: LogPageResolvers<ContextType>;
  Mount?: MountResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Problem?: ProblemResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  QueuePlace?: QueuePlaceResolvers<ContextType>;
  RetryRules?: RetryRulesResolvers<ContextType>;
  Run?: RunResolvers<ContextType>;
  RunConnection?: RunConnectionResolvers<ContextType>;
  RunMetrics?: RunMetricsResolvers<ContextType>;
  SaveAccountPayload?: SaveAccountPayloadResolvers<ContextType>;
  SaveSchedulePayload?: SaveSchedulePayloadResolvers<ContextType>;
  SaveSecretPayload?: SaveSecretPayloadResolvers<ContextType>;
  SaveTemplatePayload?: SaveTemplatePayloadResolvers<ContextType>;
  SaveWebhookPayload?: SaveWebhookPayloadResolvers<ContextType>;
  Schedule?: ScheduleResolvers<ContextType>;
  Secret?: SecretResolvers<ContextType>;
  StringMap?: GraphQLScalarType;
  SubmitJobPayload?: SubmitJobPayloadResolvers<ContextType>;
  Template?: TemplateResolvers<ContextType>;
  TemplateParameter?: TemplateParameterResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
  Warning?: WarningResolvers<ContextType>;
  Webhook?: WebhookResolvers<ContextType>;
  WebhookDelivery?: WebhookDeliveryResolvers<ContextType>;
  WebhookDeliveryConnection?: WebhookDeliveryConnectionResolvers<ContextType>;
  Worker?: WorkerResolvers<ContextType>;
  WorkerFit?: WorkerFitResolvers<ContextType>;
};

