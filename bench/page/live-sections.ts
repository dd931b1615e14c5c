// The page under events, in sections of the report.
import { openBrowser } from '@constellation/e2e/browser.ts'
import type { Page } from 'playwright-core'
import type { Section } from '../queue/section.ts'
import { percentile, rounded } from '../queue/statistics.ts'
import { measureFlood, measureLatency, measureWatching, openLive } from './live.ts'
import { type BenchServer, startBenchServer } from './server.ts'

const ROWS = 1_000
const GPUS = 512
const PROBES = 300
const PROBE_PAUSE_MS = 40
const FLOOD_PER_SECOND = 3_000
const SECONDS = 10

type MakeSection = (page: Page, server: BenchServer) => Promise<Section>

/** Each section on a page of its own, against one server. */
export async function withLivePages(sections: readonly MakeSection[]): Promise<Section[]> {
  const server = await startBenchServer({ jobs: ROWS, gpus: GPUS })
  const browser = await openBrowser()
  try {
    const made: Section[] = []
    for (const make of sections) {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
      page.on('pageerror', (error) => console.error(error))
      made.push(await make(page, server))
      console.error(
        made
          .at(-1)
          ?.rows.map((row) => row.join(': '))
          .join('\n'),
      )
      await page.close()
    }
    return made
  } finally {
    await browser.close()
    await server.close()
  }
}

export async function latencySection(page: Page, server: BenchServer): Promise<Section> {
  await openLive(page, server, '/app/jobs', () =>
    page.getByRole('link', { name: 'train-model-3', exact: true }).waitFor(),
  )
  const rows = await growList(page)
  const { latenciesMs, sent } = await measureLatency(page, server, PROBES, PROBE_PAUSE_MS)
  const flood = await measureFlood(page, server, rows, FLOOD_PER_SECOND, SECONDS)
  return {
    title: 'The list of jobs under events',
    method: `The built page in a real browser, against a server that speaks the real protocol: each event is a message of its own, as from the gateway. Latency: from a message's arrival in the browser to the changed document, ${sent} events one at a time, about rows on the screen; rows far from it follow every ten seconds. Load: ${FLOOD_PER_SECOND} events each second for ${SECONDS} s, spread over the rows of the list, which is as long as the page has it grow.`,
    head: ['what', 'figure', 'asked'],
    rows: [
      ['event to document, p50', `${rounded(percentile(latenciesMs, 0.5))} ms`, 'under 5 ms'],
      ['event to document, p95', `${rounded(percentile(latenciesMs, 0.95))} ms`, 'under 20 ms'],
      ['events seen of those sent one at a time', `${latenciesMs.length} of ${sent}`, 'all'],
      ['rows in the document', String(flood.rows), ''],
      ['events that came each second', rounded(flood.perSecond), String(FLOOD_PER_SECOND)],
      ['main thread busy', share(flood.busy), 'under 70 %'],
      ['of that in scripts', share(flood.scripts), ''],
      ['of that in styles and layout', share(flood.layout), ''],
      ['frames each second', rounded(flood.framesPerSecond), ''],
    ],
  }
}

/** Has the list grow for as long as it offers that, and answers with its rows. */
async function growList(page: Page): Promise<number> {
  const rows = page.locator('tbody tr')
  const more = page.getByRole('button', { name: 'Load more' })
  while ((await more.count()) > 0) {
    const before = await rows.count()
    await more.click()
    await page.waitForFunction((least) => document.querySelectorAll('tbody tr').length > least, before)
  }
  // To the first rows again, which are the ones that are timed: what is far from the screen follows every ten seconds.
  await page.evaluate(() => scrollTo(0, 0))
  return rows.count()
}

export async function gpusSection(page: Page, server: BenchServer): Promise<Section> {
  await openLive(page, server, '/app/gpus', () => page.waitForLoadState('networkidle'))
  const load = await measureWatching(page, SECONDS)
  return {
    title: 'The page of GPUs under telemetry',
    method: `${GPUS} GPUs with a sample each second, for ${SECONDS} s.`,
    head: ['what', 'figure', 'asked'],
    rows: [
      ['main thread busy', share(load.busy), 'under 20 %'],
      ['of that in scripts', share(load.scripts), ''],
      ['of that in styles and layout', share(load.layout), ''],
      ['frames each second', rounded(load.framesPerSecond), ''],
    ],
  }
}

function share(value: number): string {
  return `${rounded(value * 100)} %`
}
