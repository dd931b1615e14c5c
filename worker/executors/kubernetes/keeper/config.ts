// What the keeper of a run's pod reads from its environment.
import { port, readConfig, wholeNumber } from '@constellation/platform/config.ts'
import * as v from 'valibot'

export const settings = v.object({
  /** The pod's mark, which Kubernetes keeps up to date in this file. */
  KEPT_FILE: v.string(),
  /** After how long without a change the pod is not kept any more. */
  KEPT_SECONDS: wholeNumber(1, 86_400),
  PORT: port,
})

/** @throws Error that lists every variable that is missing or wrong */
export function readKeeperConfig(): v.InferOutput<typeof settings> {
  return readConfig(settings)
}
