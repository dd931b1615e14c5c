// What `login` keeps: for each name a server, and as whom.
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import * as v from 'valibot'
import { Failure } from '../failure.ts'

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(16_384))
const issuer = v.object({
  issuer: text,
  clientId: text,
  tokenEndpoint: text,
  audience: v.nullable(text),
  /** Gets the next token; null where the issuer gave none. */
  refresh: v.nullable(text),
})
const context = v.object({ url: text, token: text, issuer: v.optional(issuer) })
const kept = v.object({ current: v.nullable(text), contexts: v.record(text, context) })

export type Issuer = v.InferOutput<typeof issuer>
export type Context = v.InferOutput<typeof context>
export type Kept = v.InferOutput<typeof kept>

/** What is kept; nothing where there is no file. @throws Failure where it is no file of ours */
export async function readContexts(file: string): Promise<Kept> {
  const found = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw new Failure('failed', `${file} cannot be read: ${error.message}`, { cause: error })
  })
  if (found === undefined) return { current: null, contexts: {} }
  try {
    return v.parse(kept, JSON.parse(found))
  } catch (cause) {
    throw new Failure('failed', `${file} is not what "constellation login" writes. Remove it and sign in again.`, {
      cause,
    })
  }
}

/** Writes it as a whole or not at all, for its owner alone. */
export async function writeContexts(file: string, contexts: Kept): Promise<void> {
  const folder = path.dirname(file)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}`
  await writeFile(draft, `${JSON.stringify(contexts, null, 2)}\n`, { mode: 0o600 })
  // A file that was there before may have been open to others.
  await chmod(draft, 0o600)
  await rename(draft, file)
}

/** The name under which a server is kept where none is given: its host. */
export function nameFor(url: string): string {
  return new URL(url).host
}
