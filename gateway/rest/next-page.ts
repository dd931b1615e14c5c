// Lists by pages: the address of the next one is in the body's `next_cursor` and in a Link header (RFC 8288).
import type { FastifyReply } from 'fastify'

interface PageInfo {
  hasNextPage: boolean
  endCursor: string | null
}

/** The cursor of the next page, null on the last one; the answer's header says where the page is. */
export function tellNextPage(reply: FastifyReply, { hasNextPage, endCursor }: PageInfo): string | null {
  if (!hasNextPage || endCursor === null) return null
  const [path, query] = reply.request.url.split('?')
  const parameters = new URLSearchParams(query)
  parameters.set('cursor', endCursor)
  reply.header('link', `<${path}?${parameters}>; rel="next"`)
  return endCursor
}
