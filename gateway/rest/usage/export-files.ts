// Files of exports are with the usage service: they go through here as they are read, and are never held.
import { Readable } from 'node:stream'
import { ConstellationError, isErrorCode } from '@constellation/platform/errors.ts'
import type { FastifyReply } from 'fastify'
import { Pool } from 'undici'
import * as v from 'valibot'
import { HttpProblem } from '../problem.ts'

/** What is handed on of its answer. */
const HEADERS = [
  'accept-ranges',
  'cache-control',
  'content-disposition',
  'content-length',
  'content-range',
  'content-type',
  'etag',
  'repr-digest',
]
const CONNECTIONS = 16
const CONNECT_LIMIT_MS = 2_000
/** Until it begins to answer, and between two pieces. */
const ANSWER_LIMIT_MS = 30_000

const refusal = v.object({ code: v.string(), message: v.string() })

export interface ExportFiles {
  /** Answers with the file, or the part of it that `range` says, of whoever has this link. @throws ConstellationError, HttpProblem */
  send(
    reply: FastifyReply,
    id: string,
    link: { expires: string; signature: string },
    range: string | undefined,
  ): Promise<FastifyReply>
  close(): Promise<void>
}

/** The files of the usage service that answers at `url`. */
export function createExportFiles(url: string): ExportFiles {
  const pool = new Pool(url, {
    connections: CONNECTIONS,
    connect: { timeout: CONNECT_LIMIT_MS },
    headersTimeout: ANSWER_LIMIT_MS,
    bodyTimeout: ANSWER_LIMIT_MS,
  })
  return {
    async send(reply, id, link, range) {
      const path = `/exports/${encodeURIComponent(id)}/file?${new URLSearchParams(link)}`
      const { statusCode, headers, body } = await pool
        .request({ method: 'GET', path, headers: range === undefined ? {} : { range } })
        .catch((cause: unknown) => {
          throw new ConstellationError('UNAVAILABLE', 'The usage service does not answer. Try again later.', { cause })
        })
      if (statusCode === 416) {
        await body.dump()
        const contentRange = { 'content-range': String(headers['content-range'] ?? '') }
        throw new HttpProblem(416, 'The file ends before that.', { headers: contentRange })
      }
      if (statusCode !== 200 && statusCode !== 206) throw refusalOf(await body.json().catch(() => undefined))
      for (const name of HEADERS) if (headers[name] !== undefined) reply.header(name, headers[name])
      if (reply.request.method !== 'HEAD') return reply.code(statusCode).send(body)
      // What was asked for is known: the file, which may be large, is not fetched to be thrown away.
      body.on('error', () => {}).destroy()
      return reply.code(statusCode).send(Readable.from([]))
    },
    close: () => pool.close(),
  }
}

function refusalOf(answer: unknown): Error {
  const read = v.safeParse(refusal, answer)
  if (!read.success || !isErrorCode(read.output.code)) return new Error('The usage service answers with no file.')
  return new ConstellationError(read.output.code, read.output.message)
}
