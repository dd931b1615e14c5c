// The page of settings, from what each program reads: names and defaults from the schema, what for from its comments.
import { readFileSync } from 'node:fs'
import { settings as awaits } from '@constellation/db/config.ts'
import { settings as gateway } from '@constellation/gateway/config.ts'
import { settings as gpus } from '@constellation/gpus/config.ts'
import { settings as jobs } from '@constellation/jobs/config.ts'
import { settings as stack } from '@constellation/local/config.ts'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { settings as usage } from '@constellation/usage/config.ts'
import { settings as worker } from '@constellation/worker/config.ts'
import type { GenericSchema } from 'valibot'
import { code, MADE, page, table } from './markdown.ts'
import { valuesOf } from './values-of.ts'

interface Program {
  title: string
  /** The files that have its settings, its own first. */
  files: readonly string[]
  entries: Readonly<Record<string, GenericSchema>>
  intro: string
}

const SHARED = 'platform/config.ts'

const PROGRAMS: readonly Program[] = [
  {
    title: 'npm start',
    files: ['local/config.ts', SHARED],
    entries: stack.entries,
    intro:
      'The stack on one machine makes the settings of its programs by itself, and passes on those of theirs that are set: [the guide](../guide.md#settings-of-npm-start) has a choice of them.',
  },
  { title: 'gateway', files: ['gateway/config.ts', SHARED], entries: gateway.entries, intro: '' },
  { title: 'jobs service', files: ['services/jobs/config.ts', SHARED], entries: jobs.entries, intro: '' },
  { title: 'gpus service', files: ['services/gpus/config.ts', SHARED], entries: gpus.entries, intro: '' },
  { title: 'usage service', files: ['services/usage/config.ts', SHARED], entries: usage.entries, intro: '' },
  {
    title: 'worker',
    files: ['worker/config.ts', 'worker/executors/kubernetes/config.ts', SHARED],
    entries: worker.entries,
    intro: 'What jobs see of it is only PATH, HOME, the locale and the like: above all, none of its credentials.',
  },
  { title: 'npm run migrate', files: ['db/config.ts'], entries: awaits.entries, intro: '' },
]

/** @throws Error that names every setting without a comment */
export function configurationPage(): string {
  const parts = PROGRAMS.map((program) => ({ program, rows: rowsOf(program) }))
  const undescribed = parts.flatMap(({ program, rows }) =>
    rows.filter(([, , , what]) => what === '').map(([name]) => `  ${program.title}: ${name}`),
  )
  if (undescribed.length > 0) throw new Error(`These settings have no comment:\n${undescribed.join('\n')}`)
  return page(
    MADE,
    '# Configuration',
    'Every program reads its settings from the environment once, at its start, and names all that are wrong in one go. A variable that is set to nothing counts as not set. The terminal’s are in [its page](../../terminal/README.md).',
    ...parts.flatMap(({ program, rows }) => [
      `## ${program.title}`,
      program.intro,
      table(['variable', 'default', 'values', ''], rows),
    ]),
  )
}

function rowsOf({ files, entries }: Program): [name: string, byDefault: string, values: string, what: string][] {
  const texts = files.map((file) => readFileSync(`${repositoryRoot}/${file}`, 'utf8'))
  return Object.entries(entries).map(([name, schema]) => {
    const text = texts.find((one) => sourceOf(one, name) !== undefined) ?? ''
    return [code(name), defaultOf(schema, sourceOf(text, name) ?? ''), valuesOf(schema), commentOf(text, name)]
  })
}

/** What stands behind the name, to the next one. */
function sourceOf(text: string, name: string): string | undefined {
  return text.match(new RegExp(`^ {2}${name}: ([\\s\\S]*?),?\\n(?= {2}\\S|\\})`, 'm'))?.[1]
}

/** Only what is written there: what is worked out at the start differs from machine to machine, and is told by its comment. */
function defaultOf(schema: GenericSchema, source: string): string {
  if (!('default' in schema)) return /v\.optional\(/.test(source) ? '' : '**needed**'
  const { default: value } = schema
  return typeof value === 'string' && value !== '' && source.includes(`'${value}'`) ? code(value) : ''
}

/** The comment just before the name. */
function commentOf(text: string, name: string): string {
  const [, comment = ''] = text.match(new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\n {2}${name}:`)) ?? []
  return comment.replaceAll(/\n\s*\* ?/g, ' ').trim()
}
