// How the worker logs in to NATS: as NATS_URL says, or by what came with its last token, which soon ends.
import type { Presented } from './present-token.ts'

export interface NatsLogin {
  /** The URL with the login that holds by now. */
  url(): string
  /** Takes over what came with a new token. */
  take(presented: Presented): void
}

export function keepNatsLogin(natsUrl: string, first: Presented): NatsLogin {
  let present = first.nats
  return {
    url() {
      if (!present) return natsUrl
      const url = new URL(natsUrl)
      url.username = present.user
      url.password = present.password
      return url.href
    },
    take({ nats }) {
      present = nats ?? present
    },
  }
}
