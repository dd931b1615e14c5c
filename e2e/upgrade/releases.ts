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
  return readdirSync(RELEASES)
    .sort()
    .filter((release) => {
      const { services } = JSON.parse(readFileSync(path.join(RELEASES, release, 'manifest.json'), 'utf8'))
      return andThis || levels((service) => services[service].migrations.length) !== now
    })
}

function levels(of: (service: string) => number): string {
  return ['jobs', 'gpus', 'usage'].map(of).join(' ')
}

function isMigration(file: string): boolean {
  return /^\d{4}_.*\.sql$/.test(file)
}

/** Gives a new home the key that the secrets in the data are encrypted with. */
export async function giveKey(home: string): Promise<void> {
  const secrets = { ...makeSecrets(), jobs: KEY }
  await writeFile(path.join(home, 'secrets.json'), JSON.stringify(secrets), { mode: 0o600 })
}
