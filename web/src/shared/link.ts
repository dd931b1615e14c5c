// Whether the page is told of changes (live) or has to ask (polling).

export type Link = 'connecting' | 'live' | 'polling'

/** `late`: the first connection takes so long that it is time to ask without it. */
export type LinkEvent = 'connected' | 'closed' | 'failed' | 'late'

/** How often live queries are asked again while the link is `polling`, in milliseconds. */
export const POLL_MS = 5000

/** How long the first connection may take before the page says that it polls, in milliseconds. */
export const PATIENCE_MS = 3000

/** The link after an event. It is `connecting` only until the first outcome. */
export function nextLink(link: Link, event: LinkEvent): Link {
  switch (event) {
    case 'connected':
      return 'live'
    case 'closed':
    case 'failed':
      return 'polling'
    case 'late':
      return link === 'connecting' ? 'polling' : link
  }
}

/** Milliseconds until connection attempt `retries` (from 0), doubling to 5 s; `spread` is 0 to 1, at random. */
export function retryDelay(retries: number, spread: number): number {
  return Math.min(5000, 250 * 2 ** Math.min(retries, 10)) * (0.75 + spread / 4)
}
