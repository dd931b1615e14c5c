// What is measured inside the browser: when a message comes, and when the document shows it.
import type { Page } from 'playwright-core'

/** A job's name in the messages that are timed, with a number behind. */
export const PROBE = 'probe'

declare global {
  interface Window {
    probed: { messages: number; frames: number; latenciesMs: number[] }
  }
}

/** To be called before the page is opened. */
export async function installProbe(page: Page): Promise<void> {
  await page.addInitScript((probe) => {
    const arrived = new Map<string, number>()
    const pattern = new RegExp(`${probe} \\d+`)
    window.probed = { messages: 0, frames: 0, latenciesMs: [] }

    const Native = window.WebSocket
    window.WebSocket = class extends Native {
      override set onmessage(listener: ((event: MessageEvent) => void) | null) {
        super.onmessage = (event: MessageEvent) => {
          const at = performance.now()
          window.probed.messages += 1
          const name = pattern.exec(event.data)?.[0]
          if (name !== undefined) arrived.set(name, at)
          listener?.(event)
        }
      }
    }

    const look = (mutations: MutationRecord[]) => {
      const now = performance.now()
      for (const { target } of mutations) {
        const name = pattern.exec(target.textContent ?? '')?.[0]
        const at = name === undefined ? undefined : arrived.get(name)
        if (name === undefined || at === undefined) continue
        arrived.delete(name)
        window.probed.latenciesMs.push(now - at)
      }
    }
    const options = { subtree: true, childList: true, characterData: true }
    document.addEventListener('DOMContentLoaded', () => new MutationObserver(look).observe(document.body, options))
    const count = () => {
      window.probed.frames += 1
      requestAnimationFrame(count)
    }
    requestAnimationFrame(count)
  }, PROBE)
}

export function readProbe(page: Page): Promise<Window['probed']> {
  return page.evaluate(() => window.probed)
}
