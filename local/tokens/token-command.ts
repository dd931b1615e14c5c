// `npm run token -- --user alice --account team-a --role user --ttl 8h`: prints a token for a person.
import { parseArgs } from 'node:util'
import { principal, ROLES } from '@constellation/platform/identity.ts'
import * as v from 'valibot'
import { readStackConfig } from '../config.ts'
import { makeHome } from '../home.ts'
import { loadIssuer } from './keys.ts'
import { mintToken, type TokenContent } from './token.ts'

const USAGE = `Usage: npm run token -- --user NAME [--account NAME]... [--role ROLE] [--ttl TIME]

  --user      who the token is for
  --account   an account that may pay for this user's jobs; may be given again, the first one is the default
  --role      ${ROLES.join(', ')} (default: user)
  --ttl       how long it holds, such as 30m, 8h or 30d (default: 30d, at most 365d)`

const UNIT_SECONDS = { m: 60, h: 3_600, d: 86_400 } as const
const MOST_SECONDS = 365 * UNIT_SECONDS.d

/**
 * What the arguments ask for.
 * @throws Error whose message says which argument is wrong
 */
export function parseTokenArguments(args: string[]): TokenContent {
  const { values } = parseArgs({
    args,
    options: {
      user: { type: 'string' },
      account: { type: 'string', multiple: true, default: [] },
      role: { type: 'string', default: 'user' },
      ttl: { type: 'string', default: '30d' },
    },
  })
  if (values.user === undefined) throw new Error('--user is missing')
  const { entries } = principal
  return {
    subject: check('--user', entries.id, values.user),
    role: check('--role', v.picklist(ROLES, `must be one of ${ROLES.join(', ')}`), values.role),
    accounts: check('--account', entries.accounts, values.account),
    ttlSeconds: parseTtl(values.ttl),
  }
}

function check<Schema extends v.GenericSchema>(name: string, schema: Schema, value: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value)
  if (result.success) return result.output
  throw new Error(`${name} ${result.issues[0].message}`)
}

function parseTtl(text: string): number {
  const [, digits, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? []
  const factor = unit === 'm' || unit === 'h' || unit === 'd' ? UNIT_SECONDS[unit] : 0
  const seconds = Number(digits) * factor
  if (seconds > 0 && seconds <= MOST_SECONDS) return seconds
  throw new Error(`--ttl must be such as 30m, 8h or 30d, and at most 365d; it is ${JSON.stringify(text)}`)
}

async function main(): Promise<void> {
  const { CONSTELLATION_HOME: home } = readStackConfig()
  const content = parseTokenArguments(process.argv.slice(2))
  await makeHome(home)
  const token = await mintToken(await loadIssuer(home), content)
  process.stdout.write(`${token}\n`)
}

if (import.meta.main) {
  main().catch((error) => {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`)
    process.exitCode = 1
  })
}
