import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { PAGES } from './page-documents.ts'

test('each page that the application loads by itself has a document that asks for it', async () => {
  const application = await readFile(path.join(import.meta.dirname, 'src', 'app.tsx'), 'utf8')
  const addresses = [...application.matchAll(/path="\/([^"]+)" component=\{(\w+)\}/g)].filter(
    ([, , page]) => page !== 'NotFound',
  )
  const loaded = addresses.map(([, address = '', page]) => {
    const module = new RegExp(`const ${page} = lazy\\(\\(\\) => import\\('\\./([^']+)'`).exec(application)?.[1]
    return [address.replace('/:id', '.one'), `src/${module}`]
  })
  expect(Object.fromEntries(loaded)).toEqual(PAGES)
})
