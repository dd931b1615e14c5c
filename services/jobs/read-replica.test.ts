import { migrate, serviceUrls } from '@constellation/db/migrate.ts'
import { makeSecrets } from '@constellation/local/secrets.ts'
import { type ReplicatedPostgres, startReplicated } from '@constellation/local/testing-replica.ts'
import { type Database, openDatabase } from '@constellation/platform/database/database.ts'
import { replicaReads } from '@constellation/platform/metrics/service-metrics.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listAuditLog } from './audit/list.ts'
import { createContext } from './context.ts'
import { JobEntity, RunEntity, RunGpuEntity, TemplateEntity } from './entities.ts'
import { eventsOfJob } from './listing/history.ts'
import { countJobs, listJobs } from './listing/list.ts'
import { submitJob } from './submit.ts'
import { admin, alice, log, secretsKey } from './testing.ts'

let servers: ReplicatedPostgres
let database: Database
beforeAll(async () => {
  const secrets = makeSecrets()
  servers = await startReplicated(secrets.postgresSuperuser, async (adminUrl) => {
    await migrate({ adminUrl, passwords: secrets.databaseRoles })
  })
  await servers.startReplica()
  const urlOn = (adminUrl: string) => serviceUrls(adminUrl, secrets.databaseRoles).jobs
  database = await openDatabase(urlOn(servers.primary.adminUrl), {
    schema: 'jobs',
    entities: [JobEntity, RunEntity, RunGpuEntity, TemplateEntity],
    log,
    replicaUrl: urlOn(servers.replicaUrl),
  })
}, 60_000)
afterAll(async () => {
  await database?.close()
  await servers?.stop()
})

test('lists, counts, histories and the audit log are answered by a replica, with what was submitted just before', async () => {
  const said = { changed() {}, queueGrew() {}, lookAtRuns() {}, tokenRevoked() {} }
  const settings = { leaseMs: 45_000, secretsKey, keyKeptMs: 86_400_000, webhooksMayBePrivate: true }
  const as = (who = alice) => createContext(database, said, settings, who)
  const byReplica = async () => {
    const { values } = await replicaReads.get()
    return values.find(({ labels }) => labels.outcome === 'replica')?.value ?? 0
  }
  // One that was behind rests for a while, so how many reads that takes is the machine's affair.
  for (let n = 1; n <= 20 || (await byReplica()) <= 10; n++) {
    const result = await submitJob(as(), { command: ['true'], name: `job ${n}` })
    if ('problems' in result) throw new Error('not accepted')
    const [list, counts, events] = await Promise.all([
      listJobs(as(), {}, 50, null),
      countJobs(as(), {}),
      eventsOfJob(as(), result.job),
    ])
    expect(list.nodes.map(({ name }) => name)).toContain(`job ${n}`)
    expect(counts).toContainEqual({ state: 'QUEUED', count: n })
    expect(events).toMatchObject([{ version: 1 }])
  }
  await listAuditLog(as(admin), null, 10, null)
}, 60_000)
