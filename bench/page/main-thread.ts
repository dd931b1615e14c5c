// How busy the browser's main thread is.
import type { Page } from 'playwright-core'

export interface Load {
  /** Processor time of the main thread as a share of the time, from 0 to 1, and what of it went into scripts, and into laying out. */
  busy: number
  scripts: number
  layout: number
}

/** Over the time that `during` takes. */
export async function mainThreadLoad(page: Page, during: () => Promise<void>): Promise<Load> {
  const session = await page.context().newCDPSession(page)
  // Processor time: what others do on this machine does not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
    return {
      at: of('Timestamp'),
      task: of('TaskDuration'),
      script: of('ScriptDuration'),
      layout: of('LayoutDuration') + of('RecalcStyleDuration'),
    }
  }
  const before = await read()
  await during()
  const after = await read()
  await session.detach()
  const span = after.at - before.at
  return {
    busy: (after.task - before.task) / span,
    scripts: (after.script - before.script) / span,
    layout: (after.layout - before.layout) / span,
  }
}
