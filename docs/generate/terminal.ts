// The page of the terminal, from what its commands say of themselves. Pure.
import type { Option } from '@constellation/terminal/arguments.ts'
import { COMMON_OPTIONS, type Command } from '@constellation/terminal/command.ts'
import { commands } from '@constellation/terminal/commands.ts'
import { EXIT } from '@constellation/terminal/failure.ts'
import { anchorOf, block, code, MADE, page, table } from './markdown.ts'

const WHAT: Readonly<Record<keyof typeof EXIT, string>> = {
  done: 'done; of `run`, the job ended with exit code 0',
  failed: 'failed for another reason',
  usage: 'wrong usage: the message says which option',
  signedOut: 'nobody is signed in, or the token is not valid',
  refused: 'refused: not allowed, not there, or an input that is wrong',
  unreachable: 'the server is not reached, or does not answer',
  interrupted: 'ended by Ctrl-C',
}

export function terminalPage(): string {
  const names = commands.names()
  const each = names.map((name) => ({ name, command: commands.find(name) }))
  return page(
    MADE,
    '# The terminal',
    'The command `constellation`; `constellation help COMMAND` says the same. [The guide](../guide.md#the-terminal) has it beside those of Slurm and Docker.',
    table(
      ['command', ''],
      each.map(({ name, command }) => [`[${code(name)}](#${anchorOf(name)})`, command?.summary ?? '']),
    ),
    '## Options of every command',
    optionTable(COMMON_OPTIONS),
    '## Exit codes',
    table(
      ['code', ''],
      Object.entries(EXIT).map(([name, code]) => [String(code), WHAT[name as keyof typeof EXIT]]),
    ),
    'Of `run`, once the job has ended: the job’s own; 128 and the number of the signal that ended it.',
    ...each.flatMap(({ name, command }) => (command ? commandParts(name, command) : [])),
  )
}

function commandParts(name: string, { summary, takes, aliases, options, notes, examples }: Command): string[] {
  const also = aliases ? ` Also: ${aliases.map(code).join(', ')}.` : ''
  return [
    `## ${name}`,
    `${summary[0]?.toUpperCase()}${summary.slice(1)}.${also}`,
    block('text', `constellation ${name} [OPTION…]${takes === undefined ? '' : ` ${takes}`}`),
    Object.keys(options).length > 0 ? optionTable(options) : '',
    notes?.replaceAll('\n', ' ') ?? '',
    table(
      ['example', ''],
      examples.map(([line, what]) => [code(`constellation ${line}`), what]),
    ),
  ]
}

function optionTable(options: Readonly<Record<string, Option>>): string {
  return table(
    ['option', ''],
    Object.entries(options).map(([name, { short, value, many, help }]) => [
      `${short === undefined ? '' : `${code(`-${short}`)}, `}${code(`--${name}${value === undefined ? '' : ` ${value}`}`)}`,
      `${help}${many === true ? '; may be given again' : ''}`,
    ]),
  )
}
