/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** What the host of a worker has. */
export type CapacityInput = {
  /** How many runs without a GPU it takes at a time. */
  cpuSlots: number;
  /** Processors of the host. */
  cpus: number;
  /** Memory of the host, in MiB. */
  memoryMb: number;
};

/** What a worker has to give. */
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

/** How a run ended. */
export type FinishRunInput = {
  /**
   * How long ago the run ended, in milliseconds: its GPUs are not billed for the time that its worker
   * could not report.
   */
  endedMsAgo?: number;
  /** As `claimRuns` told it. */
  epoch: number;
  /** What the process ended with, where it did so by itself. */
  exitCode?: number | null | undefined;
  /** How many chunks the log has, its end included. */
  logChunks: number;
  /** What its GPUs did; none for a run without. */
  metrics?: RunMetricsInput | null | undefined;
  /** What kind of end it was. */
  outcome: RunOutcome;
  /** In a sentence, why it ended so, where there is something to say. */
  reason?: string | null | undefined;
  /** The run. */
  runId: string;
  /** The signal that ended it, such as `SIGKILL`. */
  signal?: string | null | undefined;
};

/** What a worker has to say of a GPU. What is unknown is null. */
export type GpuHealthInput = {
  /** Since the driver was loaded; null where it has no ECC. */
  doubleBitEccErrors?: number | null | undefined;
  /** The GPU, by the id that registering gave. */
  gpuId: string;
  /** It does not answer. What follows is then not known. */
  lost: boolean;
  /** What the driver asks for. */
  recoveryAction?: RecoveryAction | null | undefined;
  /** A row of its memory could not be remapped. */
  remapFailed?: boolean | null | undefined;
  /** A row of its memory is to be remapped at the next reset. */
  remapPending?: boolean | null | undefined;
  /** The run that holds it, or held it when the XIDs came. */
  runId?: string | null | undefined;
  /** At which it shuts itself down. */
  shutdownTemperatureC?: number | null | undefined;
  /** At which it slows itself down, and at which it shuts itself down. */
  slowdownTemperatureC?: number | null | undefined;
  /** Processes on it that belong to no run of its worker. */
  strangers: Array<StrangerInput>;
  /** How warm it is. */
  temperatureC?: number | null | undefined;
  /** True in the first report after it was reset, came back, or its driver was loaded anew. */
  wasReset: boolean;
  /** Those that came since the last report that was heard. */
  xids: Array<XidInput>;
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

/** Which part of which GPU it is. */
export type MigSliceInput = {
  /** The compute instance in it, by NVIDIA's number. */
  computeInstance: number;
  /** The GPU instance, by NVIDIA's number. */
  gpuInstance: number;
  /** The GPU that it is part of. */
  parentUuid: string;
};

/** How long a run's GPUs have done nothing. */
export type NoteIdleInput = {
  /** As `claimRuns` told it. */
  epoch: number;
  /** How long they have done nothing by now, in milliseconds; null where they work. */
  idleMs?: number | null | undefined;
  /** The run. */
  runId: string;
};

/** A GPU that it is linked with. */
export type NvlinkPeerInput = {
  /** How many links there are between the two. */
  links: number;
  /** The other GPU, by NVML's name for it. */
  uuid: string;
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
  computeCapability?: string | null | undefined;
  /** The newest CUDA that the driver can run. */
  cudaVersion?: string | null | undefined;
  /** Of NVIDIA's driver. */
  driverVersion?: string | null | undefined;
  /** Its place on its host. */
  index: number;
  /** Null for a whole GPU. */
  mig?: MigSliceInput | null | undefined;
  /** The model, such as `NVIDIA A100-SXM4-80GB`. */
  name: string;
  /** The GPUs that it is linked with by NVLink, up to 64. */
  nvlinkPeers?: Array<NvlinkPeerInput> | null | undefined;
  /** Such as `00000000:65:00.0`. */
  pciBusId?: string | null | undefined;
  /** True for a stand-in without hardware. */
  simulated: boolean;
  /** Its memory, in MiB. */
  totalMemoryMb: number;
  /** NVML's name for this one card. */
  uuid: string;
};

/** What a worker says of itself and its host. */
export type RegisterWorkerInput = {
  /** What its host has. */
  capacity?: CapacityInput | null | undefined;
  /** `PROCESS` alone by default. */
  executors?: Array<Executor> | null | undefined;
  /** In a sentence, why it has no GPUs, where there is something to say. */
  gpuNotice?: string | null | undefined;
  /** All that it finds, up to 64; those left out are missing from then on. */
  gpus: Array<RegisterGpuInput>;
  /** Its machine, as that calls itself. */
  hostname: string;
  /** What its operator says of it: jobs may ask for them. */
  labels?: Record<string, string> | null | undefined;
  /** The version of the worker's program. */
  version: string;
};

/** Which lease of which run. */
export type RunLeaseInput = {
  /** As `claimRuns` told it. */
  epoch: number;
  /** The run. */
  runId: string;
};

/** What a run's GPUs did over its life, as `RunMetrics` tells it. */
export type RunMetricsInput = {
  /** What all of them used. */
  energyJoules?: number | null | undefined;
  /** For how long they did nothing, the seconds of each added up. */
  idleSeconds?: number | null | undefined;
  /** The most that one of them drew. */
  maxPowerWatts?: number | null | undefined;
  /** The warmest that one of them was. */
  maxTemperatureC?: number | null | undefined;
  /** The most that one of them computed. */
  maxUtilisationPercent?: number | null | undefined;
  /** What one GPU drew, on average. */
  meanPowerWatts?: number | null | undefined;
  /** How much they computed, on average. */
  meanUtilisationPercent?: number | null | undefined;
  /** The most that one GPU held, in MiB. */
  peakMemoryMb?: number | null | undefined;
  /** What that was, each once. */
  throttleReasons?: Array<ThrottleReason> | null | undefined;
  /** For how long something held them back, the seconds of each added up. */
  throttledSeconds?: number | null | undefined;
  /** The XIDs that they reported, each once. */
  xids?: Array<number> | null | undefined;
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

/** A process that belongs to no run. */
export type StrangerInput = {
  /** Memory of the GPU that it holds, in MiB. */
  memoryMb?: number | null | undefined;
  /** The program, where it can be known. */
  name?: string | null | undefined;
  /** Its number on the worker's host. */
  pid: number;
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

/** Something that NVIDIA's driver has reported. */
export type XidInput = {
  /** When it came. */
  at: string;
  /** NVIDIA's number. */
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