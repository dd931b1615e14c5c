// Those who want to hear at once of what happens to GPUs.
import type { GpuHint, GpuProvider } from './provider.ts'

export interface Hints {
  tell(hint: GpuHint): void
  onEvent: GpuProvider['onEvent']
}

export function openHints(): Hints {
  const listeners = new Set<(hint: GpuHint) => void>()
  return {
    tell: (hint) => {
      for (const listener of listeners) listener(hint)
    },
    onEvent: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
