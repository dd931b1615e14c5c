// `npm run terminal:package -- <folder>`: the command as others install it, one file for Node 20 and later. Then
// `npm pack <folder>`, or `npm publish <folder>`.
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import description from '../package.json' with { type: 'json' }

const FILE = 'constellation.mjs'
/** The first that heeds NO_COLOR of itself, and runs all that the command uses. */
const LEAST_NODE = '20.18'

const [folder] = process.argv.slice(2)
if (folder === undefined) {
  console.error('Name the folder to write the package to: npm run terminal:package -- FOLDER')
  process.exit(2)
}
await makePackage(path.resolve(folder))
console.log(`${FILE} and its package.json are in ${folder}. For another machine: npm pack ${folder}`)

async function makePackage(target: string): Promise<void> {
  await mkdir(target, { recursive: true })
  await build({
    configFile: false,
    root: fileURLToPath(new URL('..', import.meta.url)),
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: 'main.ts',
      target: 'node20',
      outDir: target,
      emptyOutDir: false,
      minify: true,
      rolldownOptions: {
        output: { format: 'es', entryFileNames: FILE, codeSplitting: false, banner: '#!/usr/bin/env node' },
      },
    },
  })
  await chmod(path.join(target, FILE), 0o755)
  const { version, type, description: what } = description
  const published = {
    name: 'constellation-terminal',
    version,
    description: what,
    type,
    bin: { constellation: `./${FILE}` },
    files: [FILE],
    engines: { node: `>=${LEAST_NODE}` },
  }
  await writeFile(path.join(target, 'package.json'), `${JSON.stringify(published, null, 2)}\n`)
}
