import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Ref, Context } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  DateTime: { input: string; output: string; }
  /** A decimal as a string, exact: `"12.5000000000"`. */
  Decimal: { input: string; output: string; }
  _FieldSet: { input: string; output: string; }
};

export type Account = {
  __typename?: 'Account';
  id: Scalars['ID']['output'];
  /** Within a range of full hours; of all time by default. */
  usage?: Maybe<Usage>;
};


export type AccountUsageArgs = {
  range?: InputMaybe<TimeRangeInput>;
};

/** What an account may spend in each month of UTC, and how this month goes. */
export type Budget = {
  __typename?: 'Budget';
  /** Who may spend it. */
  account: Scalars['String']['output'];
  /** In the currency, or in GPU-hours. */
  amount: Scalars['Decimal']['output'];
  /** Up to when that is counted. */
  asOf: Scalars['DateTime']['output'];
  /** The thresholds that were crossed this month, the lowest first. */
  crossings: Array<BudgetCrossing>;
  /** Null for a budget of GPU-hours. */
  currency?: Maybe<Scalars['String']['output']>;
  /** What will be spent by the end of the month, at the pace of the last seven days. */
  forecast: Scalars['Decimal']['output'];
  /** Names the budget. */
  id: Scalars['ID']['output'];
  /** Such as `2026-01`. */
  month: Scalars['String']['output'];
  /** When what was spent begins anew at nothing. */
  monthEndsAt: Scalars['DateTime']['output'];
  /** When it was saved last. */
  setAt: Scalars['DateTime']['output'];
  /** Who saved it last. */
  setBy: Scalars['String']['output'];
  /** Of this month, up to `asOf`: what goes on is counted too. */
  spent: Scalars['Decimal']['output'];
  /** While it is used up, jobs of the account are accepted, and not started. */
  stopsNewWork: Scalars['Boolean']['output'];
  /** In percent of the amount, ascending. */
  thresholds: Array<Scalars['Int']['output']>;
  /** True where all of it is spent. */
  usedUp: Scalars['Boolean']['output'];
};

/** A threshold that was crossed. It is crossed anew where the amount was raised meanwhile. */
export type BudgetCrossing = {
  __typename?: 'BudgetCrossing';
  /** The budget's amount then. */
  amount: Scalars['Decimal']['output'];
  /** When that was found. */
  crossedAt: Scalars['DateTime']['output'];
  /** What was spent by then, of which amount. */
  spent: Scalars['Decimal']['output'];
  /** In percent of the amount. */
  threshold: Scalars['Int']['output'];
};

/** A month that was billed: what stands in it stays. */
export type ClosedPeriod = {
  __typename?: 'ClosedPeriod';
  /** When it was closed. */
  closedAt: Scalars['DateTime']['output'];
  /** Who closed it. */
  closedBy: Scalars['String']['output'];
  /** A month of UTC, such as `2026-01`. */
  month: Scalars['String']['output'];
};

/** When a run ended in truth. */
export type CorrectRunInput = {
  /** Between the start of the run and now. */
  finishedAt: Scalars['DateTime']['input'];
  /** Why, for whoever audits the ledger. */
  reason: Scalars['String']['input'];
  /** The run. */
  runId: Scalars['ID']['input'];
};

/** What the fleet's time is summed by. */
export type FleetDimension =
  /** The GPU's model. */
  | 'MODEL'
  /** The worker that has the GPU. */
  | 'WORKER';

/** Half open: `from` belongs to it, `to` does not. */
export type FleetRangeInput = {
  /** Where it begins. */
  from: Scalars['DateTime']['input'];
  /** Where it ends. */
  to: Scalars['DateTime']['input'];
};

/** What became of the time of all GPUs. */
export type FleetReport = {
  __typename?: 'FleetReport';
  /** The end of what was counted. */
  asOf: Scalars['DateTime']['output'];
  /** What was held earlier is kept no longer, and seems idle here; null where all of it is kept. */
  completeFrom?: Maybe<Scalars['DateTime']['output']>;
  /** Names what was read. */
  dataVersion: Scalars['String']['output'];
  /** By part of time, and by what it is grouped by. */
  rows: Array<FleetRow>;
  /** Of all rows. */
  total: FleetTime;
};

/** What became of the time of some of the GPUs, in one part of time. */
export type FleetRow = {
  __typename?: 'FleetRow';
  /** Null unless grouped by it. */
  model?: Maybe<Scalars['String']['output']>;
  /** When the part of time begins; null for TOTAL. */
  start?: Maybe<Scalars['DateTime']['output']>;
  /** What became of it. */
  time: FleetTime;
  /** The worker's name. Null unless grouped by it. */
  worker?: Maybe<Scalars['String']['output']>;
};

/** GPU time by what became of it: capacity = allocated + idle + down. */
export type FleetTime = {
  __typename?: 'FleetTime';
  /** Held by runs. */
  allocatedGpuSeconds: Scalars['Float']['output'];
  /** What there was: registered GPUs, each second of each. */
  capacityGpuSeconds: Scalars['Float']['output'];
  /** Was out of service, or its worker was silent. Where a run held it all the same, that is allocated. */
  downGpuSeconds: Scalars['Float']['output'];
  /** What the idle time would have cost at the prices of the time, by currency. */
  idleCost: Array<Money>;
  /** Could have been held, and was not. */
  idleGpuSeconds: Scalars['Float']['output'];
};

export type Gpu = {
  __typename?: 'Gpu';
  id: Scalars['ID']['output'];
  /** By your runs, or all that you may see, within a range of full hours; of all time by default. */
  usage?: Maybe<Usage>;
};


export type GpuUsageArgs = {
  range?: InputMaybe<TimeRangeInput>;
};

export type Job = {
  __typename?: 'Job';
  id: Scalars['ID']['output'];
  /** What all its attempts have held and cost so far. */
  usage?: Maybe<Usage>;
};

/** One of the largest users. */
export type LeaderboardEntry = {
  __typename?: 'LeaderboardEntry';
  /** The account, user or model. */
  key: Scalars['String']['output'];
  /** 1 for the largest. */
  rank: Scalars['Int']['output'];
  /** What they have used. */
  usage: Usage;
};

/** An amount of a currency. */
export type Money = {
  __typename?: 'Money';
  /** How much, exact. */
  amount: Scalars['Decimal']['output'];
  /** Such as `EUR`. */
  currency: Scalars['String']['output'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Calls an export off, or removes its file. Done again, it changes nothing. NOT_FOUND where there is none of yours. */
  cancelUsageExport: UsageExport;
  /**
   * Closes a month of UTC, such as `2026-01`: what comes later of it is entered beside what stands, marked as late.
   * For administrators.
   */
  closePeriod: ClosedPeriod;
  /** Corrects the end of a run that has ended. For administrators. */
  correctRun: Run;
  /** Ends a budget, and what it holds back starts. False where there is none that is yours. */
  deleteBudget: Scalars['Boolean']['output'];
  /**
   * Asks for a file of the ledger, a row for each hour of each GPU of each run that you may see. It is written by and by:
   * ask for `usageExport` until it is DONE. RATE_LIMITED where you have as many as one may have.
   */
  requestUsageExport: UsageExport;
  /**
   * Sets what an account may spend in each month of UTC, in a currency or in GPU-hours: one budget of each. For managers of
   * the account, and administrators.
   */
  saveBudget: Budget;
  /**
   * Sets what an hour of a GPU costs from a time on. It may begin in the past, in a month that is not closed: what
   * was entered since then is priced anew by and by. For administrators.
   */
  savePrice: Price;
};


export type MutationCancelUsageExportArgs = {
  id: Scalars['ID']['input'];
};


export type MutationClosePeriodArgs = {
  month: Scalars['String']['input'];
};


export type MutationCorrectRunArgs = {
  input: CorrectRunInput;
};


export type MutationDeleteBudgetArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRequestUsageExportArgs = {
  input: RequestUsageExportInput;
};


export type MutationSaveBudgetArgs = {
  input: SaveBudgetInput;
};


export type MutationSavePriceArgs = {
  input: SavePriceInput;
};

/** What an hour of a GPU of a model costs from a time on, until the model's next price. */
export type Price = {
  __typename?: 'Price';
  /** Such as `EUR`. */
  currency: Scalars['String']['output'];
  /** The model as GPUs tell it; `*` is every one that has no price of its own. */
  model: Scalars['String']['output'];
  /** What an hour of one GPU costs. */
  perGpuHour: Scalars['Decimal']['output'];
  /** When it was set. */
  setAt: Scalars['DateTime']['output'];
  /** Who set it. */
  setBy: Scalars['String']['output'];
  /** From when on. */
  validFrom: Scalars['DateTime']['output'];
};

export type Query = {
  __typename?: 'Query';
  /**
   * What accounts may spend in a month, by account. Account managers see those of their accounts; analysts and those who run
   * the place see all.
   */
  budgets?: Maybe<Array<Budget>>;
  /** The months that were closed, the newest first. */
  closedPeriods?: Maybe<Array<ClosedPeriod>>;
  /**
   * What all GPUs did within a range: held by runs, idle though they could have been held, or down. The three sum to what
   * there was. At most 400 parts of time. For analysts and those who run the place.
   */
  fleetUtilisation?: Maybe<FleetReport>;
  /** What an hour of a GPU costs, by model, the newest price first. */
  prices?: Maybe<Array<Price>>;
  /**
   * What was held, used and paid in `range`: GPU time of every attempt whatever its outcome, summed by `groupBy` and by
   * parts of time. A run is counted where it starts, its GPU time where it was held. Users see their own, account managers
   * their accounts', analysts all. GONE where `after` is of an answer that is kept no longer.
   */
  usage?: Maybe<UsageReport>;
  /** Null where there is none, or it is another's. */
  usageExport?: Maybe<UsageExport>;
  /** Your exports, the newest first; for administrators everybody's. */
  usageExports?: Maybe<Array<UsageExport>>;
  /** The largest users of GPU time, largest first. */
  usageLeaderboard?: Maybe<Array<LeaderboardEntry>>;
  /**
   * What an account is billed for a month of UTC, such as `2026-01`, as a page to print: what was held in it, and
   * corrections of earlier months that were entered in it. Of the runs that you may see.
   */
  usageStatement?: Maybe<UsageStatement>;
};


export type QueryBudgetsArgs = {
  account?: InputMaybe<Scalars['String']['input']>;
};


export type QueryFleetUtilisationArgs = {
  grain?: InputMaybe<UsageGrain>;
  groupBy?: InputMaybe<Array<FleetDimension>>;
  range: FleetRangeInput;
  timeZone?: InputMaybe<Scalars['String']['input']>;
};


export type QueryUsageArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<UsageFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  grain?: InputMaybe<UsageGrain>;
  groupBy?: InputMaybe<Array<UsageDimension>>;
  metrics?: InputMaybe<Array<UsageMetric>>;
  orderBy?: InputMaybe<UsageOrder>;
  range?: InputMaybe<TimeRangeInput>;
  timeZone?: InputMaybe<Scalars['String']['input']>;
};


export type QueryUsageExportArgs = {
  id: Scalars['ID']['input'];
};


export type QueryUsageLeaderboardArgs = {
  by?: InputMaybe<UsageDimension>;
  first?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<UsageOrder>;
  range?: InputMaybe<TimeRangeInput>;
};


export type QueryUsageStatementArgs = {
  account: Scalars['String']['input'];
  month: Scalars['String']['input'];
};

/** How long attempts waited before they started. */
export type QueueWait = {
  __typename?: 'QueueWait';
  /** Half of them waited no longer than this. */
  p50Seconds: Scalars['Float']['output'];
  /** Nineteen of twenty waited no longer than this. */
  p95Seconds: Scalars['Float']['output'];
};

/** What is to be in the file, and how it is written. */
export type RequestUsageExportInput = {
  /** Of what; of all that you may see by default. */
  filter?: InputMaybe<UsageFilter>;
  /** What the file is written as. */
  format: UsageExportFormat;
  /** Of full hours; of all time by default. FOCUS needs both ends, at most 400 days apart. */
  range?: InputMaybe<TimeRangeInput>;
};

export type Run = {
  __typename?: 'Run';
  id: Scalars['ID']['output'];
  /** What this attempt has held and cost so far. */
  usage?: Maybe<Usage>;
};

/** Either `amount` and `currency`, or `gpuHours`. */
export type SaveBudgetInput = {
  /** Who may spend it. */
  account: Scalars['String']['input'];
  /** How much of the currency, a month. */
  amount?: InputMaybe<Scalars['Decimal']['input']>;
  /** Such as `EUR`. */
  currency?: InputMaybe<Scalars['String']['input']>;
  /** How many GPU-hours, a month. */
  gpuHours?: InputMaybe<Scalars['Decimal']['input']>;
  /** Once it is used up, no job of the account is started until it is raised or deleted, or the month ends. */
  stopsNewWork?: InputMaybe<Scalars['Boolean']['input']>;
  /** In percent, from 1 to 1000, at most 20. An event tells of each that is crossed, once in a month. */
  thresholds?: InputMaybe<Array<Scalars['Int']['input']>>;
};

/** A price, and from when it holds. */
export type SavePriceInput = {
  /** Such as `EUR`. */
  currency: Scalars['String']['input'];
  /** The model as GPUs tell it; `*` is every one that has no price of its own. */
  model: Scalars['String']['input'];
  /** What an hour of one GPU costs. */
  perGpuHour: Scalars['Decimal']['input'];
  /** A full hour of UTC. */
  validFrom: Scalars['DateTime']['input'];
};

/** Half open: `from` belongs to it, `to` does not. */
export type TimeRangeInput = {
  /** Where it begins; without it, with the first that there is. */
  from?: InputMaybe<Scalars['DateTime']['input']>;
  /** Where it ends; without it, now. */
  to?: InputMaybe<Scalars['DateTime']['input']>;
};

/** GPU time held, each GPU of a run counted for itself, and what came of it. */
export type Usage = {
  __typename?: 'Usage';
  /** Up to when it is counted. */
  asOf: Scalars['DateTime']['output'];
  /** What it cost at the prices of its hours, by currency; empty where there was no price. */
  cost?: Maybe<Array<Money>>;
  /** What the GPUs used in the time that was measured. */
  energyJoules?: Maybe<Scalars['Float']['output']>;
  /** How long GPUs were held. */
  gpuSeconds: Scalars['Float']['output'];
  /** For how much of the GPU time it is known what the GPUs did. */
  measuredGpuSeconds?: Maybe<Scalars['Float']['output']>;
  /** True while a run in it has not ended: the figure still grows. */
  provisional: Scalars['Boolean']['output'];
  /** Of attempts that started in it; null where none did. */
  queueWait?: Maybe<QueueWait>;
  /** How many attempts have started in it. */
  runs: Scalars['Int']['output'];
  /** In which the GPU worked, of those that were measured. */
  utilisedGpuSeconds?: Maybe<Scalars['Float']['output']>;
  /** Of attempts that did not succeed. */
  wastedGpuSeconds?: Maybe<Scalars['Float']['output']>;
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

/** A file of the ledger that was asked for. It is removed a day after it was done. */
export type UsageExport = {
  __typename?: 'UsageExport';
  /** How large the file is; null until it is done. */
  bytes?: Maybe<Scalars['Float']['output']>;
  /** What was used earlier is kept no longer and not in the file; null where all of it is kept, or it is not written yet. */
  completeFrom?: Maybe<Scalars['DateTime']['output']>;
  /** When it was asked for. */
  createdAt: Scalars['DateTime']['output'];
  /** When the file is removed; null until it is done. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was done or given up; null until then. */
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What the file is written as. */
  format: UsageExportFormat;
  /** Where its range begins; null for all that there is. */
  from?: Maybe<Scalars['DateTime']['output']>;
  /** Names the export. */
  id: Scalars['ID']['output'];
  /** Where the file is, once it is DONE: a path at this gateway that needs no token and holds until `linkExpiresAt`. */
  link?: Maybe<Scalars['String']['output']>;
  /** Until when `link` holds. Asking again gives a new one. */
  linkExpiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Why it failed. */
  problem?: Maybe<Scalars['String']['output']>;
  /** From 0 to 1. */
  progress: Scalars['Float']['output'];
  /** Who asked for it. */
  requestedBy: Scalars['String']['output'];
  /** How many rows the file has; null until it is done. */
  rows?: Maybe<Scalars['Float']['output']>;
  /** Of the file, in hexadecimal digits. */
  sha256?: Maybe<Scalars['String']['output']>;
  /** How far it is. */
  state: UsageExportState;
  /** Where its range ends, before this instant; null for all that there is. */
  to?: Maybe<Scalars['DateTime']['output']>;
};

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
  account?: InputMaybe<Scalars['String']['input']>;
  /** One of these accounts. */
  accounts?: InputMaybe<Array<Scalars['String']['input']>>;
  /** GPUs of one of these models. */
  models?: InputMaybe<Array<Scalars['String']['input']>>;
  /** This user. */
  user?: InputMaybe<Scalars['String']['input']>;
  /** One of these users. */
  users?: InputMaybe<Array<Scalars['String']['input']>>;
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

/** What is summed beside GPU time and runs. */
export type UsageMetric =
  /** `cost`. */
  | 'COST'
  /** `energyJoules`. */
  | 'ENERGY'
  /** `queueWait`. */
  | 'QUEUE_WAIT'
  /** `utilisedGpuSeconds` and `measuredGpuSeconds`. */
  | 'UTILISATION'
  /** `wastedGpuSeconds`. */
  | 'WASTED_GPU_TIME';

/** In rows that are equal by it, the largest GPU time first, then by names. */
export type UsageOrder =
  /** By the first currency. */
  | 'COST'
  /** The largest first. */
  | 'GPU_TIME'
  /** The most runs first. */
  | 'RUNS'
  /** The earliest part of time first. */
  | 'START';

/** Where a page ends. */
export type UsagePageInfo = {
  __typename?: 'UsagePageInfo';
  /** To be given as `after`, with the same arguments, within ten minutes. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether there is more behind it. */
  hasNextPage: Scalars['Boolean']['output'];
};

/** What was held, used and paid. */
export type UsageReport = {
  __typename?: 'UsageReport';
  /** Runs that have not ended are counted up to here. */
  asOf: Scalars['DateTime']['output'];
  /** What was used earlier is kept no longer and not in the answer; null where all of it is kept. */
  completeFrom?: Maybe<Scalars['DateTime']['output']>;
  /** Names what was read: the same for all pages of an answer. */
  dataVersion: Scalars['String']['output'];
  /** Whether there is more, and where it begins. */
  pageInfo: UsagePageInfo;
  /** How many rows all pages have. */
  rowCount: Scalars['Int']['output'];
  /** Those of this page. */
  rows: Array<UsageRow>;
  /** Of all rows, not only of this page. */
  total: Usage;
};

/** What is alike in all that the report is grouped by, in one part of time. */
export type UsageRow = {
  __typename?: 'UsageRow';
  /** Null unless grouped by it, as all that follow. */
  account?: Maybe<Scalars['String']['output']>;
  /** The GPU. */
  gpuId?: Maybe<Scalars['ID']['output']>;
  /** Null too for runs without GPUs. */
  model?: Maybe<Scalars['String']['output']>;
  /** Null too while the attempt goes on. */
  outcome?: Maybe<Scalars['String']['output']>;
  /** When the part of time begins; null for TOTAL. */
  start?: Maybe<Scalars['DateTime']['output']>;
  /** What was used. */
  usage: Usage;
  /** Who submitted the jobs. */
  user?: Maybe<Scalars['String']['output']>;
};

/** What an account is billed for a month. */
export type UsageStatement = {
  __typename?: 'UsageStatement';
  /** Whom it is for. */
  account: Scalars['String']['output'];
  /** A page without scripts, that fetches nothing. */
  html: Scalars['String']['output'];
  /** The month of UTC, such as `2026-01`. */
  month: Scalars['String']['output'];
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
  Budget: Budget;
  Gpu: Gpu;
  Job: Job;
  Run: Run;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Account:
    ( { __typename: 'Account' }
    & GraphQLRecursivePick<FederationTypes['Account'], {"id":true}> );
  Budget:
    ( { __typename: 'Budget' }
    & GraphQLRecursivePick<FederationTypes['Budget'], {"id":true}> );
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
  Account: ResolverTypeWrapper<Ref>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Budget: ResolverTypeWrapper<Budget>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  BudgetCrossing: ResolverTypeWrapper<BudgetCrossing>;
  ClosedPeriod: ResolverTypeWrapper<ClosedPeriod>;
  CorrectRunInput: CorrectRunInput;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  FleetDimension: FleetDimension;
  FleetRangeInput: FleetRangeInput;
  FleetReport: ResolverTypeWrapper<FleetReport>;
  FleetRow: ResolverTypeWrapper<FleetRow>;
  FleetTime: ResolverTypeWrapper<FleetTime>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Gpu: ResolverTypeWrapper<Ref>;
  Job: ResolverTypeWrapper<Ref>;
  LeaderboardEntry: ResolverTypeWrapper<LeaderboardEntry>;
  Money: ResolverTypeWrapper<Money>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Price: ResolverTypeWrapper<Price>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  QueueWait: ResolverTypeWrapper<QueueWait>;
  RequestUsageExportInput: RequestUsageExportInput;
  Run: ResolverTypeWrapper<Ref>;
  SaveBudgetInput: SaveBudgetInput;
  SavePriceInput: SavePriceInput;
  TimeRangeInput: TimeRangeInput;
  Usage: ResolverTypeWrapper<Usage>;
  UsageDimension: UsageDimension;
  UsageExport: ResolverTypeWrapper<UsageExport>;
  UsageExportFormat: UsageExportFormat;
  UsageExportState: UsageExportState;
  UsageFilter: UsageFilter;
  UsageGrain: UsageGrain;
  UsageMetric: UsageMetric;
  UsageOrder: UsageOrder;
  UsagePageInfo: ResolverTypeWrapper<UsagePageInfo>;
  UsageReport: ResolverTypeWrapper<UsageReport>;
  UsageRow: ResolverTypeWrapper<UsageRow>;
  UsageStatement: ResolverTypeWrapper<UsageStatement>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Account: Ref;
  ID: Scalars['ID']['output'];
  Budget: Budget | FederationReferenceTypes['Budget'];
  String: Scalars['String']['output'];
  Boolean: Scalars['Boolean']['output'];
  Int: Scalars['Int']['output'];
  BudgetCrossing: BudgetCrossing;
  ClosedPeriod: ClosedPeriod;
  CorrectRunInput: CorrectRunInput;
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  FleetRangeInput: FleetRangeInput;
  FleetReport: FleetReport;
  FleetRow: FleetRow;
  FleetTime: FleetTime;
  Float: Scalars['Float']['output'];
  Gpu: Ref;
  Job: Ref;
  LeaderboardEntry: LeaderboardEntry;
  Money: Money;
  Mutation: Record<PropertyKey, never>;
  Price: Price;
  Query: Record<PropertyKey, never>;
  QueueWait: QueueWait;
  RequestUsageExportInput: RequestUsageExportInput;
  Run: Ref;
  SaveBudgetInput: SaveBudgetInput;
  SavePriceInput: SavePriceInput;
  TimeRangeInput: TimeRangeInput;
  Usage: Usage;
  UsageExport: UsageExport;
  UsageFilter: UsageFilter;
  UsagePageInfo: UsagePageInfo;
  UsageReport: UsageReport;
  UsageRow: UsageRow;
  UsageStatement: UsageStatement;
};

export type AccountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Account'] = ResolversParentTypes['Account'], FederationReferenceType extends FederationReferenceTypes['Account'] = FederationReferenceTypes['Account']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Account']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  usage?: Resolver<Maybe<ResolversTypes['Usage']>, ParentType, ContextType, Partial<AccountUsageArgs>>;
};

export type BudgetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Budget'] = ResolversParentTypes['Budget'], FederationReferenceType extends FederationReferenceTypes['Budget'] = FederationReferenceTypes['Budget']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Budget']> | FederationReferenceType, FederationReferenceType, ContextType>;
  account?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  crossings?: Resolver<Array<ResolversTypes['BudgetCrossing']>, ParentType, ContextType>;
  currency?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  forecast?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  month?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  monthEndsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  setAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  setBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  spent?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  stopsNewWork?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  thresholds?: Resolver<Array<ResolversTypes['Int']>, ParentType, ContextType>;
  usedUp?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type BudgetCrossingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BudgetCrossing'] = ResolversParentTypes['BudgetCrossing']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  crossedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  spent?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  threshold?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ClosedPeriodResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ClosedPeriod'] = ResolversParentTypes['ClosedPeriod']> = {
  closedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  closedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  month?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type FleetReportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FleetReport'] = ResolversParentTypes['FleetReport']> = {
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  completeFrom?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  dataVersion?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rows?: Resolver<Array<ResolversTypes['FleetRow']>, ParentType, ContextType>;
  total?: Resolver<ResolversTypes['FleetTime'], ParentType, ContextType>;
};

export type FleetRowResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FleetRow'] = ResolversParentTypes['FleetRow']> = {
  model?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  start?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  time?: Resolver<ResolversTypes['FleetTime'], ParentType, ContextType>;
  worker?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type FleetTimeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FleetTime'] = ResolversParentTypes['FleetTime']> = {
  allocatedGpuSeconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  capacityGpuSeconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  downGpuSeconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  idleCost?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType>;
  idleGpuSeconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type GpuResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Gpu'] = ResolversParentTypes['Gpu'], FederationReferenceType extends FederationReferenceTypes['Gpu'] = FederationReferenceTypes['Gpu']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Gpu']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  usage?: Resolver<Maybe<ResolversTypes['Usage']>, ParentType, ContextType, Partial<GpuUsageArgs>>;
};

export type JobResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Job'] = ResolversParentTypes['Job'], FederationReferenceType extends FederationReferenceTypes['Job'] = FederationReferenceTypes['Job']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Job']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  usage?: Resolver<Maybe<ResolversTypes['Usage']>, ParentType, ContextType>;
};

export type LeaderboardEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LeaderboardEntry'] = ResolversParentTypes['LeaderboardEntry']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rank?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  usage?: Resolver<ResolversTypes['Usage'], ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  cancelUsageExport?: Resolver<ResolversTypes['UsageExport'], ParentType, ContextType, RequireFields<MutationCancelUsageExportArgs, 'id'>>;
  closePeriod?: Resolver<ResolversTypes['ClosedPeriod'], ParentType, ContextType, RequireFields<MutationClosePeriodArgs, 'month'>>;
  correctRun?: Resolver<ResolversTypes['Run'], ParentType, ContextType, RequireFields<MutationCorrectRunArgs, 'input'>>;
  deleteBudget?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationDeleteBudgetArgs, 'id'>>;
  requestUsageExport?: Resolver<ResolversTypes['UsageExport'], ParentType, ContextType, RequireFields<MutationRequestUsageExportArgs, 'input'>>;
  saveBudget?: Resolver<ResolversTypes['Budget'], ParentType, ContextType, RequireFields<MutationSaveBudgetArgs, 'input'>>;
  savePrice?: Resolver<ResolversTypes['Price'], ParentType, ContextType, RequireFields<MutationSavePriceArgs, 'input'>>;
};

export type PriceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Price'] = ResolversParentTypes['Price']> = {
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  model?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  perGpuHour?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  setAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  setBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  validFrom?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  budgets?: Resolver<Maybe<Array<ResolversTypes['Budget']>>, ParentType, ContextType, Partial<QueryBudgetsArgs>>;
  closedPeriods?: Resolver<Maybe<Array<ResolversTypes['ClosedPeriod']>>, ParentType, ContextType>;
  fleetUtilisation?: Resolver<Maybe<ResolversTypes['FleetReport']>, ParentType, ContextType, RequireFields<QueryFleetUtilisationArgs, 'grain' | 'groupBy' | 'range' | 'timeZone'>>;
  prices?: Resolver<Maybe<Array<ResolversTypes['Price']>>, ParentType, ContextType>;
  usage?: Resolver<Maybe<ResolversTypes['UsageReport']>, ParentType, ContextType, RequireFields<QueryUsageArgs, 'first' | 'grain' | 'groupBy' | 'metrics' | 'orderBy' | 'timeZone'>>;
  usageExport?: Resolver<Maybe<ResolversTypes['UsageExport']>, ParentType, ContextType, RequireFields<QueryUsageExportArgs, 'id'>>;
  usageExports?: Resolver<Maybe<Array<ResolversTypes['UsageExport']>>, ParentType, ContextType>;
  usageLeaderboard?: Resolver<Maybe<Array<ResolversTypes['LeaderboardEntry']>>, ParentType, ContextType, RequireFields<QueryUsageLeaderboardArgs, 'by' | 'first' | 'orderBy'>>;
  usageStatement?: Resolver<Maybe<ResolversTypes['UsageStatement']>, ParentType, ContextType, RequireFields<QueryUsageStatementArgs, 'account' | 'month'>>;
};

export type QueueWaitResolvers<ContextType = Context, ParentType extends ResolversParentTypes['QueueWait'] = ResolversParentTypes['QueueWait']> = {
  p50Seconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  p95Seconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type RunResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Run'] = ResolversParentTypes['Run'], FederationReferenceType extends FederationReferenceTypes['Run'] = FederationReferenceTypes['Run']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Run']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  usage?: Resolver<Maybe<ResolversTypes['Usage']>, ParentType, ContextType>;
};

export type UsageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Usage'] = ResolversParentTypes['Usage']> = {
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  cost?: Resolver<Maybe<Array<ResolversTypes['Money']>>, ParentType, ContextType>;
  energyJoules?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  gpuSeconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  measuredGpuSeconds?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  provisional?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  queueWait?: Resolver<Maybe<ResolversTypes['QueueWait']>, ParentType, ContextType>;
  runs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  utilisedGpuSeconds?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  wastedGpuSeconds?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type UsageExportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UsageExport'] = ResolversParentTypes['UsageExport']> = {
  bytes?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  completeFrom?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  format?: Resolver<ResolversTypes['UsageExportFormat'], ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  link?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  linkExpiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  problem?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  progress?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  requestedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rows?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  sha256?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['UsageExportState'], ParentType, ContextType>;
  to?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type UsagePageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UsagePageInfo'] = ResolversParentTypes['UsagePageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type UsageReportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UsageReport'] = ResolversParentTypes['UsageReport']> = {
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  completeFrom?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  dataVersion?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['UsagePageInfo'], ParentType, ContextType>;
  rowCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rows?: Resolver<Array<ResolversTypes['UsageRow']>, ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Usage'], ParentType, ContextType>;
};

export type UsageRowResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UsageRow'] = ResolversParentTypes['UsageRow']> = {
  account?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  gpuId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  model?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  outcome?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  start?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  usage?: Resolver<ResolversTypes['Usage'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type UsageStatementResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UsageStatement'] = ResolversParentTypes['UsageStatement']> = {
  account?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  html?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  month?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Account?: AccountResolvers<ContextType>;
  Budget?: BudgetResolvers<ContextType>;
  BudgetCrossing?: BudgetCrossingResolvers<ContextType>;
  ClosedPeriod?: ClosedPeriodResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  FleetReport?: FleetReportResolvers<ContextType>;
  FleetRow?: FleetRowResolvers<ContextType>;
  FleetTime?: FleetTimeResolvers<ContextType>;
  Gpu?: GpuResolvers<ContextType>;
  Job?: JobResolvers<ContextType>;
  LeaderboardEntry?: LeaderboardEntryResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Price?: PriceResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  QueueWait?: QueueWaitResolvers<ContextType>;
  Run?: RunResolvers<ContextType>;
  Usage?: UsageResolvers<ContextType>;
  UsageExport?: UsageExportResolvers<ContextType>;
  UsagePageInfo?: UsagePageInfoResolvers<ContextType>;
  UsageReport?: UsageReportResolvers<ContextType>;
  UsageRow?: UsageRowResolvers<ContextType>;
  UsageStatement?: UsageStatementResolvers<ContextType>;
};

