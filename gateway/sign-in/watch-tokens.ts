// Who is to hear when an API token ends before its time: the sockets that are open with it.
import type { Logger } from '@constellation/platform/log.ts'
import { regularly } from '@constellation/platform/regularly.ts'

export interface TokenWatch {
  /** Calls back once the token of this id, known by this hash, holds no more. Returns how to stop that. */
  watch(id: string, hash: string, listener: () => void): () => void
  /** Tells those who watch it. */
  end(id: string): void
  stop(): Promise<void>
}

/**
 * Watches tokens. Each that somebody watches is asked about every `periodMs` too, as the word that one was
 * revoked may be lost.
 */
export function watchTokens(periodMs: number, holds: (hash: string) => Promise<boolean>, log: Logger): TokenWatch {
  const watched = new Map<string, { hash: string; listeners: Set<() => void> }>()
  const end = (id: string) => {
    for (const tell of [...(watched.get(id)?.listeners ?? [])]) tell()
  }
  const looking = regularly(periodMs, 'look at the tokens of open sockets', log, async () => {
    for (const [id, { hash }] of [...watched]) if (!(await holds(hash))) end(id)
  })
  return {
    end,
    watch(id, hash, listener) {
      const entry = watched.get(id) ?? { hash, listeners: new Set() }
      watched.set(id, entry)
      // A function of its own, so that the same listener may watch twice.
      const tell = () => listener()
      entry.listeners.add(tell)
      return () => {
        entry.listeners.delete(tell)
        if (entry.listeners.size === 0 && watched.get(id) === entry) watched.delete(id)
      }
    },
    stop: () => looking.stop(),
  }
}
