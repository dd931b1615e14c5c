// A file of the ledger goes to whoever has a link to it. Parts of it too, so that a download that broke off goes on.
import { createReadStream } from 'node:fs'
import { query } from '@constellation/platform/database/database.ts'
import { ConstellationError, httpStatus } from '@constellation/platform/errors.ts'
import { isUuid } from '@constellation/platform/ids.ts'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Pool } from 'pg'
import * as v from 'valibot'
import type { Bucket } from '../lake/bucket.ts'
import { EXPORT, type ExportRow } from './export-row.ts'
import { fetchFile, fileOf } from './files.ts'
import { FORMS } from './formats.ts'
import { readRange } from './read-range.ts'
import type { CheckLink } from './sign-link.ts'

interface Options {
  pool: Pool
  /** Of the lake. */
  directory: string
  /** Where files of other processes are. */
  bucket?: Bucket | undefined
  check: CheckLink
}

const request = v.object({
  params: v.object({ id: v.string() }),
  query: v.object({ expires: v.string(), signature: v.string() }),
})

/** Answers `/exports/{id}/file`, for the gateway to hand on: who has asked, the link itself says. */
export function serveFiles(app: FastifyInstance, { pool, directory, bucket, check }: Options): void {
  app.get('/exports/:id/file', async ({ params, query: asked, headers }, reply) => {
    try {
      const found = await find(pool, check, { params, query: asked })
      return send(reply, await fetchFile(directory, bucket, fileOf(found)), found, headers.range)
    } catch (error) {
      if (!(error instanceof ConstellationError)) throw error
      return reply.code(httpStatus(error.code)).send({ code: error.code, message: error.message })
    }
  })
}

/** @throws ConstellationError FORBIDDEN, GONE */
async function find(pool: Pool, check: CheckLink, asked: unknown): Promise<ExportRow> {
  const given = v.safeParse(request, asked)
  const refused = new ConstellationError(
    'FORBIDDEN',
    'This link does not hold: ask for the export again, for a new one.',
  )
  if (!given.success) throw refused
  const { params, query: link } = given.output
  if (!isUuid(params.id) || !check(params.id, link.expires, link.signature)) throw refused
  const [row] = await query<ExportRow>(
    pool,
    'export-to-send',
    `SELECT ${EXPORT} FROM exports WHERE id = $1 AND state = 'DONE' AND expires_at > now()`,
    [params.id],
  )
  if (!row) throw new ConstellationError('GONE', 'This file is kept no longer.')
  return row
}

function send(reply: FastifyReply, path: string, row: ExportRow, wanted: string | undefined): FastifyReply {
  const { extension, type } = FORMS[row.format]
  const size = Number(row.bytes)
  const part = readRange(wanted, size)
  reply.headers({
    'content-type': type,
    'content-disposition': `attachment; filename="usage-${row.id}.${extension}"`,
    'accept-ranges': 'bytes',
    etag: `"${row.sha256}"`,
    'repr-digest': `sha-256=:${Buffer.from(row.sha256 ?? '', 'hex').toString('base64')}:`,
    'cache-control': 'private, no-store',
  })
  if (part === 'none') return reply.code(416).header('content-range', `bytes */${size}`).send()
  const { from, to } = part ?? { from: 0, to: size - 1 }
  if (part) reply.code(206).header('content-range', `bytes ${from}-${to}/${size}`)
  return reply.header('content-length', to - from + 1).send(createReadStream(path, { start: from, end: to }))
}
