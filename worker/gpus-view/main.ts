// `npm run gpus`: the GPUs and what they do, of the stack that runs here, or else of this machine.
import { parseArgs } from 'node:util'
import { openApi } from '@constellation/terminal/server/api.ts'
import { showLive } from '@constellation/terminal/view/live.ts'
import { remember, type Snapshot } from '@constellation/terminal/view/model.ts'
import { paintFor } from '@constellation/terminal/view/paint.ts'
import { NARROWEST, wholeView } from '@constellation/terminal/view/render.ts'
import type { Source } from '@constellation/terminal/view/source.ts'
import { stackSource } from '@constellation/terminal/view/stack-source.ts'
import { readTerminalConfig } from '../gpu/config.ts'
import { readToken } from '../sign-in/token.ts'
import { machineSource } from './machine-source.ts'

const USAGE = `Usage: npm run gpus -- [--once] [--json] [--gateway URL --token-file FILE]

  --once        prints one table and ends; so does an output that is no terminal
  --json        the same as JSON
  --gateway     a stack elsewhere, with the file of a token for it; by default the stack on this machine, else the
                machine's own GPUs`

async function main(): Promise<Source> {
  const { once, json, gateway, tokenFile } = readArguments(process.argv.slice(2))
  const live = !once && !json && process.stdout.isTTY === true
  const source =
    gateway === undefined
      ? machineSource(readTerminalConfig().NVML_LIBRARY)
      : stackSource(openApi({ url: gateway.replace(/\/+$/, ''), token: () => readToken(tokenFile ?? '') }), live)
  await show(source, { live, json, gateway }).catch(tell)
  return source
}

async function show(source: Source, how: { live: boolean; json: boolean; gateway: string | undefined }): Promise<void> {
  const first = await source.read()
  requireGpus(first, how.gateway)
  if (how.live) await showLive(source, first, { input: process.stdin, output: process.stdout })
  else print(first, how.json)
}

function readArguments(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      once: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      gateway: { type: 'string' },
      'token-file': { type: 'string' },
      // The worker's home is of no use here.
      'worker-home': { type: 'string' },
    },
  })
  const { once, json, gateway, 'token-file': tokenFile } = values
  if (gateway !== undefined && !URL.canParse(gateway)) throw new Error(`--gateway must be a URL; it is ${gateway}`)
  if (gateway !== undefined && tokenFile === undefined) throw new Error('--gateway goes with --token-file')
  return { once, json, gateway, tokenFile }
}

/** @throws Error where there is neither a stack nor a GPU */
function requireGpus({ groups }: Snapshot, gateway: string | undefined): void {
  if (gateway !== undefined || groups.some(({ gpus }) => gpus.length > 0)) return
  const notice = groups.map((group) => group.notice ?? '').join(' ')
  throw new Error(`No stack runs on this machine, and it shows no GPU. ${notice}`.trim())
}

function print(snapshot: Snapshot, json: boolean): void {
  const width = Math.max(NARROWEST, process.stdout.columns ?? 120)
  const lines = json
    ? [JSON.stringify(snapshot, null, 2)]
    : wholeView(snapshot, remember(new Map(), snapshot), width, paintFor(process.stdout))
  process.stdout.write(`${lines.map((line) => line.trimEnd()).join('\n')}\n`)
}

function tell(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  const isUsage = error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  console.error(isUsage || message.startsWith('--') ? `${message}\n\n${USAGE}` : message)
  process.exitCode = 1
}

const source = await main().catch(tell)
// A driver that hangs keeps a thread, and Node would wait for it at its end.
if ((await source?.close()) === false) process.kill(process.pid, 'SIGKILL')
