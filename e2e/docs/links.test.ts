import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { expect, test } from 'vitest'
import { anchors, documents, links, npmScripts, read } from './read-markdown.ts'

const all = documents()

test('every link of a document leads to a file, and to a heading of it', () => {
  const broken = all.flatMap((document) =>
    links(read(document)).flatMap((target) => {
      const [file = '', anchor] = target.split('#')
      const place = file === '' ? document : path.join(path.dirname(document), file)
      if (!existsSync(path.join(repositoryRoot, place))) return [`${document}: ${target}`]
      const isThere = anchor === undefined || !place.endsWith('.md') || anchors(read(place)).has(anchor)
      return isThere ? [] : [`${document}: ${target}`]
    }),
  )
  expect(broken).toEqual([])
})

test('every script of npm that a document names is there', () => {
  const { scripts } = JSON.parse(readFileSync(path.join(repositoryRoot, 'package.json'), 'utf8'))
  const unknown = all.flatMap((document) =>
    npmScripts(read(document)).flatMap((name) => (name in scripts ? [] : [`${document}: npm run ${name}`])),
  )
  expect(unknown).toEqual([])
})
