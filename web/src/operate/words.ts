import type { Action, Target } from './actions.ts'

// What is said where GPUs and workers are taken out of service, and back.
export const words = {
  actions: { cordon: 'Cordon', drain: 'Drain', return: 'Return' } satisfies Record<Action, string>,
  label: (action: Action, name: string) => `${words.actions[action]} ${name}`,
  title: {
    cordon: (name: string) => `Cordon ${name}`,
    drain: (name: string) => `Drain ${name}`,
    return: (name: string) => `Return ${name} to service`,
  } satisfies Record<Action, (name: string) => string>,
  kind: { gpu: 'GPU', worker: 'worker' } satisfies Record<Target['kind'], string>,
  reason: 'Reason',
  reasonHint: 'What others read who wonder why it takes no runs.',
  reasonMissing: 'Say why: others will wonder.',
  cancel: 'Cancel',
  failed: {
    cordon: 'It was not cordoned.',
    drain: 'It was not drained.',
    return: 'It was not returned.',
  } satisfies Record<Action, string>,
} as const
