#!/usr/bin/env node
// The command in a clone: main.ts by a Node that runs TypeScript as it is. Plain JavaScript, as the machine's own may be
// too old for that; then it is run by the one that npm has installed here.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const MAIN = new URL('main.ts', import.meta.url)
const MAJOR = 24

if (Number(process.versions.node.split('.')[0]) >= MAJOR) {
  // The next call need not read TypeScript again.
  module.enableCompileCache(fileURLToPath(new URL('../.cache/terminal', import.meta.url)))
  await import(MAIN.href)
} else runByInstalledNode()

function runByInstalledNode() {
  const node = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url))
  if (!existsSync(node)) {
    console.error(`constellation needs Node ${MAJOR} in a clone. Run "npm start" once, which installs it.`)
    process.exit(1)
  }
  // The terminal's Ctrl-C reaches the child too, which says what comes of it.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGQUIT'])) process.on(signal, () => undefined)
  const child = spawn(node, [fileURLToPath(MAIN), ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal))
  child.once('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)))
}
