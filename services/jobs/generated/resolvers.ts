import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Job as JobRow, Run as RunRow, Template as TemplateRow, GpuRef, WorkerRef } from '../entities.ts';
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

export type ClaimRunsInput = {
  /** How many runs without a GPU it takes; those with GPUs are bounded by the GPUs. */
  cpuSlots: Scalars['Int']['input'];
  /** The GPUs that the worker has free, by the ids that registering gave. Those of other workers are left out. */
  gpuIds: Array<Scalars['ID']['input']>;
};

export type ClaimRunsPayload = {
  __typename?: 'ClaimRunsPayload';
  runs: Array<ClaimedRun>;
};

/** All that a worker needs to run a command. */
export type ClaimedRun = {
  __typename?: 'ClaimedRun';
  attempt: Scalars['Int']['output'];
  command: Array<Scalars['String']['output']>;
  env: Scalars['StringMap']['output'];
  /** The fencing token: whatever is written about the run carries it. */
  epoch: Scalars['Int']['output'];
  gpuUuids: Array<Scalars['String']['output']>;
  jobId: Scalars['ID']['output'];
  /** How long the lease lasts from now. */
  leaseMs: Scalars['Int']['output'];
  runId: Scalars['ID']['output'];
  shell: Scalars['Boolean']['output'];
  timeoutSeconds?: Maybe<Scalars['Int']['output']>;
  workingDirectory?: Maybe<Scalars['String']['output']>;
};

export type FinishRunInput = {
  /**
   * How long ago the run ended, in milliseconds: its GPUs are not billed for the time that its worker
   * could not report.
   */
  endedMsAgo?: Scalars['Int']['input'];
  epoch: Scalars['Int']['input'];
  exitCode?: InputMaybe<Scalars['Int']['input']>;
  /** How many chunks the log has, its end included. */
  logChunks: Scalars['Int']['input'];
  metrics?: InputMaybe<RunMetricsInput>;
  outcome: RunOutcome;
  reason?: InputMaybe<Scalars['String']['input']>;
  runId: Scalars['ID']['input'];
  signal?: InputMaybe<Scalars['String']['input']>;
};

export type Gpu = {
  __typename?: 'Gpu';
  /** The run that holds it, where you may see it. */
  currentRun?: Maybe<Run>;
  id: Scalars['ID']['output'];
};

export type GpuRequest = {
  __typename?: 'GpuRequest';
  count: Scalars['Int']['output'];
  minMemoryMb?: Maybe<Scalars['Int']['output']>;
  /** Part of the GPU's name, in any case: `A100`. */
  model?: Maybe<Scalars['String']['output']>;
};

export type GpuRequestInput = {
  count?: InputMaybe<Scalars['Int']['input']>;
  minMemoryMb?: InputMaybe<Scalars['Int']['input']>;
  model?: InputMaybe<Scalars['String']['input']>;
};

/** What was asked for: a command, and the GPUs it needs. */
export type Job = {
  __typename?: 'Job';
  /** Who pays. */
  account: Scalars['String']['output'];
  /** True from the moment that cancelling was asked for. */
  cancelRequested: Scalars['Boolean']['output'];
  /** The program and its arguments; with `shell`, one line for /bin/sh. */
  command: Array<Scalars['String']['output']>;
  createdAt: Scalars['DateTime']['output'];
  env: Scalars['StringMap']['output'];
  /** What happened to it, oldest first. */
  events: Array<JobEvent>;
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  gpus: GpuRequest;
  id: Scalars['ID']['output'];
  /** How many more attempts follow one that failed by itself. */
  maxRetries: Scalars['Int']['output'];
  name: Scalars['String']['output'];
  priority: Scalars['Int']['output'];
  /** In a sentence, why the job is in its state, where there is something to say. */
  reason?: Maybe<Scalars['String']['output']>;
  /** Its attempts, oldest first. */
  runs: Array<Run>;
  shell: Scalars['Boolean']['output'];
  /** When the present or last attempt's process started. */
  startedAt?: Maybe<Scalars['DateTime']['output']>;
  state: JobState;
  /** Who submitted it. */
  submittedBy: Scalars['String']['output'];
  /** The template that the job was made from. */
  template?: Maybe<Scalars['String']['output']>;
  timeoutSeconds?: Maybe<Scalars['Int']['output']>;
  /** Counts the job's changes from 1: two answers with the same version are the same job. */
  version: Scalars['Int']['output'];
  workingDirectory?: Maybe<Scalars['String']['output']>;
};

export type JobConnection = {
  __typename?: 'JobConnection';
  nodes: Array<Job>;
  pageInfo: PageInfo;
};

export type JobEvent = {
  __typename?: 'JobEvent';
  at: Scalars['DateTime']['output'];
  id: Scalars['ID']['output'];
  reason?: Maybe<Scalars['String']['output']>;
  runId?: Maybe<Scalars['ID']['output']>;
  /** Such as `job.queued`. */
  type: Scalars['String']['output'];
  /** The job's version after it. */
  version: Scalars['Int']['output'];
};

export type JobFilter = {
  account?: InputMaybe<Scalars['String']['input']>;
  /** Part of the name, in any case. */
  name?: InputMaybe<Scalars['String']['input']>;
  states?: InputMaybe<Array<JobState>>;
  submittedBy?: InputMaybe<Scalars['String']['input']>;
};

export type JobPayload = {
  __typename?: 'JobPayload';
  job?: Maybe<Job>;
  problems: Array<Problem>;
};

export type JobState =
  | 'CANCELLED'
  | 'COMPLETED'
  | 'FAILED'
  | 'QUEUED'
  | 'RUNNING';

export type LeasePayload = {
  __typename?: 'LeasePayload';
  /** How long the lease lasts from now; 0 unless it is held. */
  leaseMs: Scalars['Int']['output'];
  runId: Scalars['ID']['output'];
  standing: LeaseStanding;
};

export type LeaseStanding =
  /** The worker must end the run and report it as cancelled. */
  | 'CANCEL'
  | 'HELD'
  /** The run is no longer this worker's, or has ended: what the worker still has of it must end. */
  | 'OVER';

/** A piece of a run's output, as it was written: lines may span chunks. */
export type LogChunk = {
  __typename?: 'LogChunk';
  at: Scalars['DateTime']['output'];
  /** True on the last chunk of a log, which has no text. */
  end: Scalars['Boolean']['output'];
  /** The number of the line, from 0, that the first character belongs to. */
  firstLine: Scalars['Int']['output'];
  runId: Scalars['ID']['output'];
  /** Counts from 0 without gaps. */
  seq: Scalars['Int']['output'];
  stream: LogStream;
  text: Scalars['String']['output'];
};

export type LogPage = {
  __typename?: 'LogPage';
  chunks: Array<LogChunk>;
  /** True when the log is whole and this page reaches its end. */
  ended: Scalars['Boolean']['output'];
};

export type LogStream =
  | 'STDERR'
  | 'STDOUT'
  /** What the worker itself has to say. */
  | 'SYSTEM';

export type Mutation = {
  __typename?: 'Mutation';
  /**
   * Asks that a job end. A queued job is cancelled at once; a running one when its worker has ended
   * its processes. Cancelling a job that has ended changes nothing.
   */
  cancelJob: JobPayload;
  /** For workers: takes the runs that fit the offered GPUs, and with each a lease. */
  claimRuns: ClaimRunsPayload;
  /** For workers: how a run ended. Reporting the same end again changes nothing. */
  finishRun: LeasePayload;
  /** For workers: extends leases, and tells which runs must end. */
  renewLeases: Array<LeasePayload>;
  /** Adds a template, or replaces the one of that name. For operators. */
  saveTemplate: SaveTemplatePayload;
  /** For workers: the process of a claimed run has started. */
  startRun: LeasePayload;
  /**
   * Puts a job in the queue. What is wrong with the input comes back in `problems`, each with the
   * path of its field, and then nothing was stored.
   */
  submitJob: SubmitJobPayload;
  /** Changes what may still change: the name always, the priority while the job is queued. */
  updateJob: JobPayload;
};


export type MutationCancelJobArgs = {
  id: Scalars['ID']['input'];
};


export type MutationClaimRunsArgs = {
  input: ClaimRunsInput;
};


export type MutationFinishRunArgs = {
  input: FinishRunInput;
};


export type MutationRenewLeasesArgs = {
  leases: Array<RunLeaseInput>;
};


export type MutationSaveTemplateArgs = {
  input: SaveTemplateInput;
};


export type MutationStartRunArgs = {
  input: RunLeaseInput;
};


export type MutationSubmitJobArgs = {
  input: SubmitJobInput;
};


export type MutationUpdateJobArgs = {
  id: Scalars['ID']['input'];
  input: UpdateJobInput;
};

export type PageInfo = {
  __typename?: 'PageInfo';
  /** Give it as `after` for the next page. */
  endCursor?: Maybe<Scalars['String']['output']>;
  hasNextPage: Scalars['Boolean']['output'];
};

/** What is wrong with one field of an input. */
export type Problem = {
  __typename?: 'Problem';
  message: Scalars['String']['output'];
  /** Such as `gpus.count` or `command.0`; empty when it is about the whole. */
  path: Scalars['String']['output'];
};

export type Query = {
  __typename?: 'Query';
  /** One job, or null when there is none that you may see. */
  job?: Maybe<Job>;
  /** The jobs you may see, newest first. */
  jobs?: Maybe<JobConnection>;
  /** One attempt of a job, or null when there is none that you may see. */
  run?: Maybe<Run>;
  /** Commands that can be submitted by name. */
  templates?: Maybe<Array<Template>>;
};


export type QueryJobArgs = {
  id: Scalars['ID']['input'];
};


export type QueryJobsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<JobFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryRunArgs = {
  id: Scalars['ID']['input'];
};

/** One attempt at a job. */
export type Run = {
  __typename?: 'Run';
  /** 1 for the first. */
  attempt: Scalars['Int']['output'];
  /** When the run was given to its worker. */
  claimedAt: Scalars['DateTime']['output'];
  exitCode?: Maybe<Scalars['Int']['output']>;
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The GPUs it holds, or held. */
  gpus?: Maybe<Array<Gpu>>;
  id: Scalars['ID']['output'];
  job: Job;
  /** Its stored output after chunk `after` (-1: from the beginning), at most `first` chunks. */
  log: LogPage;
  /** What its GPUs did: null until the run has ended, and for a run without GPUs. */
  metrics?: Maybe<RunMetrics>;
  /** In a sentence, why the attempt ended as it did. */
  reason?: Maybe<Scalars['String']['output']>;
  /** The signal that ended the process, such as `SIGKILL`. */
  signal?: Maybe<Scalars['String']['output']>;
  startedAt?: Maybe<Scalars['DateTime']['output']>;
  state: RunState;
  worker?: Maybe<Worker>;
};


/** One attempt at a job. */
export type RunLogArgs = {
  after?: InputMaybe<Scalars['Int']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type RunLeaseInput = {
  epoch: Scalars['Int']['input'];
  runId: Scalars['ID']['input'];
};

/** Over the life of a run, over all of its GPUs. */
export type RunMetrics = {
  __typename?: 'RunMetrics';
  energyJoules?: Maybe<Scalars['Float']['output']>;
  maxTemperatureC?: Maybe<Scalars['Float']['output']>;
  maxUtilisationPercent?: Maybe<Scalars['Float']['output']>;
  meanUtilisationPercent?: Maybe<Scalars['Float']['output']>;
  /** The most that one GPU held. */
  peakMemoryMb?: Maybe<Scalars['Float']['output']>;
};

export type RunMetricsInput = {
  energyJoules?: InputMaybe<Scalars['Float']['input']>;
  maxTemperatureC?: InputMaybe<Scalars['Float']['input']>;
  maxUtilisationPercent?: InputMaybe<Scalars['Float']['input']>;
  meanUtilisationPercent?: InputMaybe<Scalars['Float']['input']>;
  peakMemoryMb?: InputMaybe<Scalars['Float']['input']>;
};

export type RunOutcome =
  | 'CANCELLED'
  /** The process ended by itself: `exitCode` or `signal` say how. */
  | 'EXITED'
  /** The command could not be started, so trying again is of no use. */
  | 'NOT_STARTED'
  /** The worker lets go of the run, for no fault of the command: the job is queued again. */
  | 'RELEASED'
  | 'TIMED_OUT';

export type RunState =
  | 'CANCELLED'
  /** Given to a worker; its process has not started. */
  | 'CLAIMED'
  | 'COMPLETED'
  | 'FAILED'
  /** Its worker went away. The job is queued again, and no retry is used up. */
  | 'LOST'
  | 'RUNNING';

export type SaveTemplateInput = {
  command: Array<Scalars['String']['input']>;
  description?: InputMaybe<Scalars['String']['input']>;
  gpus?: InputMaybe<GpuRequestInput>;
  name: Scalars['String']['input'];
  parameters?: InputMaybe<Array<TemplateParameterInput>>;
};

export type SaveTemplatePayload = {
  __typename?: 'SaveTemplatePayload';
  problems: Array<Problem>;
  template?: Maybe<Template>;
};

export type SubmitJobInput = {
  /** Who pays; by default the first account of the submitter. */
  account?: InputMaybe<Scalars['String']['input']>;
  /** Values for the template's parameters. */
  arguments?: InputMaybe<Scalars['StringMap']['input']>;
  /** The program and its arguments. No shell reads them, unless `shell` is true. */
  command?: InputMaybe<Array<Scalars['String']['input']>>;
  env?: InputMaybe<Scalars['StringMap']['input']>;
  gpus?: InputMaybe<GpuRequestInput>;
  maxRetries?: InputMaybe<Scalars['Int']['input']>;
  /** Shown in lists; made from the command when absent. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Higher goes first: -1000 to 1000, 0 by default. */
  priority?: InputMaybe<Scalars['Int']['input']>;
  /** `command` is then one line, run by `/bin/sh -c`. */
  shell?: InputMaybe<Scalars['Boolean']['input']>;
  /** Makes the job from this template in place of `command`. */
  template?: InputMaybe<Scalars['String']['input']>;
  timeoutSeconds?: InputMaybe<Scalars['Int']['input']>;
  workingDirectory?: InputMaybe<Scalars['String']['input']>;
};

export type SubmitJobPayload = {
  __typename?: 'SubmitJobPayload';
  job?: Maybe<Job>;
  problems: Array<Problem>;
};

/** A command that can be submitted by name. */
export type Template = {
  __typename?: 'Template';
  /** `{{parameter}}` stands for a parameter's value. */
  command: Array<Scalars['String']['output']>;
  description: Scalars['String']['output'];
  gpus: GpuRequest;
  name: Scalars['String']['output'];
  parameters: Array<TemplateParameter>;
};

export type TemplateParameter = {
  __typename?: 'TemplateParameter';
  /** Null when a value must be given. */
  default?: Maybe<Scalars['String']['output']>;
  description: Scalars['String']['output'];
  name: Scalars['String']['output'];
};

export type TemplateParameterInput = {
  default?: InputMaybe<Scalars['String']['input']>;
  description?: InputMaybe<Scalars['String']['input']>;
  name: Scalars['String']['input'];
};

export type UpdateJobInput = {
  name?: InputMaybe<Scalars['String']['input']>;
  priority?: InputMaybe<Scalars['Int']['input']>;
};

export type Worker = {
  __typename?: 'Worker';
  id: Scalars['ID']['output'];
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
  Gpu: Gpu;
  Job: Job;
  Run: Run;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Gpu:
    ( { __typename: 'Gpu' }
    & GraphQLRecursivePick<FederationTypes['Gpu'], {"id":true}> );
  Job:
    ( { __typename: 'Job' }
    & GraphQLRecursivePick<FederationTypes['Job'], {"id":true}> );
  Run:
    ( { __typename: 'Run' }
    & GraphQLRecursivePick<FederationTypes['Run'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  ClaimRunsInput: ClaimRunsInput;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  ClaimRunsPayload: ResolverTypeWrapper<ClaimRunsPayload>;
  ClaimedRun: ResolverTypeWrapper<ClaimedRun>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  FinishRunInput: FinishRunInput;
  Gpu: ResolverTypeWrapper<GpuRef>;
  GpuRequest: ResolverTypeWrapper<GpuRequest>;
  GpuRequestInput: GpuRequestInput;
  Job: ResolverTypeWrapper<JobRow>;
  JobConnection: ResolverTypeWrapper<Omit<JobConnection, 'nodes'> & { nodes: Array<ResolversTypes['Job']> }>;
  JobEvent: ResolverTypeWrapper<JobEvent>;
  JobFilter: JobFilter;
  JobPayload: ResolverTypeWrapper<Omit<JobPayload, 'job'> & { job?: Maybe<ResolversTypes['Job']> }>;
  JobState: JobState;
  LeasePayload: ResolverTypeWrapper<LeasePayload>;
  LeaseStanding: LeaseStanding;
  LogChunk: ResolverTypeWrapper<LogChunk>;
  LogPage: ResolverTypeWrapper<LogPage>;
  LogStream: LogStream;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Problem: ResolverTypeWrapper<Problem>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Run: ResolverTypeWrapper<RunRow>;
  RunLeaseInput: RunLeaseInput;
  RunMetrics: ResolverTypeWrapper<RunMetrics>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  RunMetricsInput: RunMetricsInput;
  RunOutcome: RunOutcome;
  RunState: RunState;
  SaveTemplateInput: SaveTemplateInput;
  SaveTemplatePayload: ResolverTypeWrapper<Omit<SaveTemplatePayload, 'template'> & { template?: Maybe<ResolversTypes['Template']> }>;
  StringMap: ResolverTypeWrapper<Scalars['StringMap']['output']>;
  SubmitJobInput: SubmitJobInput;
  SubmitJobPayload: ResolverTypeWrapper<Omit<SubmitJobPayload, 'job'> & { job?: Maybe<ResolversTypes['Job']> }>;
  Template: ResolverTypeWrapper<TemplateRow>;
  TemplateParameter: ResolverTypeWrapper<TemplateParameter>;
  TemplateParameterInput: TemplateParameterInput;
  UpdateJobInput: UpdateJobInput;
  Worker: ResolverTypeWrapper<WorkerRef>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  ClaimRunsInput: ClaimRunsInput;
  Int: Scalars['Int']['output'];
  ID: Scalars['ID']['output'];
  ClaimRunsPayload: ClaimRunsPayload;
  ClaimedRun: ClaimedRun;
  String: Scalars['String']['output'];
  Boolean: Scalars['Boolean']['output'];
  DateTime: Scalars['DateTime']['output'];
  FinishRunInput: FinishRunInput;
  Gpu: GpuRef;
  GpuRequest: GpuRequest;
  GpuRequestInput: GpuRequestInput;
  Job: JobRow;
  JobConnection: Omit<JobConnection, 'nodes'> & { nodes: Array<ResolversParentTypes['Job']> };
  JobEvent: JobEvent;
  JobFilter: JobFilter;
  JobPayload: Omit<JobPayload, 'job'> & { job?: Maybe<ResolversParentTypes['Job']> };
  LeasePayload: LeasePayload;
  LogChunk: LogChunk;
  LogPage: LogPage;
  Mutation: Record<PropertyKey, never>;
  PageInfo: PageInfo;
  Problem: Problem;
  Query: Record<PropertyKey, never>;
  Run: RunRow;
  RunLeaseInput: RunLeaseInput;
  RunMetrics: RunMetrics;
  Float: Scalars['Float']['output'];
  RunMetricsInput: RunMetricsInput;
  SaveTemplateInput: SaveTemplateInput;
  SaveTemplatePayload: Omit<SaveTemplatePayload, 'template'> & { template?: Maybe<ResolversParentTypes['Template']> };
  StringMap: Scalars['StringMap']['output'];
  SubmitJobInput: SubmitJobInput;
  SubmitJobPayload: Omit<SubmitJobPayload, 'job'> & { job?: Maybe<ResolversParentTypes['Job']> };
  Template: TemplateRow;
  TemplateParameter: TemplateParameter;
  TemplateParameterInput: TemplateParameterInput;
  UpdateJobInput: UpdateJobInput;
  Worker: WorkerRef;
};

export type ClaimRunsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ClaimRunsPayload'] = ResolversParentTypes['ClaimRunsPayload']> = {
  runs?: Resolver<Array<ResolversTypes['ClaimedRun']>, ParentType, ContextType>;
};

export type ClaimedRunResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ClaimedRun'] = ResolversParentTypes['ClaimedRun']> = {
  attempt?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  command?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  env?: Resolver<ResolversTypes['StringMap'], ParentType, ContextType>;
  epoch?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  gpuUuids?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  jobId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  leaseMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  runId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  shell?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  timeoutSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  workingDirectory?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type GpuResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Gpu'] = ResolversParentTypes['Gpu'], FederationReferenceType extends FederationReferenceTypes['Gpu'] = FederationReferenceTypes['Gpu']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Gpu']> | FederationReferenceType, FederationReferenceType, ContextType>;
  currentRun?: Resolver<Maybe<ResolversTypes['Run']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type GpuRequestResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GpuRequest'] = ResolversParentTypes['GpuRequest']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  minMemoryMb?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  model?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type JobResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Job'] = ResolversParentTypes['Job'], FederationReferenceType extends FederationReferenceTypes['Job'] = FederationReferenceTypes['Job']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Job']> | FederationReferenceType, FederationReferenceType, ContextType>;
  account?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cancelRequested?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  command?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  env?: Resolver<ResolversTypes['StringMap'], ParentType, ContextType>;
  events?: Resolver<Array<ResolversTypes['JobEvent']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  gpus?: Resolver<ResolversTypes['GpuRequest'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  maxRetries?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  priority?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  runs?: Resolver<Array<ResolversTypes['Run']>, ParentType, ContextType>;
  shell?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['JobState'], ParentType, ContextType>;
  submittedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  template?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  timeoutSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  workingDirectory?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type JobConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JobConnection'] = ResolversParentTypes['JobConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['Job']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type JobEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JobEvent'] = ResolversParentTypes['JobEvent']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  runId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type JobPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JobPayload'] = ResolversParentTypes['JobPayload']> = {
  job?: Resolver<Maybe<ResolversTypes['Job']>, ParentType, ContextType>;
  problems?: Resolver<Array<ResolversTypes['Problem']>, ParentType, ContextType>;
};

export type LeasePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LeasePayload'] = ResolversParentTypes['LeasePayload']> = {
  leaseMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  runId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  standing?: Resolver<ResolversTypes['LeaseStanding'], ParentType, ContextType>;
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
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  cancelJob?: Resolver<ResolversTypes['JobPayload'], ParentType, ContextType, RequireFields<MutationCancelJobArgs, 'id'>>;
  claimRuns?: Resolver<ResolversTypes['ClaimRunsPayload'], ParentType, ContextType, RequireFields<MutationClaimRunsArgs, 'input'>>;
  finishRun?: Resolver<ResolversTypes['LeasePayload'], ParentType, ContextType, RequireFields<MutationFinishRunArgs, 'input'>>;
  renewLeases?: Resolver<Array<ResolversTypes['LeasePayload']>, ParentType, ContextType, RequireFields<MutationRenewLeasesArgs, 'leases'>>;
  saveTemplate?: Resolver<ResolversTypes['SaveTemplatePayload'], ParentType, ContextType, RequireFields<MutationSaveTemplateArgs, 'input'>>;
  startRun?: Resolver<ResolversTypes['LeasePayload'], ParentType, ContextType, RequireFields<MutationStartRunArgs, 'input'>>;
  submitJob?: Resolver<ResolversTypes['SubmitJobPayload'], ParentType, ContextType, RequireFields<MutationSubmitJobArgs, 'input'>>;
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
  job?: Resolver<Maybe<ResolversTypes['Job']>, ParentType, ContextType, RequireFields<QueryJobArgs, 'id'>>;
  jobs?: Resolver<Maybe<ResolversTypes['JobConnection']>, ParentType, ContextType, RequireFields<QueryJobsArgs, 'first'>>;
  run?: Resolver<Maybe<ResolversTypes['Run']>, ParentType, ContextType, RequireFields<QueryRunArgs, 'id'>>;
  templates?: Resolver<Maybe<Array<ResolversTypes['Template']>>, ParentType, ContextType>;
};

export type RunResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Run'] = ResolversParentTypes['Run'], FederationReferenceType extends FederationReferenceTypes['Run'] = FederationReferenceTypes['Run']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Run']> | FederationReferenceType, FederationReferenceType, ContextType>;
  attempt?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  claimedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  exitCode?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  gpus?: Resolver<Maybe<Array<ResolversTypes['Gpu']>>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  job?: Resolver<ResolversTypes['Job'], ParentType, ContextType>;
  log?: Resolver<ResolversTypes['LogPage'], ParentType, ContextType, RequireFields<RunLogArgs, 'after' | 'first'>>;
  metrics?: Resolver<Maybe<ResolversTypes['RunMetrics']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  signal?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['RunState'], ParentType, ContextType>;
  worker?: Resolver<Maybe<ResolversTypes['Worker']>, ParentType, ContextType>;
};

export type RunMetricsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RunMetrics'] = ResolversParentTypes['RunMetrics']> = {
  energyJoules?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  maxTemperatureC?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  maxUtilisationPercent?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  meanUtilisationPercent?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  peakMemoryMb?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type SaveTemplatePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SaveTemplatePayload'] = ResolversParentTypes['SaveTemplatePayload']> = {
  problems?: Resolver<Array<ResolversTypes['Problem']>, ParentType, ContextType>;
  template?: Resolver<Maybe<ResolversTypes['Template']>, ParentType, ContextType>;
};

export interface StringMapScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['StringMap'], any> {
  name: 'StringMap';
}

export type SubmitJobPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SubmitJobPayload'] = ResolversParentTypes['SubmitJobPayload']> = {
  job?: Resolver<Maybe<ResolversTypes['Job']>, ParentType, ContextType>;
  problems?: Resolver<Array<ResolversTypes['Problem']>, ParentType, ContextType>;
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

export type WorkerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Worker'] = ResolversParentTypes['Worker']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  ClaimRunsPayload?: ClaimRunsPayloadResolvers<ContextType>;
  ClaimedRun?: ClaimedRunResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Gpu?: GpuResolvers<ContextType>;
  GpuRequest?: GpuRequestResolvers<ContextType>;
  Job?: JobResolvers<ContextType>;
  JobConnection?: JobConnectionResolvers<ContextType>;
  JobEvent?: JobEventResolvers<ContextType>;
  JobPayload?: JobPayloadResolvers<ContextType>;
  LeasePayload?: LeasePayloadResolvers<ContextType>;
  LogChunk?: LogChunkResolvers<ContextType>;
  LogPage?: LogPageResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Problem?: ProblemResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Run?: RunResolvers<ContextType>;
  RunMetrics?: RunMetricsResolvers<ContextType>;
  SaveTemplatePayload?: SaveTemplatePayloadResolvers<ContextType>;
  StringMap?: GraphQLScalarType;
  SubmitJobPayload?: SubmitJobPayloadResolvers<ContextType>;
  Template?: TemplateResolvers<ContextType>;
  TemplateParameter?: TemplateParameterResolvers<ContextType>;
  Worker?: WorkerResolvers<ContextType>;
};

