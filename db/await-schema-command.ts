// `node db/await-schema-command.ts jobs`: ends when the database of DATABASE_URL is migrated for that service.
import * as v from 'valibot'
import { awaitSchema } from './await-schema.ts'
import { readAwaitConfig } from './config.ts'
import { SERVICES } from './services.ts'

const service = v.picklist(SERVICES, `name a service: ${SERVICES.join(', ')}`)

async function main(): Promise<void> {
  const ending = new AbortController()
  process.once('SIGTERM', () => ending.abort(new Error('It was told to end.')))
  const { DATABASE_URL: url } = readAwaitConfig()
  const tell = (reason: string) => console.log(`Waiting: ${reason}.`)
  await awaitSchema({ service: v.parse(service, process.argv.at(-1)), url, tell, signal: ending.signal })
  console.log('The database is as this release expects it.')
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
