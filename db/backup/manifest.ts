// What a backup says of itself: `manifest.json`, written last, so that a folder without one is no backup.
import { readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import * as v from 'valibot'
import { SERVICES, type Service } from '../services.ts'

/** Of the layout of the folder. A release that changes it reads the earlier ones, too. */
export const FORMAT = 1

/** Names of PostgreSQL as our migrations write them: they become parts of statements and of paths. */
const identifier = v.pipe(v.string(), v.regex(/^[a-z_][a-z0-9_]{0,62}$/))
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const digits = v.pipe(v.string(), v.regex(/^\d{1,19}$/))

const partition = v.object({
  name: identifier,
  /** As PostgreSQL prints it: `FOR VALUES FROM ('…') TO ('…')`. */
  bounds: v.pipe(v.string(), v.regex(/^FOR VALUES FROM \('[^';]+'\) TO \('[^';]+'\)$/)),
})

const table = v.object({
  name: identifier,
  /** In the order of the file. */
  columns: v.pipe(v.array(identifier), v.minLength(1)),
  /** Those that the service has made itself. */
  partitions: v.array(partition),
  rows: count,
  /** Of the file. */
  bytes: count,
  sha256,
})

const sequence = v.object({ table: identifier, column: identifier, last: digits, called: v.boolean() })

const part = v.object({
  migrations: v.array(v.object({ name: v.pipe(v.string(), v.regex(/^\d{4}_[a-z0-9_]+$/)), sha256 })),
  tables: v.array(table),
  sequences: v.array(sequence),
})

const manifest = v.object({
  format: v.literal(FORMAT, `must be ${FORMAT}: a later release has made it`),
  /** The moment that it is of. */
  madeAt: v.pipe(v.string(), v.isoTimestamp()),
  release: v.string(),
  postgres: v.string(),
  /** What SECRETS_KEY is recognised by; null where whoever made the backup did not have it. */
  secretsKey: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/))),
  compression: v.picklist(['zstd', 'none']),
  services: v.object(Object.fromEntries(SERVICES.map((service) => [service, part])) as Record<Service, typeof part>),
})

export type Manifest = v.InferOutput<typeof manifest>
export type ServicePart = Manifest['services'][Service]
export type TablePart = ServicePart['tables'][number]
export type Compression = Manifest['compression']

/** Where a table's rows are, within the folder. */
export function fileOf(service: Service, table: string, compression: Compression): string {
  return path.join(service, `${table}.copy${compression === 'zstd' ? '.zst' : ''}`)
}

export async function writeManifest(folder: string, content: Manifest): Promise<void> {
  const draft = path.join(folder, 'manifest.json.draft')
  await writeFile(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flush: true })
  await rename(draft, path.join(folder, 'manifest.json'))
}

/** @throws Error where the folder is not a whole backup, or not one that this release can read */
export async function readManifest(folder: string): Promise<Manifest> {
  const file = path.join(folder, 'manifest.json')
  const text = await readFile(file, 'utf8').catch((cause) => {
    throw new Error(`${folder} is no backup, or one that was not finished: it has no manifest.json.`, { cause })
  })
  const result = v.safeParse(manifest, parseJson(file, text))
  if (result.success) return result.output
  const [issue] = result.issues
  throw new Error(`${file} cannot be used: ${v.getDotPath(issue) ?? 'it'}: ${issue.message}.`)
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(`${file} is damaged.`, { cause })
  }
}
