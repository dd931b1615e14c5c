import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Gpu as GpuRow, Worker as WorkerRow, RunRef } from '../entities.ts';
import type { GpuProcess as GpuProcessRow } from '@constellation/platform/events/telemetry.ts';
import type { FaultRow } from '../sql/faults.ts';
import type { GpuOfRun } from '../rollups/of-run.ts';
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

/** What the host of a worker has. */
export type Capacity = {
  __typename?: 'Capacity';
  /** How many runs without a GPU it takes at a time. */
  cpuSlots: Scalars['Int']['output'];
  /** Processors of the host. */
  cpus: Scalars['Int']['output'];
  /** Memory of the host, in MiB. */
  memoryMb: Scalars['Int']['output'];
};

/** What the host of a worker has. */
export type CapacityInput = {
  /** How many runs without a GPU it takes at a time. */
  cpuSlots: Scalars['Int']['input'];
  /** Processors of the host. */
  cpus: Scalars['Int']['input'];
  /** Memory of the host, in MiB. */
  memoryMb: Scalars['Int']['input'];
};

/** An operator's word that keeps runs off a GPU or a worker. */
export type Cordon = {
  __typename?: 'Cordon';
  /** When it was said. */
  at: Scalars['DateTime']['output'];
  /** Who said so. */
  by: Scalars['String']['output'];
  /** Whether runs that there are may end first. */
  mode: CordonMode;
  /** Why, in the operator's words. */
  reason: Scalars['String']['output'];
};

/** What happens to the runs that there are. */
export type CordonMode =
  /** No new runs; those that there are go on. */
  | 'CORDON'
  /** The present runs may end; then it is cordoned. */
  | 'DRAIN';

/** How a worker can run a command. */
export type Executor =
  /** In a container of Docker's. */
  | 'DOCKER'
  /** As a process on the machine itself. */
  | 'PROCESS';

/** A GPU, or a part of one, that a worker has registered. */
export type Gpu = {
  __typename?: 'Gpu';
  /** Such as `8.0`; null where it is unknown. */
  computeCapability?: Maybe<Scalars['String']['output']>;
  /** An operator's word that keeps runs off it. */
  cordon?: Maybe<Cordon>;
  /** The newest CUDA that the driver can run, such as `13.0`. */
  cudaVersion?: Maybe<Scalars['String']['output']>;
  /** Of NVIDIA's driver, such as `580.65.06`; null where it is unknown. */
  driverVersion?: Maybe<Scalars['String']['output']>;
  /** What happened to it, the newest first. */
  events: Array<GpuEvent>;
  /** What went wrong with it, the newest first; `open` for what is still so, or no longer. */
  faults: Array<GpuFault>;
  /** What is held of it by what it has reported. */
  health: GpuHealth;
  /**
   * What it did from `from` to `to` (now, by default), oldest first, in at most `points` parts, and one more where
   * these do not begin at a quarter of a minute. Kept as long as telemetry is kept.
   */
  history: Array<GpuRollup>;
  /** Names the GPU in this stack; `uuid` is the card's own name. */
  id: Scalars['ID']['output'];
  /** Its place on its host; this may change across reboots. */
  index: Scalars['Int']['output'];
  /** What its operator says of it. */
  labels: Scalars['StringMap']['output'];
  /** The last sample, where there is one of the last 30 seconds. */
  lastSample?: Maybe<GpuSample>;
  /** Null for a whole GPU. */
  mig?: Maybe<MigSlice>;
  /** The model, such as `NVIDIA A100-SXM4-80GB`. */
  name: Scalars['String']['output'];
  /** The GPUs that it is linked with by NVLink. */
  nvlinkPeers: Array<NvlinkPeer>;
  /** Such as `00000000:65:00.0`. */
  pciBusId?: Maybe<Scalars['String']['output']>;
  /** What uses it, as of the last sample; null for those who do not run the place, and where it is unknown. */
  processes?: Maybe<Array<GpuProcess>>;
  /** When a worker told of it first. */
  registeredAt: Scalars['DateTime']['output'];
  /** True when no such hardware exists: a stand-in for trying Constellation out. */
  simulated: Scalars['Boolean']['output'];
  /** Whether it gets runs, and why not. */
  state: GpuState;
  /** In a sentence, why it is in its state; null while it is available. */
  stateReason?: Maybe<Scalars['String']['output']>;
  /** Its memory, in MiB. */
  totalMemoryMb: Scalars['Int']['output'];
  /** NVML's name for this one card, the same across reboots. */
  uuid: Scalars['String']['output'];
  /** The worker that has it. */
  worker: Worker;
};


/** A GPU, or a part of one, that a worker has registered. */
export type GpuEventsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A GPU, or a part of one, that a worker has registered. */
export type GpuFaultsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  open?: InputMaybe<Scalars['Boolean']['input']>;
};


/** A GPU, or a part of one, that a worker has registered. */
export type GpuHistoryArgs = {
  from: Scalars['DateTime']['input'];
  points?: InputMaybe<Scalars['Int']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
};

/** A page of GPUs. */
export type GpuConnection = {
  __typename?: 'GpuConnection';
  /** Those of this page. */
  nodes: Array<Gpu>;
  /** Whether there is more, and where it begins. */
  pageInfo: PageInfo;
};

/** Something that happened to a GPU. */
export type GpuEvent = {
  __typename?: 'GpuEvent';
  /** When it happened. */
  at: Scalars['DateTime']['output'];
  /** Counts up in the order in which things happened. */
  id: Scalars['ID']['output'];
  /** In a sentence, where there is something to say. */
  reason?: Maybe<Scalars['String']['output']>;
  /** Such as `gpu.failed`. */
  type: Scalars['String']['output'];
};

/** Something that was wrong with a GPU from its first sight until it was cleared. */
export type GpuFault = {
  __typename?: 'GpuFault';
  /** When the cause was gone; null while it stands. What is only noted is cleared at once. */
  clearedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who or what cleared it, in a sentence. */
  clearedBy?: Maybe<Scalars['String']['output']>;
  /** How often it was reported. */
  count: Scalars['Int']['output'];
  /** When it was first seen. */
  firstAt: Scalars['DateTime']['output'];
  /** The GPU that had it. */
  gpu: Gpu;
  /** Names the fault. */
  id: Scalars['ID']['output'];
  /** What was wrong. */
  kind: GpuFaultKind;
  /** When it was seen last. */
  lastAt: Scalars['DateTime']['output'];
  /** In a sentence. */
  message: Scalars['String']['output'];
  runId?: Maybe<Scalars['ID']['output']>;
  /** What it meant for runs. */
  severity: GpuFaultSeverity;
  /** The number of an XID, NVIDIA's word for what its driver reports; null for other kinds. */
  xid?: Maybe<Scalars['Int']['output']>;
};

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
  health?: InputMaybe<Array<GpuHealth>>;
  /** Part of the model's name, in any case. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** True for simulated ones, false for real ones. */
  simulated?: InputMaybe<Scalars['Boolean']['input']>;
  /** Of this worker. */
  workerId?: InputMaybe<Scalars['ID']['input']>;
};

/** What is held of a GPU by what it has reported. */
export type GpuHealth =
  /** The run that it had was ended, to be tried again elsewhere. */
  | 'FAILED'
  /** Nothing is wrong. */
  | 'HEALTHY'
  /** It may go on with the run that it has, and then gets no other. */
  | 'SUSPECT';

/** What a worker has to say of a GPU. What is unknown is null. */
export type GpuHealthInput = {
  /** Since the driver was loaded; null where it has no ECC. */
  doubleBitEccErrors?: InputMaybe<Scalars['Int']['input']>;
  /** The GPU, by the id that registering gave. */
  gpuId: Scalars['ID']['input'];
  /** It does not answer. What follows is then not known. */
  lost: Scalars['Boolean']['input'];
  /** What the driver asks for. */
  recoveryAction?: InputMaybe<RecoveryAction>;
  /** A row of its memory could not be remapped. */
  remapFailed?: InputMaybe<Scalars['Boolean']['input']>;
  /** A row of its memory is to be remapped at the next reset. */
  remapPending?: InputMaybe<Scalars['Boolean']['input']>;
  /** The run that holds it, or held it when the XIDs came. */
  runId?: InputMaybe<Scalars['ID']['input']>;
  /** At which it shuts itself down. */
  shutdownTemperatureC?: InputMaybe<Scalars['Float']['input']>;
  /** At which it slows itself down, and at which it shuts itself down. */
  slowdownTemperatureC?: InputMaybe<Scalars['Float']['input']>;
  /** Processes on it that belong to no run of its worker. */
  strangers: Array<StrangerInput>;
  /** How warm it is. */
  temperatureC?: InputMaybe<Scalars['Float']['input']>;
  /** True in the first report after it was reset, came back, or its driver was loaded anew. */
  wasReset: Scalars['Boolean']['input'];
  /** Those that came since the last report that was heard. */
  xids: Array<XidInput>;
};

/** The GPU as it is after the change. */
export type GpuPayload = {
  __typename?: 'GpuPayload';
  /** The GPU. */
  gpu: Gpu;
};

/** Who uses a GPU. */
export type GpuProcess = {
  __typename?: 'GpuProcess';
  /** Memory of the GPU that it holds, in MiB; null where the driver does not tell. */
  memoryMb?: Maybe<Scalars['Float']['output']>;
  /** The program, where it can be known. */
  name?: Maybe<Scalars['String']['output']>;
  /** Its number on the worker's host. */
  pid: Scalars['Int']['output'];
  /** Null for a process that belongs to no run, and where you may not see the run. */
  run?: Maybe<Run>;
};

/** What a GPU did in `seconds` from `at` on. */
export type GpuRollup = {
  __typename?: 'GpuRollup';
  /** When this part of time begins. */
  at: Scalars['DateTime']['output'];
  /** Joules used in this time. */
  energyJoules?: Maybe<Scalars['Float']['output']>;
  /** The most memory that was in use, in MiB. */
  maxMemoryUsedMb?: Maybe<Scalars['Float']['output']>;
  /** The most that it drew. */
  maxPowerWatts?: Maybe<Scalars['Float']['output']>;
  /** The warmest that it was. */
  maxTemperatureC?: Maybe<Scalars['Float']['output']>;
  /** The most that it computed. */
  maxUtilisationPercent?: Maybe<Scalars['Float']['output']>;
  /** Memory in use on average, in MiB. */
  meanMemoryUsedMb?: Maybe<Scalars['Float']['output']>;
  /** What it drew on average. */
  meanPowerWatts?: Maybe<Scalars['Float']['output']>;
  /** The clock of its processors, on average. */
  meanSmClockMhz?: Maybe<Scalars['Float']['output']>;
  /** How much it computed, on average. */
  meanUtilisationPercent?: Maybe<Scalars['Float']['output']>;
  /** How long it is. */
  seconds: Scalars['Float']['output'];
  /** What held it back, at any time of it. */
  throttleReasons: Array<ThrottleReason>;
  /** For how many of the seconds something held it back. */
  throttledSeconds: Scalars['Float']['output'];
};

/** What a GPU did at one moment. What it does not tell is null. */
export type GpuSample = {
  __typename?: 'GpuSample';
  /** When it was taken. */
  at: Scalars['DateTime']['output'];
  /** Joules used since the driver was loaded. */
  energyJoules?: Maybe<Scalars['Float']['output']>;
  /** How fast its fans turn, of what they can; null where it has none of its own. */
  fanPercent?: Maybe<Scalars['Float']['output']>;
  /** Whose sample it is. */
  gpuId: Scalars['ID']['output'];
  /** The clock of its memory. */
  memoryClockMhz?: Maybe<Scalars['Float']['output']>;
  /** How warm its memory is. */
  memoryTemperatureC?: Maybe<Scalars['Float']['output']>;
  /** Memory that is in use, in MiB. */
  memoryUsedMb?: Maybe<Scalars['Float']['output']>;
  /** The part of the time in which its memory was read or written. */
  memoryUtilisationPercent?: Maybe<Scalars['Float']['output']>;
  /** What it may draw. */
  powerLimitWatts?: Maybe<Scalars['Float']['output']>;
  /** What it draws. */
  powerWatts?: Maybe<Scalars['Float']['output']>;
  /** The clock of its processors. */
  smClockMhz?: Maybe<Scalars['Float']['output']>;
  /** How warm its chip is. */
  temperatureC?: Maybe<Scalars['Float']['output']>;
  /** Why it runs slower than it could; empty where nothing holds it back. */
  throttleReasons: Array<ThrottleReason>;
  /** The part of the time in which it computed. */
  utilisationPercent?: Maybe<Scalars['Float']['output']>;
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

/** What a worker is to do with a GPU. */
export type GpuVerdict = {
  __typename?: 'GpuVerdict';
  /** True where a run that holds it now has to be ended, and reported as `GPU_FAILED`. */
  endRun: Scalars['Boolean']['output'];
  /** The GPU that the report was of. */
  gpuId: Scalars['ID']['output'];
  /** In a sentence, where there is something to say. */
  reason?: Maybe<Scalars['String']['output']>;
  /** False where the worker must not offer it for new runs. */
  usable: Scalars['Boolean']['output'];
};

/** A part of a GPU in MIG mode, which is a GPU of its own. */
export type MigSlice = {
  __typename?: 'MigSlice';
  /** The compute instance in it, by NVIDIA's number. */
  computeInstance: Scalars['Int']['output'];
  /** The GPU instance, by NVIDIA's number. */
  gpuInstance: Scalars['Int']['output'];
  /** The GPU that it is part of. */
  parentUuid: Scalars['String']['output'];
};

/** Which part of which GPU it is. */
export type MigSliceInput = {
  /** The compute instance in it, by NVIDIA's number. */
  computeInstance: Scalars['Int']['input'];
  /** The GPU instance, by NVIDIA's number. */
  gpuInstance: Scalars['Int']['input'];
  /** The GPU that it is part of. */
  parentUuid: Scalars['String']['input'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /** No new runs on this GPU. The one that it has goes on. For operators, as all that follow. */
  cordonGpu: GpuPayload;
  /** The same for a worker: runs without GPUs included. */
  cordonWorker: WorkerPayload;
  /** Lets the present run of this GPU end, and cordons it then. */
  drainGpu: GpuPayload;
  /** Lets the present runs of this worker end, and cordons it then. */
  drainWorker: WorkerPayload;
  /** What its operator says of this GPU, in place of what was said before. */
  labelGpu: GpuPayload;
  /** For workers: who it is and which GPUs its host has. Said at start, and whenever that changes. */
  registerWorker: RegisterWorkerPayload;
  /**
   * For workers: what has happened to GPUs, and how they are now. Said whenever that changes, and at once when
   * something happens; saying the same again changes nothing. Answers in the order of the reports with what follows.
   */
  reportGpuHealth: Array<GpuVerdict>;
  /**
   * Takes the GPU back into service: ends its cordon, and its open faults as well. Of what is still wrong, its
   * worker's next report opens a fault again.
   */
  returnGpu: GpuPayload;
  /** Takes the worker back into service. Cordons of single GPUs stay. */
  returnWorker: WorkerPayload;
};


export type MutationCordonGpuArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


export type MutationCordonWorkerArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


export type MutationDrainGpuArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


export type MutationDrainWorkerArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


export type MutationLabelGpuArgs = {
  id: Scalars['ID']['input'];
  labels: Scalars['StringMap']['input'];
};


export type MutationRegisterWorkerArgs = {
  input: RegisterWorkerInput;
};


export type MutationReportGpuHealthArgs = {
  reports: Array<GpuHealthInput>;
};


export type MutationReturnGpuArgs = {
  id: Scalars['ID']['input'];
};


export type MutationReturnWorkerArgs = {
  id: Scalars['ID']['input'];
};

/** A GPU that is linked with this one. */
export type NvlinkPeer = {
  __typename?: 'NvlinkPeer';
  /** Null where it is not registered. */
  gpu?: Maybe<Gpu>;
  /** How many links there are between the two. */
  links: Scalars['Int']['output'];
  /** The other GPU, by NVML's name for it. */
  uuid: Scalars['String']['output'];
};

/** A GPU that it is linked with. */
export type NvlinkPeerInput = {
  /** How many links there are between the two. */
  links: Scalars['Int']['input'];
  /** The other GPU, by NVML's name for it. */
  uuid: Scalars['String']['input'];
};

export type PageInfo = {
  __typename?: 'PageInfo';
  endCursor?: Maybe<Scalars['String']['output']>;
  hasNextPage: Scalars['Boolean']['output'];
};

export type Query = {
  __typename?: 'Query';
  /** One GPU, or null when there is none. */
  gpu?: Maybe<Gpu>;
  /** Every GPU that a worker has registered, by worker and then by index. */
  gpus?: Maybe<GpuConnection>;
  /** Every worker that has registered, by name. */
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

/** What the driver asks for. */
export type RecoveryAction =
  /** That its work end, and it be reset then. */
  | 'DRAIN_AND_RESET'
  /** That no program speaks from GPU to GPU with it. */
  | 'DRAIN_P2P'
  /** Nothing. */
  | 'NONE'
  /** That the machine be started anew. */
  | 'REBOOT'
  /** That the GPU be reset. */
  | 'RESET';

/** A GPU as its worker finds it. */
export type RegisterGpuInput = {
  /** Such as `8.0`; null where it is unknown. */
  computeCapability?: InputMaybe<Scalars['String']['input']>;
  /** The newest CUDA that the driver can run. */
  cudaVersion?: InputMaybe<Scalars['String']['input']>;
  /** Of NVIDIA's driver. */
  driverVersion?: InputMaybe<Scalars['String']['input']>;
  /** Its place on its host. */
  index: Scalars['Int']['input'];
  /** Null for a whole GPU. */
  mig?: InputMaybe<MigSliceInput>;
  /** The model, such as `NVIDIA A100-SXM4-80GB`. */
  name: Scalars['String']['input'];
  /** The GPUs that it is linked with by NVLink, up to 64. */
  nvlinkPeers?: InputMaybe<Array<NvlinkPeerInput>>;
  /** Such as `00000000:65:00.0`. */
  pciBusId?: InputMaybe<Scalars['String']['input']>;
  /** True for a stand-in without hardware. */
  simulated: Scalars['Boolean']['input'];
  /** Its memory, in MiB. */
  totalMemoryMb: Scalars['Int']['input'];
  /** NVML's name for this one card. */
  uuid: Scalars['String']['input'];
};

/** What a worker says of itself and its host. */
export type RegisterWorkerInput = {
  /** What its host has. */
  capacity?: InputMaybe<CapacityInput>;
  /** `PROCESS` alone by default. */
  executors?: InputMaybe<Array<Executor>>;
  /** In a sentence, why it has no GPUs, where there is something to say. */
  gpuNotice?: InputMaybe<Scalars['String']['input']>;
  /** All that it finds, up to 64; those left out are missing from then on. */
  gpus: Array<RegisterGpuInput>;
  /** Its machine, as that calls itself. */
  hostname: Scalars['String']['input'];
  /** What its operator says of it: jobs may ask for them. */
  labels?: InputMaybe<Scalars['StringMap']['input']>;
  /** The version of the worker's program. */
  version: Scalars['String']['input'];
};

/** The worker as it is registered. */
export type RegisterWorkerPayload = {
  __typename?: 'RegisterWorkerPayload';
  /** The worker. */
  worker: Worker;
};

export type Run = {
  __typename?: 'Run';
  gpus?: Maybe<Array<Gpu>>;
  id: Scalars['ID']['output'];
  /** What each of its GPUs did while the run held it, in at most `points` parts; empty where nothing is kept of it. */
  telemetry: Array<RunTelemetry>;
};


export type RunTelemetryArgs = {
  points?: InputMaybe<Scalars['Int']['input']>;
};

/** What one GPU did while a run held it. */
export type RunTelemetry = {
  __typename?: 'RunTelemetry';
  /** Which GPU. */
  gpu: Gpu;
  /** What it did, oldest first. */
  rollups: Array<GpuRollup>;
};

/** A process that belongs to no run. */
export type StrangerInput = {
  /** Memory of the GPU that it holds, in MiB. */
  memoryMb?: InputMaybe<Scalars['Float']['input']>;
  /** The program, where it can be known. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Its number on the worker's host. */
  pid: Scalars['Int']['input'];
};

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

/** The agent of a host: it takes runs and runs them. */
export type Worker = {
  __typename?: 'Worker';
  /** What its host has; null where it has not said. */
  capacity?: Maybe<Capacity>;
  /** An operator's word that keeps runs off it. */
  cordon?: Maybe<Cordon>;
  /** How it can run commands. */
  executors: Array<Executor>;
  /** In a sentence, why it has no GPUs, where there is something to say. */
  gpuNotice?: Maybe<Scalars['String']['output']>;
  /** Its GPUs, by index. */
  gpus: Array<Gpu>;
  /** Its machine, as that calls itself. */
  hostname: Scalars['String']['output'];
  /** The name of its service account. */
  id: Scalars['ID']['output'];
  /** What its operator says of it, such as `{zone: "a"}`: jobs may ask for them. */
  labels: Scalars['StringMap']['output'];
  /** When it was heard of last. */
  lastSeenAt: Scalars['DateTime']['output'];
  /** When it was first heard of. */
  registeredAt: Scalars['DateTime']['output'];
  /** Whether it is heard of. */
  state: WorkerState;
  /** The version of the worker's program. */
  version: Scalars['String']['output'];
};

/** A page of workers. */
export type WorkerConnection = {
  __typename?: 'WorkerConnection';
  /** Those of this page. */
  nodes: Array<Worker>;
  /** Whether there is more, and where it begins. */
  pageInfo: PageInfo;
};

/** The worker as it is after the change. */
export type WorkerPayload = {
  __typename?: 'WorkerPayload';
  /** The worker. */
  worker: Worker;
};

/** Whether a worker is heard of. */
export type WorkerState =
  /** Not heard of for 30 seconds. */
  | 'OFFLINE'
  /** Heard of within the last 30 seconds. */
  | 'ONLINE';

/** Something that NVIDIA's driver has reported. */
export type XidInput = {
  /** When it came. */
  at: Scalars['DateTime']['input'];
  /** NVIDIA's number. */
  code: Scalars['Int']['input'];
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
  GpuFault: GpuFault;
  Run: Run;
  Worker: Worker;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Gpu:
    ( { __typename: 'Gpu' }
    & GraphQLRecursivePick<FederationTypes['Gpu'], {"id":true}> );
  GpuFault:
    ( { __typename: 'GpuFault' }
    & GraphQLRecursivePick<FederationTypes['GpuFault'], {"id":true}> );
  Run:
    ( { __typename: 'Run' }
    & GraphQLRecursivePick<FederationTypes['Run'], {"id":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['Run'], {"gpus":{"id":true}}> ) );
  Worker:
    ( { __typename: 'Worker' }
    & GraphQLRecursivePick<FederationTypes['Worker'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Capacity: ResolverTypeWrapper<Capacity>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  CapacityInput: CapacityInput;
  Cordon: ResolverTypeWrapper<Cordon>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  CordonMode: CordonMode;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Executor: Executor;
  Gpu: ResolverTypeWrapper<GpuRow>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  GpuConnection: ResolverTypeWrapper<Omit<GpuConnection, 'nodes'> & { nodes: Array<ResolversTypes['Gpu']> }>;
  GpuEvent: ResolverTypeWrapper<GpuEvent>;
  GpuFault: ResolverTypeWrapper<FaultRow>;
  GpuFaultKind: GpuFaultKind;
  GpuFaultSeverity: GpuFaultSeverity;
  GpuFilter: GpuFilter;
  GpuHealth: GpuHealth;
  GpuHealthInput: GpuHealthInput;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  GpuPayload: ResolverTypeWrapper<Omit<GpuPayload, 'gpu'> & { gpu: ResolversTypes['Gpu'] }>;
  GpuProcess: ResolverTypeWrapper<GpuProcessRow>;
  GpuRollup: ResolverTypeWrapper<GpuRollup>;
  GpuSample: ResolverTypeWrapper<GpuSample>;
  GpuState: GpuState;
  GpuVerdict: ResolverTypeWrapper<GpuVerdict>;
  MigSlice: ResolverTypeWrapper<MigSlice>;
  MigSliceInput: MigSliceInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NvlinkPeer: ResolverTypeWrapper<Omit<NvlinkPeer, 'gpu'> & { gpu?: Maybe<ResolversTypes['Gpu']> }>;
  NvlinkPeerInput: NvlinkPeerInput;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RecoveryAction: RecoveryAction;
  RegisterGpuInput: RegisterGpuInput;
  RegisterWorkerInput: RegisterWorkerInput;
  RegisterWorkerPayload: ResolverTypeWrapper<Omit<RegisterWorkerPayload, 'worker'> & { worker: ResolversTypes['Worker'] }>;
  Run: ResolverTypeWrapper<RunRef>;
  RunTelemetry: ResolverTypeWrapper<GpuOfRun>;
  StrangerInput: StrangerInput;
  StringMap: ResolverTypeWrapper<Scalars['StringMap']['output']>;
  ThrottleReason: ThrottleReason;
  Worker: ResolverTypeWrapper<WorkerRow>;
  WorkerConnection: ResolverTypeWrapper<Omit<WorkerConnection, 'nodes'> & { nodes: Array<ResolversTypes['Worker']> }>;
  WorkerPayload: ResolverTypeWrapper<Omit<WorkerPayload, 'worker'> & { worker: ResolversTypes['Worker'] }>;
  WorkerState: WorkerState;
  XidInput: XidInput;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Capacity: Capacity;
  Int: Scalars['Int']['output'];
  CapacityInput: CapacityInput;
  Cordon: Cordon;
  String: Scalars['String']['output'];
  DateTime: Scalars['DateTime']['output'];
  Gpu: GpuRow;
  Boolean: Scalars['Boolean']['output'];
  ID: Scalars['ID']['output'];
  GpuConnection: Omit<GpuConnection, 'nodes'> & { nodes: Array<ResolversParentTypes['Gpu']> };
  GpuEvent: GpuEvent;
  GpuFault: FaultRow;
  GpuFilter: GpuFilter;
  GpuHealthInput: GpuHealthInput;
  Float: Scalars['Float']['output'];
  GpuPayload: Omit<GpuPayload, 'gpu'> & { gpu: ResolversParentTypes['Gpu'] };
  GpuProcess: GpuProcessRow;
  GpuRollup: GpuRollup;
  GpuSample: GpuSample;
  GpuVerdict: GpuVerdict;
  MigSlice: MigSlice;
  MigSliceInput: MigSliceInput;
  Mutation: Record<PropertyKey, never>;
  NvlinkPeer: Omit<NvlinkPeer, 'gpu'> & { gpu?: Maybe<ResolversParentTypes['Gpu']> };
  NvlinkPeerInput: NvlinkPeerInput;
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  RegisterGpuInput: RegisterGpuInput;
  RegisterWorkerInput: RegisterWorkerInput;
  RegisterWorkerPayload: Omit<RegisterWorkerPayload, 'worker'> & { worker: ResolversParentTypes['Worker'] };
  Run: RunRef;
  RunTelemetry: GpuOfRun;
  StrangerInput: StrangerInput;
  StringMap: Scalars['StringMap']['output'];
  Worker: WorkerRow;
  WorkerConnection: Omit<WorkerConnection, 'nodes'> & { nodes: Array<ResolversParentTypes['Worker']> };
  WorkerPayload: Omit<WorkerPayload, 'worker'> & { worker: ResolversParentTypes['Worker'] };
  XidInput: XidInput;
};

export type CapacityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Capacity'] = ResolversParentTypes['Capacity']> = {
  cpuSlots?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cpus?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  memoryMb?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CordonResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Cordon'] = ResolversParentTypes['Cordon']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  mode?: Resolver<ResolversTypes['CordonMode'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type GpuResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Gpu'] = ResolversParentTypes['Gpu'], FederationReferenceType extends FederationReferenceTypes['Gpu'] = FederationReferenceTypes['Gpu']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Gpu']> | FederationReferenceType, FederationReferenceType, ContextType>;
  computeCapability?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  cordon?: Resolver<Maybe<ResolversTypes['Cordon']>, ParentType, ContextType>;
  cudaVersion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  driverVersion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  events?: Resolver<Array<ResolversTypes['GpuEvent']>, ParentType, ContextType, RequireFields<GpuEventsArgs, 'first'>>;
  faults?: Resolver<Array<ResolversTypes['GpuFault']>, ParentType, ContextType, RequireFields<GpuFaultsArgs, 'first'>>;
  health?: Resolver<ResolversTypes['GpuHealth'], ParentType, ContextType>;
  history?: Resolver<Array<ResolversTypes['GpuRollup']>, ParentType, ContextType, RequireFields<GpuHistoryArgs, 'from' | 'points'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  labels?: Resolver<ResolversTypes['StringMap'], ParentType, ContextType>;
  lastSample?: Resolver<Maybe<ResolversTypes['GpuSample']>, ParentType, ContextType>;
  mig?: Resolver<Maybe<ResolversTypes['MigSlice']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nvlinkPeers?: Resolver<Array<ResolversTypes['NvlinkPeer']>, ParentType, ContextType>;
  pciBusId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  processes?: Resolver<Maybe<Array<ResolversTypes['GpuProcess']>>, ParentType, ContextType>;
  registeredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  simulated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['GpuState'], ParentType, ContextType>;
  stateReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  totalMemoryMb?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  uuid?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  worker?: Resolver<ResolversTypes['Worker'], ParentType, ContextType>;
};

export type GpuConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GpuConnection'] = ResolversParentTypes['GpuConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['Gpu']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type GpuEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GpuEvent'] = ResolversParentTypes['GpuEvent']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type GpuFaultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GpuFault'] = ResolversParentTypes['GpuFault'], FederationReferenceType extends FederationReferenceTypes['GpuFault'] = FederationReferenceTypes['GpuFault']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['GpuFault']> | FederationReferenceType, FederationReferenceType, ContextType>;
  clearedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  clearedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  firstAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  gpu?: Resolver<ResolversTypes['Gpu'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['GpuFaultKind'], ParentType, ContextType>;
  lastAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  runId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  severity?: Resolver<ResolversTypes['GpuFaultSeverity'], ParentType, ContextType>;
  xid?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type GpuPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GpuPayload'] = ResolversParentTypes['GpuPayload']> = {
  gpu?: Resolver<ResolversTypes['Gpu'], ParentType, ContextType>;
};

export type GpuProcessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GpuProcess'] = ResolversParentTypes['GpuProcess']> = {
  memoryMb?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  pid?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['Run']>, ParentType, ContextType>;
};

export type GpuRollupResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GpuRollup'] = ResolversParentTypes['GpuRollup']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  energyJoules?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  maxMemoryUsedMb?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  maxPowerWatts?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  maxTemperatureC?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  maxUtilisationPercent?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  meanMemoryUsedMb?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  meanPowerWatts?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  meanSmClockMhz?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  meanUtilisationPercent?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  seconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  throttleReasons?: Resolver<Array<ResolversTypes['ThrottleReason']>, ParentType, ContextType>;
  throttledSeconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type GpuSampleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GpuSample'] = ResolversParentTypes['GpuSample']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  energyJoules?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  fanPercent?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  gpuId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  memoryClockMhz?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  memoryTemperatureC?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  memoryUsedMb?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  memoryUtilisationPercent?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  powerLimitWatts?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  powerWatts?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  smClockMhz?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  temperatureC?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  throttleReasons?: Resolver<Array<ResolversTypes['ThrottleReason']>, ParentType, ContextType>;
  utilisationPercent?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type GpuVerdictResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GpuVerdict'] = ResolversParentTypes['GpuVerdict']> = {
  endRun?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  gpuId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  usable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type MigSliceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MigSlice'] = ResolversParentTypes['MigSlice']> = {
  computeInstance?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  gpuInstance?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  parentUuid?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  cordonGpu?: Resolver<ResolversTypes['GpuPayload'], ParentType, ContextType, RequireFields<MutationCordonGpuArgs, 'id' | 'reason'>>;
  cordonWorker?: Resolver<ResolversTypes['WorkerPayload'], ParentType, ContextType, RequireFields<MutationCordonWorkerArgs, 'id' | 'reason'>>;
  drainGpu?: Resolver<ResolversTypes['GpuPayload'], ParentType, ContextType, RequireFields<MutationDrainGpuArgs, 'id' | 'reason'>>;
  drainWorker?: Resolver<ResolversTypes['WorkerPayload'], ParentType, ContextType, RequireFields<MutationDrainWorkerArgs, 'id' | 'reason'>>;
  labelGpu?: Resolver<ResolversTypes['GpuPayload'], ParentType, ContextType, RequireFields<MutationLabelGpuArgs, 'id' | 'labels'>>;
  registerWorker?: Resolver<ResolversTypes['RegisterWorkerPayload'], ParentType, ContextType, RequireFields<MutationRegisterWorkerArgs, 'input'>>;
  reportGpuHealth?: Resolver<Array<ResolversTypes['GpuVerdict']>, ParentType, ContextType, RequireFields<MutationReportGpuHealthArgs, 'reports'>>;
  returnGpu?: Resolver<ResolversTypes['GpuPayload'], ParentType, ContextType, RequireFields<MutationReturnGpuArgs, 'id'>>;
  returnWorker?: Resolver<ResolversTypes['WorkerPayload'], ParentType, ContextType, RequireFields<MutationReturnWorkerArgs, 'id'>>;
};

export type NvlinkPeerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NvlinkPeer'] = ResolversParentTypes['NvlinkPeer']> = {
  gpu?: Resolver<Maybe<ResolversTypes['Gpu']>, ParentType, ContextType>;
  links?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  uuid?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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

export type RunResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Run'] = ResolversParentTypes['Run'], FederationReferenceType extends FederationReferenceTypes['Run'] = FederationReferenceTypes['Run']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Run']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  telemetry?: Resolver<Array<ResolversTypes['RunTelemetry']>, ParentType, ContextType, RequireFields<RunTelemetryArgs, 'points'>>;
};

export type RunTelemetryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RunTelemetry'] = ResolversParentTypes['RunTelemetry']> = {
  gpu?: Resolver<ResolversTypes['Gpu'], ParentType, ContextType>;
  rollups?: Resolver<Array<ResolversTypes['GpuRollup']>, ParentType, ContextType>;
};

export interface StringMapScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['StringMap'], any> {
  name: 'StringMap';
}

export type WorkerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Worker'] = ResolversParentTypes['Worker'], FederationReferenceType extends FederationReferenceTypes['Worker'] = FederationReferenceTypes['Worker']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Worker']> | FederationReferenceType, FederationReferenceType, ContextType>;
  capacity?: Resolver<Maybe<ResolversTypes['Capacity']>, ParentType, ContextType>;
  cordon?: Resolver<Maybe<ResolversTypes['Cordon']>, ParentType, ContextType>;
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

export type WorkerPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WorkerPayload'] = ResolversParentTypes['WorkerPayload']> = {
  worker?: Resolver<ResolversTypes['Worker'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Capacity?: CapacityResolvers<ContextType>;
  Cordon?: CordonResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Gpu?: GpuResolvers<ContextType>;
  GpuConnection?: GpuConnectionResolvers<ContextType>;
  GpuEvent?: GpuEventResolvers<ContextType>;
  GpuFault?: GpuFaultResolvers<ContextType>;
  GpuPayload?: GpuPayloadResolvers<ContextType>;
  GpuProcess?: GpuProcessResolvers<ContextType>;
  GpuRollup?: GpuRollupResolvers<ContextType>;
  GpuSample?: GpuSampleResolvers<ContextType>;
  GpuVerdict?: GpuVerdictResolvers<ContextType>;
  MigSlice?: MigSliceResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NvlinkPeer?: NvlinkPeerResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RegisterWorkerPayload?: RegisterWorkerPayloadResolvers<ContextType>;
  Run?: RunResolvers<ContextType>;
  RunTelemetry?: RunTelemetryResolvers<ContextType>;
  StringMap?: GraphQLScalarType;
  Worker?: WorkerResolvers<ContextType>;
  WorkerConnection?: WorkerConnectionResolvers<ContextType>;
  WorkerPayload?: WorkerPayloadResolvers<ContextType>;
};

