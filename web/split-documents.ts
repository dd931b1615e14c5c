import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Plugin } from 'vite'

const GENERATED = path.join(import.meta.dirname, 'src', 'generated', 'documents.ts')
const OF_ONE = `${GENERATED}?document=`
const IDS = path.join(import.meta.dirname, 'src', 'generated', 'document-ids.ts')

/** It is asked for before the page has its documents. */
const FIRST = 'Viewer'

/** `import { JobsDocument, type Job } from '../generated/documents.ts'`, and what is between its braces. */
const IMPORT = /import\s*\{([^}]*)\}\s*from\s*'([^']*\/generated\/documents\.ts)'/g

/**
 * Gives each of the page's chunks the GraphQL documents that it uses, with their hashes, where the generated modules
 * would give all of them to the first one that is loaded.
 */
export function splitDocuments(): Plugin {
  return {
    name: 'split-documents',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (id.startsWith(GENERATED) || !code.includes('/generated/documents.ts')) return null
      return { code: code.replaceAll(IMPORT, (_, names: string) => importsOfEach(names)), map: null }
    },
    resolveId: (id) => (id.startsWith(OF_ONE) ? id : null),
    async load(id) {
      if (id === IDS) return `export const DOCUMENT_IDS = { ${FIRST}: ${idIn(await readFile(IDS, 'utf8'), FIRST)} }`
      if (!id.startsWith(OF_ONE)) return null
      const name = id.slice(OF_ONE.length)
      const value = documentIn(await readFile(GENERATED, 'utf8'), name)
      if (value === undefined) throw new Error(`${GENERATED} has no ${name}.`)
      const operation = name.replace(/Document$/, '')
      const hash = idIn(await readFile(IDS, 'utf8'), operation)
      return { code: `export const ${name} = ${value}${registration(operation, hash)}`, moduleType: 'js' }
    },
  }
}

/** One import for each document; what else the module has are types, which are nothing once it is built. */
function importsOfEach(names: string): string {
  const documents = names.split(',').flatMap(
    (name) =>
      name
        .trim()
        .match(/^\w+(Document|FragmentDoc)$/)
        ?.slice(0, 1) ?? [],
  )
  return documents.map((name) => `import { ${name} } from ${JSON.stringify(OF_ONE + name)}`).join(';')
}

/** Each document brings its hash: all of them together do not shrink, and are most of what a page would load in vain. */
function registration(operation: string, hash: string | undefined): string {
  if (hash === undefined) return '' // A fragment.
  return `\nimport { DOCUMENT_IDS } from ${JSON.stringify(IDS)}\nDOCUMENT_IDS.${operation} = ${hash}`
}

function idIn(text: string, operation: string): string | undefined {
  return text.match(new RegExp(`^ {2}${operation}:\\s*('\\w+'),$`, 'm'))?.[1]
}

/** The generator writes each document on a line of its own. */
function documentIn(text: string, name: string): string | undefined {
  return text.match(new RegExp(`^export const ${name} = (\\{.*\\}) as unknown as `, 'm'))?.[1]
}
