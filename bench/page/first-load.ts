// What a browser gets before it shows a page, and how Lighthouse finds that.
import { EVERY_PAGE, visit } from '@constellation/e2e/pages/every-page.ts'
import { weighFirstLoad } from '@constellation/e2e/pages/first-load.ts'
import { judge, type Verdict } from '@constellation/e2e/pages/lighthouse.ts'
import type { Section } from '../queue/section.ts'
import type { SeededStack } from './seeded-stack.ts'

/** JavaScript of the first page alone, gzip, in kB, each built from its source in mid-2026. */
const PEERS = [
  ['KueueViz', 328],
  ['Temporal UI', 366],
  ['Hatchet', 674],
  ['dstack', 1454],
] as const

export async function weightSection({ world, things, browser }: SeededStack): Promise<Section> {
  const rows: string[][] = []
  for (const view of EVERY_PAGE) {
    const page = await browser.context.newPage()
    await visit(world, page, view, things)
    await page.waitForLoadState('networkidle')
    const { bytes, files, requests } = await weighFirstLoad(page)
    await page.close()
    rows.push([view.name, (bytes / 1_000).toFixed(1), String(view.limitKb), String(files.length), String(requests)])
  }
  return {
    title: 'What the first load of each page weighs',
    method:
      'Scripts, styles and the document that a browser with an empty cache has loaded when the page shows its content and the network is quiet, in kB of gzip; the gateway sends brotli, which is less. The others: the JavaScript of their first page alone.',
    head: ['page', 'kB', 'at most', 'files', 'requests in all'],
    rows: [...rows, ...PEERS.map(([name, kb]) => [name, String(kb), '', '', ''])],
  }
}

export async function lighthouseSection({ world, things, browser }: SeededStack): Promise<Section> {
  const rows: string[][] = []
  for (const view of EVERY_PAGE) {
    const url = world.stack.url + view.address(things)
    const others = await judge(browser, url, ['accessibility', 'best-practices'], 'phone')
    const desktop = await median(() => judge(browser, url, ['performance'], 'desktop'))
    const phone = await median(() => judge(browser, url, ['performance'], 'phone'))
    for (const fault of [others, desktop, phone].flatMap(({ faults }) => faults))
      console.error(`${view.name}: ${fault}`)
    const { accessibility, 'best-practices': practices } = others.scores
    const performance = [desktop, phone].map(({ scores }) => scores.performance)
    rows.push([view.name, ...[...performance, accessibility, practices].map(String)])
  }
  return {
    title: 'Lighthouse',
    method:
      'Against the whole stack, signed in, with running jobs. Performance is the median of three loads with simulated throttling, as one load varies with what else the machine does: as on a desktop, and as on a phone of the middle class with slow 4G.',
    head: ['page', 'performance, desktop', 'performance, phone', 'accessibility', 'best practices'],
    rows,
  }
}

/** The one in the middle of three, by its score for performance. */
async function median(judged: () => Promise<Verdict>): Promise<Verdict> {
  const first = await judged()
  const verdicts = [first, await judged(), await judged()]
  verdicts.sort((a, b) => (a.scores.performance ?? 0) - (b.scores.performance ?? 0))
  return verdicts[1] ?? first
}
