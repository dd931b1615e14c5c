// One POST over a pool of connections, without what undici's `request` adds for bodies of every kind: a stream, its
// reader and a promise for each of its ends are a tenth of what a question to a subgraph costs.
import type { Pool } from 'undici'

interface Post {
  path: string
  headers: Record<string, string>
  body: string
}

interface Reply {
  status: number
  body: string
}

/**
 * Posts this and reads the whole answer, within the limits of the pool.
 * @throws Error where there is no whole answer, as undici gives it
 */
export async function postBody(pool: Pool, post: Post, gone?: AbortSignal): Promise<Reply> {
  const chunks: Buffer[] = []
  const status = await postForPieces(pool, post, (_, chunk) => chunks.push(chunk), { gone })
  return { status, body: textOf(chunks) }
}

interface Until {
  limitMs?: number
  /** Aborted when nobody waits for the answer any more. */
  gone?: AbortSignal | undefined
}

/**
 * Posts this and tells of the answer piece by piece. Resolves with its status once all of it has come.
 * @throws Error where there is no whole answer within `limitMs` or within the limits of the pool, or where it was called off
 */
export function postForPieces(
  pool: Pool,
  post: Post,
  onPiece: (status: number, piece: Buffer) => void,
  { limitMs, gone }: Until = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    let status = 0
    let limit: NodeJS.Timeout | undefined
    let callOff: (() => void) | undefined
    const end = () => {
      clearTimeout(limit)
      if (callOff) gone?.removeEventListener('abort', callOff)
    }
    pool.dispatch(
      { method: 'POST', ...post },
      {
        onRequestStart(controller) {
          if (limitMs !== undefined) limit = setTimeout(() => controller.abort(tooLate()), limitMs)
          if (!gone) return
          callOff = () => controller.abort(nobodyWaits())
          if (gone.aborted) callOff()
          else gone.addEventListener('abort', callOff)
        },
        onResponseStart(_controller, statusCode) {
          status = statusCode
        },
        onResponseData(_controller, chunk) {
          onPiece(status, chunk)
        },
        onResponseEnd() {
          end()
          resolve(status)
        },
        onResponseError(_controller, error) {
          end()
          reject(error)
        },
      },
    )
  })
}

function nobodyWaits(): Error {
  return new DOMException('Nobody waits for the answer.', 'AbortError')
}

function tooLate(): Error {
  return new DOMException('It takes too long.', 'TimeoutError')
}

/** Most answers come in one piece. */
function textOf(chunks: readonly Buffer[]): string {
  const [first] = chunks
  return first && chunks.length === 1 ? first.toString() : Buffer.concat(chunks).toString()
}
