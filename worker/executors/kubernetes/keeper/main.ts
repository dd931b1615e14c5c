// The keeper of a run's pod, beside its command: says whether the pod is kept. The kubelet asks it, and ends the command
// when the answer is no, also while the cluster's API server, or the worker, is out of reach. It needs no token and no
// calendar: a mark that the worker changes is enough, and how long ago it changed.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { readKeeperConfig } from './config.ts'
import { watchMark } from './mark.ts'

const LOOK_MS = 1_000

const { KEPT_FILE, KEPT_SECONDS, PORT } = readKeeperConfig()
const isKept = watchMark(
  () => readMark(KEPT_FILE),
  KEPT_SECONDS * 1_000,
  () => performance.now(),
)
setInterval(isKept, LOOK_MS)
const server = createServer((_, response) => response.writeHead(isKept() ? 200 : 503).end())
server.listen(PORT)
process.on('SIGTERM', () => process.exit(0))

function readMark(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // Kubernetes is just putting another in its place, or has not yet.
    return undefined
  }
}
