// One POST over a pool of connections, without what undici's `request` adds for bodies of every kind: a stream, its
// reader and a promise for each of its ends are a tenth of what a question to a subgraph costs.
import type { Pool } from 'undici'

interface Reply {
  status: number
  body: string
}

/**
 * Posts to this path and reads the whole answer, within the limits of the pool.
 * @throws Error where there is no whole answer, as undici gives it
 */
export function postBody(pool: Pool, path: string, headers: Record<string, string>, body: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let status = 0
    pool.dispatch(
      { method: 'POST', path, headers, body },
      {
        // Without this one undici refuses the handler.
        onRequestStart() {},
        onResponseStart(_controller, statusCode) {
          status = statusCode
        },
        onResponseData(_controller, chunk) {
          chunks.push(chunk)
        },
        onResponseEnd() {
          resolve({ status, body: textOf(chunks) })
        },
        onResponseError(_controller, error) {
          reject(error)
        },
      },
    )
  })
}

/** Most answers come in one piece. */
function textOf(chunks: readonly Buffer[]): string {
  const [first] = chunks
  return first && chunks.length === 1 ? first.toString() : Buffer.concat(chunks).toString()
}
