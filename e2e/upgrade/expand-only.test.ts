import path from 'node:path'
import { contractions } from '@constellation/db/expand-only.ts'
import { SERVICES } from '@constellation/db/services.ts'
import { readMigrations } from '@constellation/db/sql-files.ts'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { expect, test } from 'vitest'
import { newestRelease } from './releases.ts'

test('no migration since the last release takes away what its programs use', async () => {
  const { services } = newestRelease()
  const faults = await Promise.all(
    SERVICES.map(async (service) => {
      const files = await readMigrations(path.join(repositoryRoot, 'db', service))
      return files.flatMap((file) => contractions(file, services[service].migrations.length))
    }),
  )
  expect(faults.flat()).toEqual([])
})

test('no migration of the last release was changed since', async () => {
  const { services } = newestRelease()
  for (const service of SERVICES) {
    const files = await readMigrations(path.join(repositoryRoot, 'db', service))
    const released = services[service].migrations
    expect(files.slice(0, released.length)).toMatchObject(released)
  }
})
