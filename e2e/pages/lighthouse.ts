// Google's Lighthouse on the pages, as whoever is signed in in a browser of its own.
import { freePort } from '@constellation/local/free-port.ts'
import lighthouse, { desktopConfig, type RunnerResult } from 'lighthouse'
import { type BrowserContext, chromium } from 'playwright-core'
import { launchOptions } from '../browser.ts'

export interface LighthouseBrowser {
  context: BrowserContext
  /** Where Lighthouse reaches it. */
  port: number
}

export type Category = 'performance' | 'accessibility' | 'best-practices'

export interface Verdict {
  /** From 0 to 100. */
  scores: Readonly<Partial<Record<Category, number>>>
  /** The audits that cost points, with what they say. */
  faults: readonly string[]
}

type LighthouseResult = RunnerResult['lhr']

/** What is not timed needs no picture, no page before it, and no long silence after it: in milliseconds. */
const UNTIMED = {
  disableFullPageScreenshot: true,
  skipAboutBlank: true,
  pauseAfterFcpMs: 0,
  pauseAfterLoadMs: 0,
  networkQuietThresholdMs: 500,
  cpuQuietThresholdMs: 500,
}

/** Its first context is the one whose storage Lighthouse uses. */
export async function openLighthouseBrowser(): Promise<LighthouseBrowser> {
  const port = await freePort()
  const { args, ...options } = launchOptions()
  const context = await chromium.launchPersistentContext('', {
    ...options,
    args: [...args, `--remote-debugging-port=${port}`],
  })
  return { context, port }
}

/** On a busy machine a load is at times not recorded from its beginning: that is not the page's fault. */
const MOST_LOADS = 3

/** Loads the page anew and judges it. `device` also says which of Lighthouse's two simulated networks it comes by. */
export async function judge(
  browser: LighthouseBrowser,
  url: string,
  categories: readonly Category[],
  device: 'phone' | 'desktop',
): Promise<Verdict> {
  let lhr = await load(browser, url, categories, device)
  for (let loads = 1; lhr.runtimeError && loads < MOST_LOADS; loads++)
    lhr = await load(browser, url, categories, device)
  if (lhr.runtimeError) throw new Error(`Lighthouse at ${url}: ${lhr.runtimeError.message}`)
  const score = (category: Category) => Math.round((lhr.categories[category]?.score ?? 0) * 100)
  const weighed = categories.flatMap((category) =>
    (lhr.categories[category]?.auditRefs ?? []).filter(({ weight }) => weight > 0),
  )
  const faults = weighed.flatMap(({ id }) => {
    const audit = lhr.audits[id]
    if (!audit || audit.score === null || audit.score >= 0.9) return []
    return [`${id}: ${audit.title} ${audit.displayValue ?? ''} ${JSON.stringify(audit.details ?? {}).slice(0, 600)}`]
  })
  return { scores: Object.fromEntries(categories.map((each) => [each, score(each)])), faults }
}

async function load(
  { port }: LighthouseBrowser,
  url: string,
  categories: readonly Category[],
  device: 'phone' | 'desktop',
): Promise<LighthouseResult> {
  const result = await lighthouse(
    url,
    {
      port,
      onlyCategories: [...categories],
      output: 'json',
      logLevel: 'error',
      disableStorageReset: true,
      // By its other methods of slowing down, Lighthouse waits for five seconds of silence where this waits for one.
      throttlingMethod: 'simulate',
      ...(categories.includes('performance') ? {} : UNTIMED),
    },
    device === 'desktop' ? desktopConfig : undefined,
  )
  if (!result) throw new Error(`Lighthouse says nothing of ${url}.`)
  return result.lhr
}
