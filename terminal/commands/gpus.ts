import { type Call, has } from '../command.ts'
import { misused } from '../failure.ts'
import { showLive } from '../view/live.ts'
import { remember } from '../view/model.ts'
import { paint, say, sayJson, sayJsonLine } from '../view/output.ts'
import { NARROWEST, wholeView } from '../view/render.ts'
import type { Source } from '../view/source.ts'
import { stackSource } from '../view/stack-source.ts'

/** Every GPU, who holds it and what it does; once, or until one quits. */
export async function run(call: Call): Promise<number> {
  const watch = has(call, 'watch')
  if (watch && !call.json && !process.stdout.isTTY) throw misused('--watch needs a terminal, or --json.')
  const source = stackSource(await call.open(), watch)
  try {
    const first = await source.read()
    if (watch && call.json) await tellOn(source)
    else if (watch) await showLive(source, first, { input: process.stdin, output: process.stdout })
    else if (call.json) sayJson(first)
    else {
      const width = Math.max(NARROWEST, process.stdout.columns ?? 120)
      for (const line of wholeView(first, remember(new Map(), first), width, paint)) say(line.trimEnd())
    }
  } finally {
    await source.close()
  }
  return 0
}

const PERIOD_MS = 1_000

/** A line of JSON each second, until it is interrupted or nobody reads. */
async function tellOn(source: Source): Promise<never> {
  for (;;) {
    sayJsonLine(await source.read())
    await new Promise((resolve) => setTimeout(resolve, PERIOD_MS))
  }
}
