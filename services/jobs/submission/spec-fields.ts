// The smaller things that a job may ask for, each with its bounds.
import { constants } from 'node:os'
import * as v from 'valibot'

/** Linux takes no more than this for one argument. */
export const ARGUMENT_BYTES = 131_072
/** And we no more than this for all of them, or for the environment. */
export const TOTAL_BYTES = 262_144

/** Text of at most so many bytes that PostgreSQL can store and a process can be given. */
export const text = (most: number) =>
  v.pipe(
    v.string(),
    v.maxBytes(most, `must have at most ${most} bytes`),
    v.check((value) => !value.includes('\0'), 'must not hold a NUL character'),
    v.check((value) => value.isWellFormed(), 'must be whole Unicode characters'),
  )

export const whole = (least: number, most: number) => {
  const message = `must be a whole number from ${least} to ${most}`
  return v.pipe(v.number(message), v.integer(message), v.minValue(least, message), v.maxValue(most, message))
}

/** A list that names nothing twice. */
const distinct = <Value>(values: readonly Value[]) => new Set(values).size === values.length

export const variableName = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z_][A-Za-z0-9_]{0,199}$/, 'is not a name of an environment variable'),
)

/** `8.0` as 800, so that capabilities compare as numbers. */
const capability = v.pipe(
  v.string(),
  v.regex(/^\d{1,2}\.\d{1,2}$/, 'must be a compute capability such as 8.0'),
  v.transform((value) => {
    const [major = 0, minor = 0] = value.split('.').map(Number)
    return major * 100 + minor
  }),
)

/** The other way round; null for 0, which stands for any. */
export function capabilityText(stored: number): string | null {
  return stored === 0 ? null : `${Math.floor(stored / 100)}.${stored % 100}`
}

export const gpuRequest = v.object({
  count: v.nullish(whole(0, 64), 1),
  minMemoryMb: v.nullish(whole(0, 100_000_000), 0),
  model: v.nullish(text(200), ''),
  minComputeCapability: v.nullish(capability, '0.0'),
})

const DAY_SECONDS = 86_400
const HOUR_SECONDS = 3_600

export const retryRules = v.pipe(
  v.object({
    exitCodes: v.nullish(
      v.pipe(
        v.array(whole(1, 255)),
        v.minLength(1, 'must name at least one'),
        v.maxLength(255, 'must be at most 255'),
        v.check(distinct, 'must not hold the same code twice'),
      ),
      null,
    ),
    backoffSeconds: v.nullish(whole(0, DAY_SECONDS), 0),
    maxBackoffSeconds: v.nullish(whole(1, 7 * DAY_SECONDS)),
  }),
  v.forward(
    v.partialCheck(
      [['backoffSeconds'], ['maxBackoffSeconds']],
      (rules) => rules.maxBackoffSeconds == null || rules.maxBackoffSeconds >= rules.backoffSeconds,
      'must be at least backoffSeconds',
    ),
    ['maxBackoffSeconds'],
  ),
  v.transform((rules) => ({
    ...rules,
    maxBackoffSeconds: rules.maxBackoffSeconds ?? Math.max(HOUR_SECONDS, rules.backoffSeconds),
  })),
)

/** What no process can hear of. */
const UNHEARD = new Set(['SIGKILL', 'SIGSTOP'])

export const warning = v.object({
  signal: v.nullish(
    v.pipe(
      v.string(),
      v.check((name) => Object.hasOwn(constants.signals, name) && !UNHEARD.has(name), 'must be such as SIGUSR1'),
    ),
    'SIGUSR1',
  ),
  seconds: whole(1, HOUR_SECONDS),
})

export const labels = v.pipe(
  v.record(v.pipe(v.string(), v.regex(/^[A-Za-z0-9][\w./-]{0,62}$/, 'is not a name of a label')), text(200)),
  v.check((all) => Object.keys(all).length <= 32, 'must be at most 32 labels'),
)

/** A path without detours, which might lead out of where it seems to lie. */
const path = v.pipe(
  text(4096),
  v.startsWith('/', 'must be an absolute path'),
  v.check((value) => !value.split('/').includes('..'), 'must not hold ..'),
)

export const container = v.object({
  image: v.pipe(
    v.string(),
    v.regex(/^[A-Za-z0-9][\w.:/@-]{0,511}$/, 'must be a name of an image, such as pytorch/pytorch:2.9'),
  ),
  mounts: v.nullish(
    v.pipe(
      v.array(
        v.object({
          source: path,
          target: v.pipe(
            path,
            v.check((value) => /[^/]/.test(value), 'must be below /'),
          ),
          readOnly: v.nullish(v.boolean(), false),
        }),
      ),
      v.maxLength(64, 'must be at most 64'),
      v.check((all) => distinct(all.map(({ target }) => target)), 'must each have a target of its own'),
    ),
    [],
  ),
})

export const limits = v.object({
  memoryMb: v.nullish(whole(4, 100_000_000), null),
  cpus: v.nullish(v.pipe(v.number(), v.minValue(0.01, 'must be at least 0.01'), v.maxValue(4096)), null),
})

export const secretNames = v.pipe(
  v.array(variableName),
  v.maxLength(100, 'must be at most 100'),
  v.check(distinct, 'must not hold the same name twice'),
)

/** Ids, or names within a batch. */
export const jobsNamed = v.pipe(
  v.array(text(100)),
  v.maxLength(1000, 'must be at most 1000'),
  v.check(distinct, 'must not hold the same job twice'),
)

/** No id of a job looks like it, so that the two cannot be mixed up. */
export const ref = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9][\w.-]{0,99}$/, 'must be 1 to 100 letters, digits or . _ -'),
  v.check((value) => !v.is(v.pipe(v.string(), v.uuid()), value), 'must not look like the id of a job'),
)

/** The most jobs that one array makes. */
const MOST_ELEMENTS = 10_000
export const INDEX_VARIABLE = 'CONSTELLATION_ARRAY_INDEX'

const axis = v.object({
  name: v.pipe(
    variableName,
    v.check((name) => name !== INDEX_VARIABLE, 'is given to every job of an array'),
  ),
  values: v.pipe(
    v.array(text(4096)),
    v.minLength(1, 'must hold at least one'),
    v.maxLength(MOST_ELEMENTS, `must be at most ${MOST_ELEMENTS}`),
  ),
})

export const array = v.pipe(
  v.object({
    count: v.nullish(whole(1, MOST_ELEMENTS)),
    sweep: v.nullish(
      v.pipe(
        v.array(axis),
        v.minLength(1, 'must hold at least one'),
        v.maxLength(16, 'must be at most 16'),
        v.check((axes) => distinct(axes.map(({ name }) => name)), 'must each have a name of its own'),
        v.check(
          (axes) => axes.reduce((product, { values }) => product * values.length, 1) <= MOST_ELEMENTS,
          `must make at most ${MOST_ELEMENTS} combinations`,
        ),
      ),
    ),
    maxParallel: v.nullish(whole(1, MOST_ELEMENTS), null),
  }),
  v.check(({ count, sweep }) => (count == null) !== (sweep == null), 'needs either count or sweep'),
)
export type ArraySpec = v.InferOutput<typeof array>
