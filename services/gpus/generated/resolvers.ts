import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Gpu as GpuRow, Worker as WorkerRow } from '../entities.ts';
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
  DateTime: { input: string; output: string; }
  /** An object whose values are all strings. */
  StringMap: { input: Record<string, string>; output: Record<string, string>; }
  _FieldSet: { input: string; output: string; }
};

/** How a worker can run a command. */
export type Executor =
  /** In a container of Docker's. */
  | 'DOCKER'
  /** As a process on the machine itself. */
  | 'PROCESS';

export type Gpu = {
  __typename?: 'Gpu';
  /** Such as `8.0`; null where it is unknown. */
  computeCapability?: Maybe<Scalars['String']['output']>;
  driverVersion?: Maybe<Scalars['String']['output']>;
  id: Scalars['ID']['output'];
  /** Its place on its host; this may change across reboots. */
  index: Scalars['Int']['output'];
  /** The last sample, where there is one of the last 30 seconds. */
  lastSample?: Maybe<GpuSample>;
  /** The model, such as `NVIDIA A100-SXM4-80GB`. */
  name: Scalars['String']['output'];
  /** True when no such hardware exists: a stand-in for trying Constellation out. */
  simulated: Scalars['Boolean']['output'];
  state: GpuState;
  totalMemoryMb: Scalars['Int']['output'];
  /** NVML's name for this one card, the same across reboots. */
  uuid: Scalars['String']['output'];
  worker: Worker;
};

export type GpuConnection = {
  __typename?: 'GpuConnection';
  nodes: Array<Gpu>;
  pageInfo: PageInfo;
};

export type GpuFilter = {
  /** Part of the model's name, in any case. */
  name?: InputMaybe<Scalars['String']['input']>;
  simulated?: InputMaybe<Scalars['Boolean']['input']>;
  workerId?: InputMaybe<Scalars['ID']['input']>;
};

export type GpuSample = {
  __typename?: 'GpuSample';
  at: Scalars['DateTime']['output'];
  /** Joules used since the driver was loaded. */
  energyJoules?: Maybe<Scalars['Float']['output']>;
  gpuId: Scalars['ID']['output'];
  memoryUsedMb?: Maybe<Scalars['Float']['output']>;
  powerWatts?: Maybe<Scalars['Float']['output']>;
  smClockMhz?: Maybe<Scalars['Float']['output']>;
  temperatureC?: Maybe<Scalars['Float']['output']>;
  utilisationPercent?: Maybe<Scalars['Float']['output']>;
};

export type GpuState =
  | 'AVAILABLE'
  /** Its worker no longer finds it. */
  | 'MISSING'
  /** Its worker has not been heard of for 30 seconds. */
  | 'UNREACHABLE';

export type Mutation = {
  __typename?: 'Mutation';
  /** For workers: who it is and which GPUs its host has. Said at start, and whenever that changes. */
  registerWorker: RegisterWorkerPayload;
};


export type MutationRegisterWorkerArgs = {
  input: RegisterWorkerInput;
};

export type PageInfo = {
  __typename?: 'PageInfo';
  endCursor?: Maybe<Scalars['String']['output']>;
  hasNextPage: Scalars['Boolean']['output'];
};

export type Query = {
  __typename?: 'Query';
  gpu?: Maybe<Gpu>;
  /** Every GPU that a worker has registered, by worker and then by index. */
  gpus?: Maybe<GpuConnection>;
  workers?: Maybe<WorkerConnection>;
};


export type QueryGpuArgs = {
  id: Scalars['ID']['input'];
};


export type QueryGpusArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<GpuFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryWorkersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type RegisterGpuInput = {
  computeCapability?: InputMaybe<Scalars['String']['input']>;
  driverVersion?: InputMaybe<Scalars['String']['input']>;
  index: Scalars['Int']['input'];
  name: Scalars['String']['input'];
  simulated: Scalars['Boolean']['input'];
  totalMemoryMb: Scalars['Int']['input'];
  uuid: Scalars['String']['input'];
};

export type RegisterWorkerInput = {
  /** `PROCESS` alone by default. */
  executors?: InputMaybe<Array<Executor>>;
  gpuNotice?: InputMaybe<Scalars['String']['input']>;
  gpus: Array<RegisterGpuInput>;
  hostname: Scalars['String']['input'];
  labels?: InputMaybe<Scalars['StringMap']['input']>;
  version: Scalars['String']['input'];
};

export type RegisterWorkerPayload = {
  __typename?: 'RegisterWorkerPayload';
  worker: Worker;
};

export type Worker = {
  __typename?: 'Worker';
  executors: Array<Executor>;
  /** In a sentence, why it has no GPUs, where there is something to say. */
  gpuNotice?: Maybe<Scalars['String']['output']>;
  gpus: Array<Gpu>;
  hostname: Scalars['String']['output'];
  /** The name of its service account. */
  id: Scalars['ID']['output'];
  /** What its operator says of it, such as `{zone: "a"}`: jobs may ask for them. */
  labels: Scalars['StringMap']['output'];
  lastSeenAt: Scalars['DateTime']['output'];
  registeredAt: Scalars['DateTime']['output'];
  state: WorkerState;
  version: Scalars['String']['output'];
};

export type WorkerConnection = {
  __typename?: 'WorkerConnection';
  nodes: Array<Worker>;
  pageInfo: PageInfo;
};

export type WorkerState =
  /** Not heard of for 30 seconds. */
  | 'OFFLINE'
  | 'ONLINE';



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
  Worker: Worker;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Gpu:
    ( { __typename: 'Gpu' }
    & GraphQLRecursivePick<FederationTypes['Gpu'], {"id":true}> );
  Worker:
    ( { __typename: 'Worker' }
    & GraphQLRecursivePick<FederationTypes['Worker'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Executor: Executor;
  Gpu: ResolverTypeWrapper<GpuRow>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  GpuConnection: ResolverTypeWrapper<Omit<GpuConnection, 'nodes'> & { nodes: Array<ResolversTypes['Gpu']> }>;
  GpuFilter: GpuFilter;
  GpuSample: ResolverTypeWrapper<GpuSample>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  GpuState: GpuState;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RegisterGpuInput: RegisterGpuInput;
  RegisterWorkerInput: RegisterWorkerInput;
  RegisterWorkerPayload: ResolverTypeWrapper<Omit<RegisterWorkerPayload, 'worker'> & { worker: ResolversTypes['Worker'] }>;
  StringMap: ResolverTypeWrapper<Scalars['StringMap']['output']>;
  Worker: ResolverTypeWrapper<WorkerRow>;
  WorkerConnection: ResolverTypeWrapper<Omit<WorkerConnection, 'nodes'> & { nodes: Array<ResolversTypes['Worker']> }>;
  WorkerState: WorkerState;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  Gpu: GpuRow;
  String: Scalars['String']['output'];
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  Boolean: Scalars['Boolean']['output'];
  GpuConnection: Omit<GpuConnection, 'nodes'> & { nodes: Array<ResolversParentTypes['Gpu']> };
  GpuFilter: GpuFilter;
  GpuSample: GpuSample;
  Float: Scalars['Float']['output'];
  Mutation: Record<PropertyKey, never>;
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  RegisterGpuInput: RegisterGpuInput;
  RegisterWorkerInput: RegisterWorkerInput;
  RegisterWorkerPayload: Omit<RegisterWorkerPayload, 'worker'> & { worker: ResolversParentTypes['Worker'] };
  StringMap: Scalars['StringMap']['output'];
  Worker: WorkerRow;
  WorkerConnection: Omit<WorkerConnection, 'nodes'> & { nodes: Array<ResolversParentTypes['Worker']> };
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type GpuResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Gpu'] = ResolversParentTypes['Gpu'], FederationReferenceType extends FederationReferenceTypes['Gpu'] = FederationReferenceTypes['Gpu']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Gpu']> | FederationReferenceType, FederationReferenceType, ContextType>;
  computeCapability?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  driverVersion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lastSample?: Resolver<Maybe<ResolversTypes['GpuSample']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  simulated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['GpuState'], ParentType, ContextType>;
  totalMemoryMb?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  uuid?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  worker?: Resolver<ResolversTypes['Worker'], ParentType, ContextType>;
};

export type GpuConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GpuConnection'] = ResolversParentTypes['GpuConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['Gpu']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type GpuSampleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GpuSample'] = ResolversParentTypes['GpuSample']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  energyJoules?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  gpuId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  memoryUsedMb?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  powerWatts?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  smClockMhz?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  temperatureC?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  utilisationPercent?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  registerWorker?: Resolver<ResolversTypes['RegisterWorkerPayload'], ParentType, ContextType, RequireFields<MutationRegisterWorkerArgs, 'input'>>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  gpu?: Resolver<Maybe<ResolversTypes['Gpu']>, ParentType, ContextType, RequireFields<QueryGpuArgs, 'id'>>;
  gpus?: Resolver<Maybe<ResolversTypes['GpuConnection']>, ParentType, ContextType, RequireFields<QueryGpusArgs, 'first'>>;
  workers?: Resolver<Maybe<ResolversTypes['WorkerConnection']>, ParentType, ContextType, RequireFields<QueryWorkersArgs, 'first'>>;
};

export type RegisterWorkerPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RegisterWorkerPayload'] = ResolversParentTypes['RegisterWorkerPayload']> = {
  worker?: Resolver<ResolversTypes['Worker'], ParentType, ContextType>;
};

export interface StringMapScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['StringMap'], any> {
  name: 'StringMap';
}

export type WorkerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Worker'] = ResolversParentTypes['Worker'], FederationReferenceType extends FederationReferenceTypes['Worker'] = FederationReferenceTypes['Worker']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Worker']> | FederationReferenceType, FederationReferenceType, ContextType>;
  executors?: Resolver<Array<ResolversTypes['Executor']>, ParentType, ContextType>;
  gpuNotice?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  gpus?: Resolver<Array<ResolversTypes['Gpu']>, ParentType, ContextType>;
  hostname?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  labels?: Resolver<ResolversTypes['StringMap'], ParentType, ContextType>;
  lastSeenAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  registeredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['WorkerState'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type WorkerConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WorkerConnection'] = ResolversParentTypes['WorkerConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['Worker']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  Gpu?: GpuResolvers<ContextType>;
  GpuConnection?: GpuConnectionResolvers<ContextType>;
  GpuSample?: GpuSampleResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RegisterWorkerPayload?: RegisterWorkerPayloadResolvers<ContextType>;
  StringMap?: GraphQLScalarType;
  Worker?: WorkerResolvers<ContextType>;
  WorkerConnection?: WorkerConnectionResolvers<ContextType>;
};

