// What the worker reads from its environment, and what of it the commands may see.
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { flag, logLevel, readConfig, url, wholeNumber } from '@constellation/platform/config.ts'
import * as v from 'valibot'

const path = v.pipe(
  v.string(),
  v.transform((value) => resolve(value)),
)

const settings = v.object({
  GATEWAY_URL: url,
  /** The file with the token of the worker's service account. Read again when the token is refused. */
  TOKEN_FILE: path,
  NATS_URL: url,
  /** Where the runs' directories lie. One worker at a time uses it. */
  WORKER_HOME: path,
  /** So many simulated GPUs, whatever the machine has. Without it: those of the machine, or four simulated ones. */
  CONSTELLATION_SIMULATED_GPUS: v.optional(wholeNumber(0, 64)),
  /** NVML's library, where it is not in a place that the system searches. */
  NVML_LIBRARY: v.optional(v.string()),
  /** How many runs the worker takes beside those that its GPUs allow. */
  CPU_SLOTS: v.optional(wholeNumber(0, 900), String(availableParallelism() * 2)),
  /** Between SIGTERM and SIGKILL. */
  TERMINATION_GRACE_SECONDS: v.optional(wholeNumber(0, 600), '10'),
  /** How much of a run's output is kept. */
  LOG_LIMIT_MB: v.optional(wholeNumber(1, 65_536), '1024'),
  /** A user, `<uid>:<gid>`, or `<first uid>-<last uid>` of which each run gets one of its own. */
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
  REQUIRE_LIMITS: v.optional(flag, 'false'),
  LOG_LEVEL: v.optional(logLevel, 'info'),
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
