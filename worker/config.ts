// What the worker reads from its environment, and what of it the commands may see.
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { flag, logLevel, port, readConfig, traceSettings, url, wholeNumber } from '@constellation/platform/config.ts'
import * as v from 'valibot'
import { kubernetesSettings } from './executors/kubernetes/config.ts'

const path = v.pipe(
  v.string(),
  v.transform((value) => resolve(value)),
)

/** `zone=a,team=b`. */
const labels = v.pipe(
  v.string(),
  v.transform((list) =>
    list
      .split(',')
      .map((label) => label.trim())
      .filter(Boolean),
  ),
  v.array(v.pipe(v.string(), v.regex(/^[A-Za-z0-9][\w./-]{0,62}=[^,]{0,200}$/, 'must be such as zone=a,team=b'))),
  v.maxLength(32, 'must be at most 32 labels'),
  v.transform((pairs): Record<string, string> => Object.fromEntries(pairs.map(nameAndValue))),
)

function nameAndValue(label: string): [string, string] {
  const at = label.indexOf('=')
  return [label.slice(0, at), label.slice(at + 1)]
}

const executors = v.pipe(
  v.string(),
  v.transform((list) => list.split(',').map((name) => name.trim())),
  v.array(
    v.picklist(['process', 'docker', 'kubernetes', 'none'], 'must be process, docker or both, kubernetes, or none'),
  ),
  v.check(
    (names) => names.length === 1 || !names.some((name) => name === 'kubernetes' || name === 'none'),
    'must have kubernetes, or none, by itself',
  ),
)

/** `/data:/models`. */
const directories = v.pipe(
  v.string(),
  v.transform((list) => list.split(':').filter(Boolean)),
  v.array(v.pipe(v.string(), v.startsWith('/', 'must be absolute paths'))),
)

export const settings = v.object({
  /** Where the gateway answers: `https://constellation.example`. */
  GATEWAY_URL: url,
  /** The file with the token of the worker's service account. Read again when the token is refused. */
  TOKEN_FILE: path,
  /** With a user and a password, or without where the gateway gives them with the token. */
  NATS_URL: url,
  /** Where the runs' directories lie. One worker at a time uses it. */
  WORKER_HOME: path,
  /** So many simulated GPUs, whatever the machine has. Without it: those of the machine, or four simulated ones. */
  CONSTELLATION_SIMULATED_GPUS: v.optional(wholeNumber(0, 64)),
  /** NVML's library, where it is not in a place that the system searches. */
  NVML_LIBRARY: v.optional(v.string()),
  /** How many runs without a GPU the worker takes; by default two for each processor. */
  CPU_SLOTS: v.optional(wholeNumber(0, 900), String(availableParallelism() * 2)),
  /** Between SIGTERM and SIGKILL. */
  TERMINATION_GRACE_SECONDS: v.optional(wholeNumber(0, 600), '10'),
  /** After how long a run whose GPUs do nothing is said to idle. */
  IDLE_NOTE_SECONDS: v.optional(wholeNumber(1, 2_592_000), '600'),
  /** After how long a run whose GPUs do nothing is ended, where its job does not say; without it, never. */
  MAX_IDLE_SECONDS: v.optional(wholeNumber(1, 2_592_000)),
  /** How much of a run's output is kept. */
  LOG_LIMIT_MB: v.optional(wholeNumber(1, 65_536), '1024'),
  /** What jobs may ask of this worker. */
  WORKER_LABELS: v.optional(labels, ''),
  /**
   * In which ways this worker runs commands: in containers while Docker's daemon answers; in a cluster, whose GPUs are
   * its then; or none, for one that only tells of this machine's GPUs.
   */
  EXECUTORS: v.optional(executors, 'process,docker'),
  /** Where Docker’s daemon answers. */
  DOCKER_SOCKET: v.optional(path, '/var/run/docker.sock'),
  /** Directories of which, and of what lies in them, containers may mount. */
  DOCKER_MOUNTS: v.optional(directories, ''),
  /** Who the commands in containers run as, in place of the image's user. */
  DOCKER_USER: v.optional(v.pipe(v.string(), v.regex(/^[\w.-]+(:[\w.-]+)?$/, 'must be a user, such as 1000:1000'))),
  ...kubernetesSettings,
  /** A user, `<uid>:<gid>`, or `<first uid>-<last uid>` of which each job gets one of its own. */
  RUN_AS: v.optional(
    v.pipe(
      v.string(),
      v.regex(
        /^(\d{1,10}:\d{1,10}|\d{1,10}-\d{1,10}|[A-Za-z_][\w.-]{0,63}\$?)$/,
        'must be a user, <uid>:<gid> or <uid>-<uid>',
      ),
    ),
  ),
  /** The cgroup in which those of the runs are made, as a path below the mount of each hierarchy; `none` for none. */
  WORKER_CGROUP: v.optional(
    v.pipe(v.string(), v.regex(/^none$|^(\/(?!\.{1,2}(\/|$))[^/\0\n]+)+$/, 'must be a path such as /constellation')),
  ),
  /** True where a run whose limits cannot be held is not started. */
  REQUIRE_LIMITS: v.optional(flag, 'false'),
  /** The address of /metrics. */
  HOST: v.optional(v.string(), '127.0.0.1'),
  /** Where Prometheus finds /metrics; without it they are not told. */
  METRICS_PORT: v.optional(port),
  ...traceSettings,
  /** The least that is logged. */
  LOG_LEVEL: v.optional(logLevel, 'info'),
  /** True where the process ends when its standard input closes. */
  EXIT_WITH_PARENT: v.optional(flag, 'false'),
})

export type WorkerConfig = v.InferOutput<typeof settings> & {
  /** The part of the environment that commands inherit. */
  inherited: Record<string, string>
}

/** Whatever is not named here stays with the worker: above all, its credentials. */
const INHERITED = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'LD_LIBRARY_PATH',
  'CUDA_HOME',
]

/** @throws Error that lists every variable that is missing or wrong */
export function readWorkerConfig(): WorkerConfig {
  const inherited = INHERITED.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...readConfig(settings), inherited: Object.fromEntries(inherited) }
}
