import { cloneDatabase } from '@constellation/local/testing.ts'
import { expect, test } from 'vitest'
import { createLogger } from '../log.ts'
import { openDatabase } from './database.ts'

const open = (url: string) => openDatabase(url, { schema: 'public', entities: [], log: createLogger('test', 'silent') })

test('a URL that asks for TLS is not connected without', async () => {
  const database = await cloneDatabase()
  await expect(open(`${database.urls.jobs}?sslmode=verify-full`)).rejects.toThrow('does not support SSL')
  await database.drop()
})
