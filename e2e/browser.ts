// A browser for the tests of the page.
import { findChromium } from '@constellation/local/setup/chromium.mjs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

/** Where there is none, the page's tests are skipped. */
export const CHROMIUM = findChromium()

/** @throws Error where there is no Chromium */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch(launchOptions())
}

/** How Debian's Chromium is started. @throws Error where there is none */
export function launchOptions(): { executablePath: string; args: string[] } {
  if (!CHROMIUM) throw new Error('There is no Chromium on this machine.')
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update']
  return { executablePath: CHROMIUM, args: [...args, '--disable-sync'] }
}

/**
 * How long a test waits for what the page is to show, in milliseconds. Where several stacks and browsers share two
 * cores, an answer that takes a tenth of a second may take ten; only a test that fails waits so long.
 */
export const PATIENCE_MS = 45_000

/** A page that has nothing in common with others; what fails in it is added to `complaints`. */
export async function openPage(
  browser: Pick<Browser, 'newPage'>,
  complaints: string[],
  options: BrowserContextOptions = {},
): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, ...options })
  page.setDefaultTimeout(PATIENCE_MS)
  collectComplaints(page, complaints)
  return page
}

/** Adds what fails in the page to `complaints`. */
export function collectComplaints(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
}
