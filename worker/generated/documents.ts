/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type CapacityInput = {
  cpuSlots: number;
  cpus: number;
  memoryMb: number;
};

export type ClaimRunsInput = {
  /** How many runs without a GPU it takes; those with GPUs are bounded by the GPUs. */
  cpuSlots: number;
  /** The GPUs that the worker has free, by the ids that registering gave. Those of other workers are left out. */
  gpuIds: Array<string>;
};

/** How a worker can run a command. */
export type Executor =
  /** In a container of Docker's. */
  | 'DOCKER'
  /** As a process on the machine itself. */
  | 'PROCESS';

export type FinishRunInput = {
  /**
   * How long ago the run ended, in milliseconds: its GPUs are not billed for the time that its worker
   * could not report.
   */
  endedMsAgo?: number;
  epoch: number;
  exitCode?: number | null | undefined;
  /** How many chunks the log has, its end included. */
  logChunks: number;
  metrics?: RunMetricsInput | null | undefined;
  outcome: RunOutcome;
  reason?: string | null | undefined;
  runId: string;
  signal?: string | null | undefined;
};

export type GpuHealthInput = {
  /** Since the driver was loaded; null where it has no ECC. */
  doubleBitEccErrors?: number | null | undefined;
  gpuId: string;
  /** It does not answer. What follows is then not known. */
  lost: boolean;
  recoveryAction?: RecoveryAction | null | undefined;
  remapFailed?: boolean | null | undefined;
  remapPending?: boolean | null | undefined;
  /** The run that holds it, or held it when the XIDs came. */
  runId?: string | null | undefined;
  shutdownTemperatureC?: number | null | undefined;
  /** At which it slows itself down, and at which it shuts itself down. */
  slowdownTemperatureC?: number | null | undefined;
  /** Processes on it that belong to no run of its worker. */
  strangers: Array<StrangerInput>;
  temperatureC?: number | null | undefined;
  /** True in the first report after it was reset, came back, or its driver was loaded anew. */
  wasReset: boolean;
  /** Those that came since the last report that was heard. */
  xids: Array<XidInput>;
};

/** Of several that apply, the first of this list. */
export type GpuState =
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

export type LeaseStanding =
  /** The worker must end the run and report it as cancelled. */
  | 'CANCEL'
  | 'HELD'
  /** The run is no longer this worker's, or has ended: what the worker still has of it must end. */
  | 'OVER'
  /** The worker must warn the run, end it, and report it as preempted. */
  | 'PREEMPT';

export type MigSliceInput = {
  computeInstance: number;
  gpuInstance: number;
  parentUuid: string;
};

export type NoteIdleInput = {
  epoch: number;
  /** How long they have done nothing by now, in milliseconds; null where they work. */
  idleMs?: number | null | undefined;
  runId: string;
};

export type NvlinkPeerInput = {
  links: number;
  uuid: string;
};

export type RecoveryAction =
  | 'DRAIN_AND_RESET'
  | 'DRAIN_P2P'
  | 'NONE'
  | 'REBOOT'
  | 'RESET';

export type RegisterGpuInput = {
  computeCapability?: string | null | undefined;
  cudaVersion?: string | null | undefined;
  driverVersion?: string | null | undefined;
  index: number;
  mig?: MigSliceInput | null | undefined;
  name: string;
  nvlinkPeers?: Array<NvlinkPeerInput> | null | undefined;
  pciBusId?: string | null | undefined;
  simulated: boolean;
  totalMemoryMb: number;
  uuid: string;
};

export type RegisterWorkerInput = {
  capacity?: CapacityInput | null | undefined;
  /** `PROCESS` alone by default. */
  executors?: Array<Executor> | null | undefined;
  gpuNotice?: string | null | undefined;
  gpus: Array<RegisterGpuInput>;
  hostname: string;
  labels?: Record<string, string> | null | undefined;
  version: string;
};

export type RunLeaseInput = {
  epoch: number;
  runId: string;
};

export type RunMetricsInput = {
  energyJoules?: number | null | undefined;
  idleSeconds?: number | null | undefined;
  maxPowerWatts?: number | null | undefined;
  maxTemperatureC?: number | null | undefined;
  maxUtilisationPercent?: number | null | undefined;
  meanPowerWatts?: number | null | undefined;
  meanUtilisationPercent?: number | null | undefined;
  peakMemoryMb?: number | null | undefined;
  throttleReasons?: Array<ThrottleReason> | null | undefined;
  throttledSeconds?: number | null | undefined;
  xids?: Array<number> | null | undefined;
};

export type RunOutcome =
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
  | 'TIMED_OUT';

export type StrangerInput = {
  memoryMb?: number | null | undefined;
  name?: string | null | undefined;
  pid: number;
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

export type XidInput = {
  at: string;
  code: number;
};

export type RegisterWorkerMutationVariables = Exact<{
  input: RegisterWorkerInput;
}>;


export type RegisterWorkerMutation = { registerWorker: { worker: { id: string, gpus: Array<{ id: string, uuid: string }> } } };

export type ClaimRunsMutationVariables = Exact<{
  input: ClaimRunsInput;
}>;


export type ClaimRunsMutation = { claimRuns: { runs: Array<{ runId: string, jobId: string, attempt: number, epoch: number, leaseMs: number, command: Array<string>, shell: boolean, env: Record<string, string>, workingDirectory: string | null, timeoutSeconds: number | null, maxIdleSeconds: number | null, gpuUuids: Array<string>, secrets: Record<string, string>, traceparent: string | null, warning: { signal: string, seconds: number } | null, container: { image: string, mounts: Array<{ source: string, target: string, readOnly: boolean }> } | null, limits: { memoryMb: number | null, cpus: number | null } }> } };

export type StartRunMutationVariables = Exact<{
  lease: RunLeaseInput;
}>;


export type StartRunMutation = { startRun: { standing: LeaseStanding, leaseMs: number } };

export type RenewLeasesMutationVariables = Exact<{
  leases: Array<RunLeaseInput> | RunLeaseInput;
}>;


export type RenewLeasesMutation = { renewLeases: Array<{ runId: string, standing: LeaseStanding, leaseMs: number }> };

export type FinishRunMutationVariables = Exact<{
  input: FinishRunInput;
}>;


export type FinishRunMutation = { finishRun: { standing: LeaseStanding } };

export type FinishRunsMutationVariables = Exact<{
  inputs: Array<FinishRunInput> | FinishRunInput;
}>;


export type FinishRunsMutation = { finishRuns: Array<{ standing: LeaseStanding }> };

export type ReportGpuHealthMutationVariables = Exact<{
  reports: Array<GpuHealthInput> | GpuHealthInput;
}>;


export type ReportGpuHealthMutation = { reportGpuHealth: Array<{ gpuId: string, usable: boolean, endRun: boolean, reason: string | null }> };

export type NoteIdleMutationVariables = Exact<{
  input: NoteIdleInput;
}>;


export type NoteIdleMutation = { noteIdle: { standing: LeaseStanding } };

export type SimulatedGpusQueryVariables = Exact<{ [key: string]: never; }>;


export type SimulatedGpusQuery = { gpus: { nodes: Array<{ index: number, uuid: string, state: GpuState }> } | null };

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

export const RegisterWorkerDocument = new TypedDocumentString(`
    mutation RegisterWorker($input: RegisterWorkerInput!) {
  registerWorker(input: $input) {
    worker {
      id
      gpus {
        id
        uuid
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RegisterWorkerMutation, RegisterWorkerMutationVariables>;
export const ClaimRunsDocument = new TypedDocumentString(`
    mutation ClaimRuns($input: ClaimRunsInput!) {
  claimRuns(input: $input) {
    runs {
      runId
      jobId
      attempt
      epoch
      leaseMs
      command
      shell
      env
      workingDirectory
      timeoutSeconds
      maxIdleSeconds
      gpuUuids
      secrets
      warning {
        signal
        seconds
      }
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
      traceparent
    }
  }
}
    `) as unknown as TypedDocumentString<ClaimRunsMutation, ClaimRunsMutationVariables>;
export const StartRunDocument = new TypedDocumentString(`
    mutation StartRun($lease: RunLeaseInput!) {
  startRun(input: $lease) {
    standing
    leaseMs
  }
}
    `) as unknown as TypedDocumentString<StartRunMutation, StartRunMutationVariables>;
export const RenewLeasesDocument = new TypedDocumentString(`
    mutation RenewLeases($leases: [RunLeaseInput!]!) {
  renewLeases(leases: $leases) {
    runId
    standing
    leaseMs
  }
}
    `) as unknown as TypedDocumentString<RenewLeasesMutation, RenewLeasesMutationVariables>;
export const FinishRunDocument = new TypedDocumentString(`
    mutation FinishRun($input: FinishRunInput!) {
  finishRun(input: $input) {
    standing
  }
}
    `) as unknown as TypedDocumentString<FinishRunMutation, FinishRunMutationVariables>;
export const FinishRunsDocument = new TypedDocumentString(`
    mutation FinishRuns($inputs: [FinishRunInput!]!) {
  finishRuns(inputs: $inputs) {
    standing
  }
}
    `) as unknown as TypedDocumentString<FinishRunsMutation, FinishRunsMutationVariables>;
export const ReportGpuHealthDocument = new TypedDocumentString(`
    mutation ReportGpuHealth($reports: [GpuHealthInput!]!) {
  reportGpuHealth(reports: $reports) {
    gpuId
    usable
    endRun
    reason
  }
}
    `) as unknown as TypedDocumentString<ReportGpuHealthMutation, ReportGpuHealthMutationVariables>;
export const NoteIdleDocument = new TypedDocumentString(`
    mutation NoteIdle($input: NoteIdleInput!) {
  noteIdle(input: $input) {
    standing
  }
}
    `) as unknown as TypedDocumentString<NoteIdleMutation, NoteIdleMutationVariables>;
export const SimulatedGpusDocument = new TypedDocumentString(`
    query SimulatedGpus {
  gpus(filter: {simulated: true}, first: 200) {
    nodes {
      index
      uuid
      state
    }
  }
}
    `) as unknown as TypedDocumentString<SimulatedGpusQuery, SimulatedGpusQueryVariables>;