// Data of each release, as its own programs have written it: a plain backup, and what it told of it.
import { readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { makeSecrets } from '@constellation/local/secrets.ts'

/** Nobody's: what is encrypted in the data of releases is made up, too. */
const KEY = '0f'.repeat(32)

export const RELEASES = path.join(import.meta.dirname, 'releases')

/** Those whose database is another one than this checkout's; all of them with `andThis`. */
export function earlierReleases({ andThis = false } = {}): string[] {
  const now = levels((service) => readdirSync(path.join(repositoryRoot, 'db', service)).filter(isMigration).length)
  return inOrder().filter(
    (name) => andThis || levels((service) => manifestOf(name).services[service].migrations.length) !== now,
  )
}

/** What the last one says of its data. */
export function newestRelease(): Manifest {
  return manifestOf(inOrder().at(-1) ?? '')
}

const SERVICES = ['jobs', 'gpus', 'usage'] as const
type Service = (typeof SERVICES)[number]

type Manifest = { services: Record<Service, { migrations: { name: string; sha256: string }[] }> }

function manifestOf(name: string): Manifest {
  return JSON.parse(readFileSync(path.join(RELEASES, name, 'manifest.json'), 'utf8'))
}

/** By version; those that lead to a release come before it. */
function inOrder(): string[] {
  const byNumbers = new Intl.Collator('en', { numeric: true })
  return readdirSync(RELEASES).sort((a, b) => byNumbers.compare(rank(a), rank(b)))
}

function rank(name: string): string {
  return name.includes('-') ? name : `${name}-release`
}

function levels(of: (service: Service) => number): string {
  return SERVICES.map(of).join(' ')
}

function isMigration(file: string): boolean {
  return /^\d{4}_.*\.sql$/.test(file)
}

/** Gives a new home the key that the secrets in the data are encrypted with. */
export async function giveKey(home: string): Promise<void> {
  const secrets = { ...makeSecrets(), jobs: KEY }
  await writeFile(path.join(home, 'secrets.json'), JSON.stringify(secrets), { mode: 0o600 })
}
