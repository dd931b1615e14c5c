// What the page weighs, how Lighthouse sees it, and what events cost it: `npm run bench:page`. It stops by itself and
// leaves nothing but the report. `-- --live`, `--weight` or `--lighthouse` measure that alone, and write nothing.
import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { watchOthers } from '../queue/cpu.ts'
import { type Section, toMarkdown } from '../queue/section.ts'
import { lighthouseSection, weightSection } from './first-load.ts'
import { gpusSection, latencySection, withLivePages } from './live-sections.ts'
import { withSeededStack } from './seeded-stack.ts'

const REPORT = path.join(import.meta.dirname, '..', 'results', 'page.md')
const PARTS = ['--weight', '--lighthouse', '--live'] as const

await main()

async function main(): Promise<void> {
  const asked = PARTS.filter((part) => process.argv.includes(part))
  const wants = (part: (typeof PARTS)[number]) => asked.length === 0 || asked.includes(part)
  const others = watchOthers()
  const sections: Section[] = []
  if (wants('--live')) sections.push(...(await withLivePages([latencySection, gpusSection])))
  if (wants('--weight') || wants('--lighthouse')) {
    await withSeededStack(async (stack) => {
      if (wants('--weight')) sections.unshift(await weightSection(stack))
      if (wants('--lighthouse')) sections.push(await lighthouseSection(stack))
    })
  }
  const report = [
    '# The page',
    '',
    `Written by \`npm run bench:page\`. ${availableParallelism()} processors, Node ${process.versions.node}, Debian's Chromium without a window. Others used ${Math.round(others() * 100)} % of the machine meanwhile.`,
    '',
    ...sections.map(toMarkdown),
  ].join('\n')
  if (asked.length > 0) return console.log(report)
  await mkdir(path.dirname(REPORT), { recursive: true })
  await writeFile(REPORT, report)
  console.log(`Written to ${path.relative(process.cwd(), REPORT)}`)
}
