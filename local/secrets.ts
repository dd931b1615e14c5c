// The passwords of a local stack, made at its first start and kept in `<home>/secrets.json`.
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Service } from '@constellation/db/services.ts'
import { nkeys } from '@nats-io/transport-node'
import * as v from 'valibot'
import { writeFileAtomically } from './write-file.ts'

const password = v.pipe(v.string(), v.minLength(32))

const key = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))

/** A private key of NATS, of an operator or an account. */
const seed = v.pipe(v.string(), v.regex(/^S[OA][A-Z2-7]{56}$/))

const secrets = v.object({
  postgresSuperuser: password,
  /** One for the role of each service. */
  databaseRoles: v.object({ jobs: password, gpus: password, usage: password } satisfies Record<
    Service,
    typeof password
  >),
  /** What the credentials of NATS are signed with. A home of an earlier release has passwords in their place. */
  nats: v.object({
    operator: v.optional(seed, makeOperator),
    /** Of the account that the house is, of the server's own, and of workers elsewhere, which may do as workers do. */
    account: v.optional(seed, makeAccount),
    system: v.optional(seed, makeAccount),
    workers: v.optional(seed, makeAccount),
  }),
  /** By which a subgraph knows the gateway. */
  gateway: key,
  /** What the secrets of accounts are encrypted with. A home of an earlier release has none yet. */
  jobs: v.optional(key, makeKey),
})

export type Secrets = v.InferOutput<typeof secrets>
export type NatsKeys = Secrets['nats']

/**
 * The home's secrets; the first call makes them, and a later one those that a new release needs.
 * @throws Error where the file is not as it was written
 */
export async function loadSecrets(home: string): Promise<Secrets> {
  const file = path.join(home, 'secrets.json')
  const text = await readFile(file, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return undefined
    throw new Error(`${file} cannot be read.`, { cause: error })
  })
  const loaded = text === undefined ? makeSecrets() : parseSecrets(file, text)
  const whole = `${JSON.stringify(loaded, null, 2)}\n`
  if (whole !== text) await writeFileAtomically(file, whole, 0o600)
  return loaded
}

function parseSecrets(file: string, text: string): Secrets {
  try {
    return v.parse(secrets, JSON.parse(text))
  } catch (cause) {
    throw new Error(`${file} is damaged. Restore it: without it the stack's own data cannot be opened.`, { cause })
  }
}

/** New secrets, each of 32 random bytes. */
export function makeSecrets(): Secrets {
  return {
    postgresSuperuser: makePassword(),
    databaseRoles: { jobs: makePassword(), gpus: makePassword(), usage: makePassword() },
    nats: { operator: makeOperator(), account: makeAccount(), system: makeAccount(), workers: makeAccount() },
    gateway: makeKey(),
    jobs: makeKey(),
  }
}

function makeKey(): string {
  return randomBytes(32).toString('hex')
}

function makeOperator(): string {
  return Buffer.from(nkeys.createOperator().getSeed()).toString()
}

function makeAccount(): string {
  return Buffer.from(nkeys.createAccount().getSeed()).toString()
}

function makePassword(): string {
  return randomBytes(32).toString('base64url')
}
