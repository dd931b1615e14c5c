// Starts one PostgreSQL for all test files, with a migrated database to clone from.
import { ensureDatabase } from '@constellation/db/database.ts'
import { migrate } from '@constellation/db/migrate.ts'
import type { TestProject } from 'vitest/node'
import { startPostgres } from '../postgres/postgres.ts'
import { makeSecrets } from '../secrets.ts'
import type {} from '../testing.ts'
import { makeTestHome, removeTestHome, sweepTestHomes } from './test-home.ts'

const TEMPLATE = 'constellation_template'

/** More than the test files that run at once need together. */
const CONNECTIONS = 300

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweepTestHomes()
  const secrets = makeSecrets()
  const home = await makeTestHome()
  try {
    const postgres = await startPostgres({
      home,
      password: secrets.postgresSuperuser,
      log: () => {},
      durable: false,
      maxConnections: CONNECTIONS,
    })
    const end = async () => {
      await postgres.stop()
      await removeTestHome(home)
    }
    try {
      const template = await ensureDatabase(postgres.adminUrl, TEMPLATE)
      await migrate({ adminUrl: template, passwords: secrets.databaseRoles })
    } catch (error) {
      await postgres.stop()
      throw error
    }
    project.provide('postgres', { adminUrl: postgres.adminUrl, template: TEMPLATE, passwords: secrets.databaseRoles })
    return end
  } catch (error) {
    await removeTestHome(home)
    throw error
  }
}
