// `npm run check:image`: carries out the Dockerfile without Docker, then runs every command of what came of it, as nobody
// and on a tree that cannot be written to, against a real PostgreSQL and NATS, until a job has run.
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { databaseUrl, ensureDatabase } from '@constellation/db/database.ts'
import { serviceUrls } from '@constellation/db/migrate.ts'
import { freePort } from '@constellation/local/free-port.ts'
import { LOCAL_WORKER } from '@constellation/local/nats/nats-permissions.ts'
import { startNats } from '@constellation/local/nats/nats-server.ts'
import { startPostgres } from '@constellation/local/postgres/postgres.ts'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { loadSecrets } from '@constellation/local/secrets.ts'
import { makeTestHome, removeTestHome } from '@constellation/local/testing/test-home.ts'
import { loadIssuer } from '@constellation/local/tokens/keys.ts'
import { mintToken } from '@constellation/local/tokens/token.ts'
import { buildInFolders } from './build-in-folders.ts'
import { readDockerfile } from './dockerfile.ts'
import { runStack } from './run-stack.ts'

const print = (line: string) => console.log(line)

async function main(): Promise<void> {
  const work = mkdtempSync(path.join(tmpdir(), 'constellation-image-'))
  // Whoever runs the image is nobody here.
  chmodSync(work, 0o755)
  const home = await makeTestHome()
  const ends: (() => Promise<unknown>)[] = []
  try {
    const stages = readDockerfile(readFileSync(path.join(repositoryRoot, 'Dockerfile'), 'utf8'))
    const tree = buildInFolders(stages, { root: repositoryRoot, work, print })
    const node = path.join(work, 'node')
    copyFileSync(process.execPath, node)
    const secrets = await loadSecrets(home)
    const postgres = await startPostgres({ home, password: secrets.postgresSuperuser, log: print, durable: false })
    ends.push(postgres.stop)
    const nats = await startNats({ home, keys: secrets.nats, log: print })
    ends.push(nats.stop)
    const issuer = await loadIssuer(home)
    const tokenFor = (subject: string, role: 'admin' | 'worker') =>
      mintToken(issuer, { subject, role, accounts: ['default'], ttlSeconds: 3_600 })
    const adminUrl = await ensureDatabase(postgres.adminUrl, 'image')
    await runStack({
      tree,
      node,
      work,
      adminUrl: databaseUrl(adminUrl, 'image'),
      serviceUrls: serviceUrls(adminUrl, secrets.databaseRoles),
      natsUrls: nats.urls,
      secrets,
      jwks: readFileSync(issuer.jwksFile, 'utf8'),
      tokens: { admin: await tokenFor('admin', 'admin'), worker: await tokenFor(LOCAL_WORKER, 'worker') },
      ports: { gateway: await freePort(), jobs: await freePort(), gpus: await freePort(), usage: await freePort() },
      print,
    })
  } finally {
    for (const end of ends.reverse()) await end()
    await removeTestHome(home)
    rmSync(work, { recursive: true, force: true })
  }
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  },
)
