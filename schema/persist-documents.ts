// Writes down the documents of our own clients, each under its hash, for the gateway to know: `npm run generate`.
import { globSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { type DocumentNode, parse, print, separateOperations } from 'graphql'
import { documentId, withTypeNames } from './canonical-document.ts'

const root = new URL('..', import.meta.url)

/** Where each client's documents stand. The files of one client share their fragments. */
const PAGE = 'web/src/**/*.graphql'
const OTHERS = ['worker/**/*.graphql', 'terminal/documents/*.graphql', 'gateway/rest/documents.graphql']

const page = operationsIn(PAGE)
const all = [...Object.values(page), ...OTHERS.flatMap((files) => Object.values(operationsIn(files)))]
const texts = all.map((document) => [documentId(document), print(withTypeNames(document))] as const)
await write('schema/generated/documents.json', `${JSON.stringify(Object.fromEntries(texts.toSorted()), null, 2)}\n`)

const ids = Object.entries(page).map(([name, document]) => `  ${name}: '${documentId(document)}',\n`)
await write(
  'web/src/generated/document-ids.ts',
  `/** The hash of each document of the page, by the name of its operation. */\nexport const DOCUMENT_IDS: Readonly<Record<string, string>> = {\n${ids.toSorted().join('')}}\n`,
)

/** Each operation in these files with the fragments that it needs, by its name. */
function operationsIn(files: string): Record<string, DocumentNode> {
  const found = globSync(files, { cwd: root, exclude: (file) => file.includes('node_modules') })
  return separateOperations(
    parse(
      found
        .toSorted()
        .map((file) => readFileSync(new URL(file, root), 'utf8'))
        .join('\n'),
    ),
  )
}

async function write(file: string, text: string): Promise<void> {
  await writeFile(new URL(file, root), text)
}
