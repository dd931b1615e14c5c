// The environment of the stack's programs, as the harness takes it over, keeps it and changes it.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as v from 'valibot'

/** A text of one source file that is replaced as the file is loaded. */
export interface Edit {
  /** Where the file lies in the repository. */
  file: string
  find: string
  replace: string
}

const settings = v.object({
  /** Variables over those that the stack gives. */
  env: v.optional(v.record(v.string(), v.string()), {}),
  /** Variables that are URLs, and the host and port that they get in place of their own. */
  hosts: v.optional(v.record(v.string(), v.string()), {}),
  /** The network namespace that it runs in, if not that of the harness. */
  namespace: v.optional(v.string()),
  edits: v.optional(v.array(v.object({ file: v.string(), find: v.string(), replace: v.string() })), []),
})

export type PartSettings = v.InferInput<typeof settings>

const environment = v.record(v.string(), v.string())

/** Writes what `beginPart` reads, for each program that is to have settings. */
export function writeSettings(home: string, program: string, given: PartSettings): void {
  writeWhole(fileOf(home, program, 'settings'), given)
}

/** The settings of a program, in its own process and before anything else of it. */
export function readSettings(home: string, program: string): v.InferOutput<typeof settings> {
  const file = fileOf(home, program, 'settings')
  return v.parse(settings, existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {})
}

/**
 * Called in a program's own process, before the program itself: keeps the environment that the stack gave for the
 * harness to read, and puts the harness's settings over it.
 */
export function takeOver(home: string, program: string): void {
  const given = v.parse(v.record(v.string(), v.optional(v.string())), { ...process.env })
  writeWhole(fileOf(home, program, 'environment'), given)
  const wanted = readSettings(home, program)
  const redirected = Object.entries(wanted.hosts).map(([name, host]) => [name, redirect(given[name] ?? '', host)])
  Object.assign(process.env, wanted.env, Object.fromEntries(redirected))
}

/** The environment that the stack gave to a program, once that was started. @throws Error before that */
export function environmentGiven(home: string, program: string): Record<string, string> {
  return v.parse(environment, JSON.parse(readFileSync(fileOf(home, program, 'environment'), 'utf8')))
}

function redirect(url: string, host: string): string {
  const redirected = new URL(url)
  redirected.host = host
  return redirected.href
}

function fileOf(home: string, program: string, what: string): string {
  const folder = path.join(home, 'faults')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return path.join(folder, `${program}.${what}.json`)
}

function writeWhole(file: string, value: unknown): void {
  const draft = `${file}.${process.pid}.new`
  writeFileSync(draft, JSON.stringify(value), { mode: 0o600 })
  renameSync(draft, file)
}
