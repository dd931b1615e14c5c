// What a browser gets before a page shows its content.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { repositoryRoot } from '@constellation/local/repository.ts'
import type { Page } from 'playwright-core'

const DIST = path.join(repositoryRoot, 'web', 'dist')

export interface FirstLoad {
  /** Of scripts, styles and the document, in bytes of gzip. */
  bytes: number
  /** The same by file, the heaviest first. */
  files: readonly { name: string; bytes: number }[]
  /** Everything that was asked for, the graph's answers and the icon too. */
  requests: number
}

/** Weighs what the page has loaded so far, as if all was sent with gzip: the gateway sends brotli, which is less. */
export async function weighFirstLoad(page: Page): Promise<FirstLoad> {
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
  const assets = loaded.map((url) => new URL(url).pathname).filter((name) => /^\/app\/.*\.(js|css)$/.test(name))
  const names = ['index.html', ...new Set(assets.map((name) => name.slice('/app/'.length)))]
  const files = await Promise.all(names.map(async (name) => ({ name, bytes: await gzipBytes(name) })))
  return {
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    files: files.toSorted((a, b) => b.bytes - a.bytes),
    requests: loaded.length + 1,
  }
}

async function gzipBytes(name: string): Promise<number> {
  return (await promisify(gzip)(await readFile(path.join(DIST, name)), { level: 9 })).length
}
