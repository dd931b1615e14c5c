// What an operator can do with a GPU or a worker, and what follows.
import type { CordonWordFragment } from '../generated/documents.ts'

export type Action = 'cordon' | 'drain' | 'return'

/** A GPU or a worker, as far as that matters here. */
export interface Target {
  kind: 'gpu' | 'worker'
  id: string
  /** As people call it, such as `GPU 0 of node-a`. */
  name: string
  cordon: CordonWordFragment | null
  openFaults: number
  /** How many runs it has now, of those that are shown. */
  runs: number
}

/** The actions that change something. */
export function actionsFor({ cordon, openFaults }: Pick<Target, 'cordon' | 'openFaults'>): Action[] {
  if (cordon?.mode === 'CORDON') return ['return']
  if (cordon?.mode === 'DRAIN') return ['cordon', 'return']
  return openFaults > 0 ? ['drain', 'cordon', 'return'] : ['drain', 'cordon']
}

/** What will happen, in sentences. */
export function consequence(action: Action, target: Target): string {
  const it = target.kind === 'gpu' ? 'GPU' : 'worker'
  switch (action) {
    case 'cordon':
      return `No run begins on this ${it} from now on. ${present(target, 'goes on', 'go on')}`
    case 'drain':
      return `${present(target, 'may end', 'may end')} Then this ${it} is cordoned; no other run begins until it is returned.`
    case 'return':
      return `Runs may begin on this ${it} again. ${clearing(target)}`
  }
}

/** Of a worker only the runs with GPUs are known here. */
function present({ kind, runs }: Target, one: string, several: string): string {
  const held = runs === 1 ? `Its present run ${one}.` : `Its ${runs} present runs ${several}.`
  if (kind === 'gpu') return runs === 0 ? 'It has no run at the moment.' : held
  const without = `Runs without a GPU ${several}${runs === 0 ? '' : ' too'}.`
  return `${runs === 0 ? 'No run holds one of its GPUs at the moment.' : held} ${without}`
}

function clearing({ kind, cordon, openFaults }: Target): string {
  const ended = [
    cordon ? `the cordon “${cordon.reason}” of ${cordon.by}` : undefined,
    openFaults === 0 ? undefined : openFaults === 1 ? 'its open fault' : `its ${openFaults} open faults`,
  ].filter((part) => part !== undefined)
  const first = ended.length > 0 ? `This ends ${ended.join(' and ')}. ` : ''
  if (kind === 'worker') return `${first}Cordons of single GPUs stay.`
  return openFaults > 0 ? `${first}Of what is still wrong, a fault is opened again.` : first.trim()
}
