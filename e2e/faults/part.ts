// Begins one of the stack's programs for the harness: in its own process, with its environment and sources changed.
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { MAINS, type Program } from '@constellation/local/stack/stack-parts.ts'
import pg from 'pg'
import { changeSources } from './change-sources.ts'
import { readSettings, takeOver } from './config.ts'

/**
 * What a part has to do before it runs as it always does. Named by its place in the home of the stack.
 * @public to the files that `writeMain` writes
 */
export async function beginPart(home: string, name: string, program: Program): Promise<void> {
  const { edits, namespace } = readSettings(home, name)
  if (namespace !== undefined) enterNamespace(namespace)
  takeOver(home, name)
  const checkChanged = changeSources(edits)
  for (const client of clients()) armCommits(client, bombOf(home, name))
  await import(pathToFileURL(MAINS[program]).href)
  checkChanged()
}

/** This process begins anew in the namespace, with the same number, input and output; nothing happens where it is in it. */
function enterNamespace(name: string): void {
  const file = `/run/netns/${name}`
  if (statSync('/proc/self/ns/net').ino === statSync(file).ino) return
  process.execve?.(NSENTER, [NSENTER, `--net=${file}`, process.execPath, ...process.argv.slice(1)])
  throw new Error('This Node cannot begin anew as another program.')
}

const NSENTER = '/usr/bin/nsenter'

/** Writes the file that Node runs for a part in place of the stack's own. */
export function writeMain(home: string, name: string, program: Program): string {
  const folder = path.join(home, 'faults')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, `${name}.mjs`)
  const begin = [JSON.stringify(home), JSON.stringify(name), JSON.stringify(program)].join(', ')
  writeFileSync(file, `import { beginPart } from ${JSON.stringify(import.meta.url)}\nawait beginPart(${begin})\n`)
  return file
}

/** While this file is there, the part's next COMMIT kills it, once; it says on which side of the COMMIT. */
export function bombOf(home: string, name: string): Record<Side, string> {
  const file = (side: Side) => path.join(home, 'faults', `${name}.${side}-commit`)
  return { before: file('before'), during: file('during'), after: file('after') }
}

export type Side = 'before' | 'during' | 'after'

/** The clients of PostgreSQL that a program may use: the pool of the services is of MikroORM's own copy of pg. */
function clients(): Set<typeof pg.Client> {
  const ofPlatform = createRequire(import.meta.resolve('@constellation/platform/database/database.ts'))
  const ofMikroOrm = createRequire(ofPlatform.resolve('@mikro-orm/postgresql'))
  const other: typeof pg = ofMikroOrm('pg')
  return new Set([pg.Client, other.Client])
}

const WRITES = /\b(INSERT|UPDATE|DELETE)\b/

function textOf(statement: unknown): string {
  if (typeof statement === 'string') return statement
  const isNamed = typeof statement === 'object' && statement !== null && 'text' in statement
  return isNamed && typeof statement.text === 'string' ? statement.text : ''
}

/** Kills this process around a COMMIT of something written: before it is sent, as it is sent, or when it was answered. */
function armCommits(client: typeof pg.Client, bombs: Record<Side, string>): void {
  const query: (...args: unknown[]) => unknown = Reflect.get(client.prototype, 'query')
  const dieIf = (side: Side) => {
    if (!existsSync(bombs[side])) return
    rmSync(bombs[side], { force: true })
    process.kill(process.pid, 'SIGKILL')
  }
  const writing = new WeakSet<object>()
  const watched = function (this: pg.Client, ...args: unknown[]) {
    const text = textOf(args[0])
    if (text === 'BEGIN') writing.delete(this)
    if (WRITES.test(text)) writing.add(this)
    // Most claims find nothing, and have nothing to commit.
    if (text !== 'COMMIT' || !writing.delete(this)) return query.apply(this, args)
    dieIf('before')
    const answered = query.apply(this, args)
    // It is sent by the next turn at the latest, and then not yet answered.
    if (existsSync(bombs.during)) setImmediate(() => dieIf('during'))
    if (answered instanceof Promise) return answered.finally(() => dieIf('after'))
    return answered
  }
  Object.defineProperty(client.prototype, 'query', { value: watched })
}
