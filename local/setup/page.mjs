// Builds the web page when what it is made from has changed.
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { contentHash, filesBelow, hasStamp, writeStamp } from './content-stamp.mjs'
import { runCommand } from './run-command.mjs'
import { servicesNode } from './runtime.mjs'
import { SetupError } from './steps.mjs'

/** How much of a failed build's output is shown, in lines. */
const SHOWN_LINES = 30

/** In the folder that Vite empties first: a build that was killed leaves no stamp. */
const STAMP = 'web/dist/.built-from'

/** @type {import('./prepare.mjs').Step} */
export const page = {
  title: 'Building the web page',
  isNeeded: (root) => !hasStamp(path.join(root, STAMP), sourceHash(root)),
  run: build,
}

/** @param {string} root @param {(text: string) => void} note */
async function build(root, note) {
  if (!existsSync(path.join(root, 'web', 'index.html'))) return 'there is no web/index.html, so no page'
  const hash = sourceHash(root)
  const { code, output } = await runCommand(
    servicesNode(root) ?? process.execPath,
    [viteProgram(root), 'build', 'web'],
    {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production' },
      onLine: note,
    },
  )
  if (code !== 0) throw new SetupError(`The page does not build (exit code ${code}):\n\n${shortened(output)}`)
  writeStamp(path.join(root, STAMP), hash)
  return undefined
}

/** @param {string} output */
function shortened(output) {
  const lines = output.trim().split('\n')
  return lines.length > SHOWN_LINES ? [...lines.slice(0, SHOWN_LINES), '…'].join('\n') : lines.join('\n')
}

/** @param {string} root */
function sourceHash(root) {
  const schema = filesBelow(root, 'schema', ['node_modules', 'generated']).filter((file) => file.endsWith('.graphql'))
  return contentHash(root, [...filesBelow(root, 'web', ['node_modules', 'dist']), ...schema, 'package-lock.json'])
}

/** @param {string} root */
function viteProgram(root) {
  const manifest = createRequire(path.join(root, 'web', 'package.json')).resolve('vite/package.json')
  return path.join(path.dirname(manifest), JSON.parse(readFileSync(manifest, 'utf8')).bin.vite)
}
