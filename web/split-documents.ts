import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Plugin } from 'vite'

const GENERATED = path.join(import.meta.dirname, 'src', 'generated', 'documents.ts')
const OF_ONE = `${GENERATED}?document=`

/** `import { JobsDocument, type Job } from '../generated/documents.ts'`, and what is between its braces. */
const IMPORT = /import\s*\{([^}]*)\}\s*from\s*'([^']*\/generated\/documents\.ts)'/g

/**
 * Gives each of the page's chunks the GraphQL documents that it uses, where the generated module would give all of
 * them to the first one that is loaded.
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
      if (!id.startsWith(OF_ONE)) return null
      const name = id.slice(OF_ONE.length)
      const value = documentIn(await readFile(GENERATED, 'utf8'), name)
      if (value === undefined) throw new Error(`${GENERATED} has no ${name}.`)
      return { code: `export const ${name} = ${value}`, moduleType: 'js', moduleSideEffects: false }
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

/** The generator writes each document on a line of its own. */
function documentIn(text: string, name: string): string | undefined {
  return text.match(new RegExp(`^export const ${name} = (\\{.*\\}) as unknown as `, 'm'))?.[1]
}
