// Stands in for a service, the gateway or the worker in the stack's own tests; its environment says for which.
import { createServer } from 'node:http'

const { PORT, HOST, JOBS_URL, GPUS_URL, USAGE_URL, GATEWAY_URL, HEALTH_NEEDS_WORKER, EXIT_WITH_PARENT } = process.env
const services = [JOBS_URL, GPUS_URL, USAGE_URL].filter((url) => url !== undefined)

function log(level: number, fields: object): void {
  console.log(JSON.stringify({ level, ...fields }))
}

async function healthOf(url: string): Promise<string> {
  return fetch(`${url}/health`).then(
    ({ status }) => (status === 200 ? 'ok' : `status ${status}`),
    () => 'does not answer',
  )
}

function end(why: string): void {
  log(30, { msg: 'ends', why, at: Number(process.hrtime.bigint()) })
  process.exit(0)
}

log(30, { msg: 'environment', env: process.env })
log(40, { msg: 'a warning', err: { message: 'of no weight' } })
process.once('SIGTERM', () => end('SIGTERM'))
if (EXIT_WITH_PARENT === 'true') process.stdin.resume().once('close', () => end('parent'))

// The worker's first sign of life is what the gateway waits for.
if (GATEWAY_URL) await fetch(`${GATEWAY_URL}/worker`)
let workers = HEALTH_NEEDS_WORKER === 'true' ? 'no worker is online' : 'ok'

if (PORT) {
  createServer(async (request, response) => {
    if (request.url === '/worker') workers = 'ok'
    const parts = await Promise.all(services.map(async (url) => [url, await healthOf(url)] as const))
    parts.push(['workers', workers])
    const ready = parts.every(([, state]) => state === 'ok')
    response.writeHead(ready ? 200 : 503, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ status: ready ? 'ok' : 'unavailable', parts: Object.fromEntries(parts) }))
  }).listen(Number(PORT), HOST)
}
