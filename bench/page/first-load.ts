// What a browser gets before it shows a page, and how Lighthouse finds that.
import { EVERY_PAGE, visit } from '@constellation/e2e/pages/every-page.ts'
import { weighFirstLoad } from '@constellation/e2e/pages/first-load.ts'
import { judge } from '@constellation/e2e/pages/lighthouse.ts'
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
    const phone = await judge(browser, url, ['performance', 'accessibility', 'best-practices'], 'phone')
    const desktop = await judge(browser, url, ['performance'], 'desktop')
    for (const fault of [...phone.faults, ...desktop.faults]) console.error(`${view.name}: ${fault}`)
    const { performance, accessibility, 'best-practices': practices } = phone.scores
    rows.push([view.name, ...[desktop.scores.performance, performance, accessibility, practices].map(String)])
  }
  return {
    title: 'Lighthouse',
    method:
      'Against the whole stack, signed in, with running jobs. Performance with simulated throttling: as on a desktop, and as on a phone of the middle class with slow 4G.',
    head: ['page', 'performance, desktop', 'performance, phone', 'accessibility', 'best practices'],
    rows,
  }
}
