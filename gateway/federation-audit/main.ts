// `npm run suite:federation -- <folder of the audit> [--write]`: the federation gateway audit against this gateway.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createLogger } from '@constellation/platform/log.ts'
import { scoreOf, withScore } from './report.ts'
import { runAudit } from './run-audit.ts'

const HOW = `The audit is not part of this repository, nor of a registry. Fetch it, install it, and name its folder:

  git clone https://github.com/graphql-hive/federation-gateway-audit
  npm install --prefix federation-gateway-audit
  npm run suite:federation -- ./federation-gateway-audit

--write puts the score into docs/suites.md.`
const PAGE = fileURLToPath(new URL('../../docs/suites.md', import.meta.url))
const START_LIMIT_MS = 60_000

const { positionals, values } = parseArgs({ allowPositionals: true, options: { write: { type: 'boolean' } } })
const [folder] = positionals
if (folder === undefined || !existsSync(path.join(folder, 'src', 'cli.ts'))) {
  console.error(folder === undefined ? HOW : `There is no audit in ${folder}.\n\n${HOW}`)
  process.exit(2)
}
if (!existsSync(path.join(folder, 'node_modules', 'tsx'))) {
  console.error(`The audit in ${folder} is not installed.\n\n${HOW}`)
  process.exit(2)
}

const port = await freePort()
const server = startServer(path.resolve(folder), port)
const scratch = await mkdtemp(path.join(tmpdir(), 'constellation-federation-'))
try {
  await answers(`http://localhost:${port}/ids`, server)
  const results = await runAudit({
    url: `http://localhost:${port}`,
    folder: scratch,
    log: createLogger('gateway', 'silent'),
    onResult: ({ suite, faults }) => console.log(`${faults.map((fault) => (fault ? 'X' : '.')).join('')} ${suite}`),
  })
  const score = scoreOf(results)
  for (const { name, fault } of score.failed) console.log(`\n${name}: ${fault}`)
  console.log(`\n${score.held} of ${score.cases} cases hold, in ${results.length} suites.`)
  if (values.write) await writeFile(PAGE, withScore(await readFile(PAGE, 'utf8'), score, results.length))
} finally {
  server.kill('SIGKILL')
  await rm(scratch, { recursive: true })
}

function startServer(cwd: string, at: number): ChildProcess {
  const args = ['--import', 'tsx', 'src/cli.ts', 'serve', '--port', String(at)]
  return spawn(process.execPath, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS
  for (;;) {
    const status = await fetch(url).then((answer) => answer.status, String)
    if (status === 200) return
    if (child.exitCode !== null) throw new Error('The audit’s server has ended: see above.')
    if (Date.now() > deadline) throw new Error(`The audit’s server does not answer at ${url}: ${status}.`)
    await delay(100)
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
