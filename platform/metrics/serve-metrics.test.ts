import { createServer } from 'node:net'
import { pino } from 'pino'
import { Gauge } from 'prom-client'
import { afterEach, expect, test } from 'vitest'
import { Lifecycle } from '../lifecycle.ts'
import { atScrape, serveMetrics } from './serve-metrics.ts'

const log = pino({ level: 'silent' })
const lifecycle = new Lifecycle(log)
const gauge = new Gauge({ name: 'looked_up', help: 'A figure that is looked up.' })
const url = (await serveMetrics({ HOST: '127.0.0.1', METRICS_PORT: 0 }, log, lifecycle)) ?? ''
let forget = () => {}
afterEach(() => forget())

async function scrape(): Promise<string> {
  return (await fetch(url)).text()
}

test('a figure is looked up when it is asked for, and not again at once', async () => {
  let looks = 0
  forget = atScrape([gauge], () => gauge.set(++looks))
  await scrape()
  expect(await scrape()).toContain('looked_up 1\n')
})

test('a figure that cannot be looked up is left out, and counted', async () => {
  gauge.set(17)
  forget = atScrape([gauge], () => Promise.reject(new Error('The database is away.')))
  const text = await scrape()
  expect(text).not.toMatch(/^looked_up/m)
  expect(text).toMatch(/^constellation_scrape_look_failures_total [1-9]/m)
})

test('nothing else is answered there', async () => {
  expect((await fetch(new URL('/', url))).status).toBe(404)
  expect((await fetch(url, { method: 'POST' })).status).toBe(404)
})

test('without a port nobody listens', async () => {
  expect(await serveMetrics({ HOST: '127.0.0.1' }, log, lifecycle)).toBeUndefined()
})

test('it ends with its process, and its port is free', async () => {
  await lifecycle.stop()
  const port = Number(new URL(url).port)
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  server.close()
})
