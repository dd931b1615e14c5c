// Why a pod does not run its command yet, in words.
import type { V1Pod } from '@kubernetes/client-node'
import { COMMAND } from './labels.ts'

export interface Wait {
  sentence: string
  /** True where waiting will not help. */
  lasting: boolean
}

/** What a registry says of images that it will not have, or not give, a minute later either. */
const NO_SUCH_IMAGE =
  /not found|manifest unknown|does not exist|denied|unauthorized|authentication required|invalid reference|no match(ing manifest)? for platform|unsupported/i
const LASTING = new Set([
  'InvalidImageName',
  'ErrImageNeverPull',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
])
const PULLS = new Set(['ErrImagePull', 'ImagePullBackOff', 'RegistryUnavailable', 'SignatureValidationFailed'])

/** True once a node has the pod; until then it is for others to make room, and the run could not have been tried. */
export function isPlaced(pod: V1Pod | undefined): boolean {
  return pod !== undefined && !unplacedOf(pod)
}

function unplacedOf({ status }: V1Pod) {
  return status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False')
}

/** Undefined where everything takes its way. */
export function whyNotStarted(pod: V1Pod): Wait | undefined {
  const { spec, status } = pod
  const unplaced = unplacedOf(pod)
  if (unplaced)
    return { sentence: `No node can take the run yet: ${unplaced.message ?? unplaced.reason}`, lasting: false }
  const all = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]
  const stuck = all.find(({ state }) => state?.waiting?.reason && isFault(state.waiting.reason))
  if (!stuck) return undefined
  const { reason = '', message = '' } = stuck.state?.waiting ?? {}
  const images = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])]
  const image = images.find(({ name }) => name === stuck.name)?.image ?? stuck.image
  const why = message === '' ? reason : message
  if (PULLS.has(reason)) {
    return { sentence: `The image ${image} cannot be pulled: ${why}`, lasting: NO_SUCH_IMAGE.test(message) }
  }
  const what = stuck.name === COMMAND ? 'The container' : `The container ${stuck.name} beside the command`
  // Its secret comes right after it.
  return {
    sentence: `${what} cannot be started: ${why}`,
    lasting: LASTING.has(reason) && !/secret .*not found/i.test(why),
  }
}

function isFault(reason: string): boolean {
  return PULLS.has(reason) || LASTING.has(reason)
}
