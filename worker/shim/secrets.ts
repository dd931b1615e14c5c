// The secrets among what a run's command is given.
import type { RunSpec } from './files.ts'

/** The values that must not appear in the run's log. */
export function secretsOf({ environment, secrets }: RunSpec): string[] {
  return secrets.flatMap((name) => environment[name] ?? [])
}

/** What of a run's description may stay on the disk while it runs: whoever adopts it needs no more. */
export function withoutSecrets(spec: RunSpec): RunSpec {
  const names = new Set(spec.secrets)
  const environment = Object.fromEntries(Object.entries(spec.environment).filter(([name]) => !names.has(name)))
  return { ...spec, environment }
}
