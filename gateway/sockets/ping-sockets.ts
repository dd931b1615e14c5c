// Finds sockets whose other side is gone without a word: one timer for all of them, as there may be many thousands.
import type { WebSocket } from 'ws'

/** A socket that does not answer a ping until the next one is dead, in milliseconds. */
const PING_EVERY_MS = 12_000
/** Sockets take turns, so that not all are pinged at once. */
const TURNS = 24

interface Pings {
  watch(socket: WebSocket): void
  stop(): void
}

/** Pings what it watches, and terminates what does not answer. */
export function createPings(everyMs = PING_EVERY_MS): Pings {
  const turns = Array.from({ length: TURNS }, () => new Set<WebSocket>())
  const asked = new WeakSet<WebSocket>()
  let [newest, present] = [0, 0]

  function answered(this: WebSocket): void {
    asked.delete(this)
  }
  function left(this: WebSocket): void {
    for (const turn of turns) if (turn.delete(this)) return
  }
  function ping(): void {
    present = (present + 1) % TURNS
    for (const socket of turns[present] ?? []) {
      if (asked.has(socket)) socket.terminate()
      else if (socket.readyState === socket.OPEN) {
        asked.add(socket)
        socket.ping()
      }
    }
  }
  const timer = setInterval(ping, everyMs / TURNS)
  timer.unref()

  return {
    watch(socket) {
      newest = (newest + 1) % TURNS
      turns[newest]?.add(socket)
      // The same two functions for all.
      socket.on('pong', answered)
      socket.on('close', left)
    },
    stop: () => clearInterval(timer),
  }
}
