import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { metricsFile } from '@constellation/local/home.ts'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { findPrometheus } from '@constellation/local/setup/prometheus.mjs'
import { makeTestHome } from '@constellation/local/testing/test-home.ts'
import { afterAll, expect, test, vi } from 'vitest'
import { runPrometheus } from './run-prometheus.ts'

const program = findPrometheus(repositoryRoot)?.prometheus ?? ''
const home = await makeTestHome()
const server = createServer((_request, response) =>
  response.end('# TYPE constellation_nats_connected gauge\nconstellation_nats_connected 0\n'),
)
afterAll(async () => {
  server.close()
  await rm(home, { recursive: true, force: true })
})

test.skipIf(!program)('Prometheus finds the programs of a stack, and knows what is wrong with them', async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  await writeFile(metricsFile(home), JSON.stringify({ gateway: port }))
  const prometheus = await runPrometheus(program, home)
  const ask = async (path: string) => (await fetch(`${prometheus.url}${path}`)).json()
  try {
    await vi.waitFor(
      async () => {
        const { data } = await ask('/api/v1/alerts')
        expect(data.alerts).toMatchObject([{ labels: { alertname: 'NatsAway', program: 'gateway' }, state: 'pending' }])
      },
      { timeout: 25_000, interval: 500 },
    )
    const { data } = await ask('/api/v1/rules')
    expect(data.groups.map(({ name }: { name: string }) => name)).toContain('constellation-queue')
  } finally {
    await prometheus.stop()
  }
})

test.skipIf(!program)('where no stack has run it says what to do', async () => {
  await rm(metricsFile(home), { force: true })
  await expect(runPrometheus(program, home)).rejects.toThrow('npm start')
})
