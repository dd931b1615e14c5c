// A bucket of object storage, by the few calls of the S3 API that the lake needs.
import { createWriteStream, openAsBlob } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { AwsClient } from 'aws4fetch'

export interface BucketSettings {
  /** Of the bucket, with a path within it if need be: `https://s3.example.com/bucket/lake`. */
  url: string
  region: string
  keyId: string
  secret: string
}

export interface Bucket {
  url: string
  /** Undefined where there is none. */
  readText(key: string): Promise<string | undefined>
  /** @throws Error where there is none */
  download(key: string, path: string): Promise<void>
  upload(key: string, path: string): Promise<void>
  /** With `onlyNew` it gives false, and changes nothing, where there is an object of this name. */
  writeText(key: string, text: string, options?: { onlyNew: boolean }): Promise<boolean>
  /** Removes an object that may be gone already. */
  remove(key: string): Promise<void>
}

/** A call that takes longer is given up, in milliseconds: files are at most some hundred megabytes. */
const LIMIT_MS = 120_000
/** Another writer was there before, or at the same time. */
const NOT_NEW = [409, 412]

export function openBucket({ url, region, keyId, secret }: BucketSettings): Bucket {
  const client = new AwsClient({ accessKeyId: keyId, secretAccessKey: secret, region, service: 's3' })
  const base = url.replace(/\/$/, '')

  async function call(method: string, key: string, body?: Blob | string, headers: Record<string, string> = {}) {
    const address = `${base}/${key.split('/').map(encodeURIComponent).join('/')}`
    const signal = AbortSignal.timeout(LIMIT_MS)
    const answer = await client.fetch(address, { method, headers, signal, ...(body !== undefined && { body }) })
    if (answer.ok || answer.status === 404 || NOT_NEW.includes(answer.status)) return answer
    throw new Error(`The bucket answers ${method} ${key} with ${answer.status}: ${(await answer.text()).slice(0, 300)}`)
  }

  async function put(key: string, body: Blob | string, onlyNew: boolean): Promise<boolean> {
    const answer = await call('PUT', key, body, onlyNew ? { 'if-none-match': '*' } : {})
    await answer.body?.cancel()
    if (answer.ok) return true
    if (onlyNew && NOT_NEW.includes(answer.status)) return false
    throw new Error(`The bucket answers PUT ${key} with ${answer.status}.`)
  }

  return {
    url: base,
    async readText(key) {
      const answer = await call('GET', key)
      const text = await answer.text()
      return answer.ok ? text : undefined
    },
    async download(key, path) {
      const { ok, body } = await call('GET', key)
      if (!ok || !body) throw new Error(`The bucket has no ${key}.`)
      await pipeline(body, createWriteStream(path))
    },
    upload: async (key, path) => void (await put(key, await openAsBlob(path), false)),
    writeText: (key, text, { onlyNew } = { onlyNew: false }) => put(key, text, onlyNew),
    async remove(key) {
      const answer = await call('DELETE', key)
      await answer.body?.cancel()
    },
  }
}
