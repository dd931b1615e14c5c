// What help says. Pure.
import type { Option } from './arguments.ts'
import { COMMON_OPTIONS, type Command } from './command.ts'
import type { Commands } from './commands.ts'
import { EXIT } from './failure.ts'

const GROUPS = {
  Jobs: ['run', 'submit', 'list', 'show', 'why', 'logs', 'cancel', 'rerun'],
  'The queue': ['queue', 'move', 'priority'],
  GPUs: ['gpus', 'cordon', 'drain', 'return'],
  And: ['usage', 'open', 'login', 'logout', 'context', 'whoami', 'completion', 'version'],
}

/** What there is, for who types nothing. */
export function overview(commands: Commands): string {
  const groups = Object.entries(GROUPS).map(([title, names]) =>
    [title, ...names.map((name) => `  ${name.padEnd(11)} ${commands.find(name)?.summary ?? ''}`)].join('\n'),
  )
  return `Usage: constellation COMMAND [OPTION…]

${groups.join('\n\n')}

"constellation help COMMAND" says how each is used. The server is that of "constellation login", of CONSTELLATION_URL and
CONSTELLATION_TOKEN, or the stack that "npm start" runs in this folder.

Exit codes: ${EXIT.done} done, ${EXIT.failed} failed, ${EXIT.usage} wrong usage, ${EXIT.signedOut} not signed in, ${EXIT.refused} refused, ${EXIT.unreachable} server unreachable; of "run", the job's.`
}

export function helpOf(name: string, command: Command): string {
  const { summary, takes, aliases, notes, options, examples } = command
  const parts = [
    `Usage: constellation ${name} [OPTION…]${takes === undefined ? '' : ` ${takes}`}`,
    `${summary[0]?.toUpperCase()}${summary.slice(1)}.${aliases ? ` Also: ${aliases.join(', ')}.` : ''}`,
    ...(Object.keys(options).length === 0 ? [] : [optionLines(options).join('\n')]),
    optionLines(COMMON_OPTIONS).join('\n'),
    ...(notes === undefined ? [] : [notes]),
    ['Examples:', ...examples.map(([line, what]) => `  constellation ${line}\n      ${what}`)].join('\n'),
  ]
  return parts.join('\n\n')
}

function optionLines(options: Readonly<Record<string, Option>>): string[] {
  return Object.entries(options).map(([name, { short, value, many, help }]) => {
    const head = `  ${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`
    const more = many === true ? '; may be given again' : ''
    return head.length > 32 ? `${head}\n${' '.repeat(34)}${help}${more}` : `${head.padEnd(33)} ${help}${more}`
  })
}
