// Writes the reference in docs/reference/ from the contracts, the programs' settings and the terminal's own help: part of
// `npm run generate`. It refuses what is not described.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { configurationPage } from './configuration.ts'
import { errorsPage } from './errors.ts'
import { graphPages } from './graph/pages.ts'
import { readGraph } from './graph/read-graph.ts'
import { undescribedInGraph } from './graph/undescribed.ts'
import { indexPage } from './index-page.ts'
import { readContract } from './rest/contract.ts'
import { restPage } from './rest/page.ts'
import { undescribedInContract } from './rest/undescribed.ts'
import { terminalPage } from './terminal.ts'

const target = path.join(import.meta.dirname, '..', 'reference')
const graph = readGraph()
const contract = readContract()

const undescribed = [...undescribedInGraph(graph.api), ...undescribedInContract(contract)]
if (undescribed.length > 0) {
  console.error(`These have no description. Write one in schema/:\n${undescribed.map((one) => `  ${one}`).join('\n')}`)
  process.exit(1)
}

const pages: Readonly<Record<string, string>> = {
  'README.md': indexPage(graph.api, contract),
  ...graphPages(graph),
  'rest.md': restPage(contract),
  'configuration.md': configurationPage(),
  'terminal.md': terminalPage(),
  'errors.md': errorsPage(),
}

rmSync(target, { recursive: true, force: true })
for (const [name, text] of Object.entries(pages)) {
  const file = path.join(target, name)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, text)
}
