// Installs the npm packages exactly as package-lock.json has them, and with them the Node that runs the services.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { hasStamp, writeStamp } from './content-stamp.mjs'
import { runCommand } from './run-command.mjs'
import { checkRuntime, nodeForNpm, servicesNode } from './runtime.mjs'
import { SetupError } from './steps.mjs'

/** Tells which dependencies are installed. */
const STAMP = 'node_modules/.constellation-setup'

/** There from the beginning of an install to its good end: packages may be half unpacked. */
const UNFINISHED = '.cache/install-unfinished'

/** What npm writes last. */
const NPM_RECORD = 'node_modules/.package-lock.json'

/**
 * `npm install` and not `npm ci`, which refuses a lock file without the optional packages of other
 * platforms, and a registry need not have those. `--no-save` leaves the lock file as it is. Scripts
 * stay off: none is needed, and nothing from outside runs as it is unpacked.
 */
const NPM_ARGUMENTS = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']

/** How much of npm's complaint is shown, in lines. */
const SHOWN_LINES = 20

/** @type {import('./prepare.mjs').Step} */
export const packages = {
  title: 'Installing the npm packages',
  isNeeded: (root) => !hasStamp(path.join(root, STAMP), dependenciesHash(root)) || servicesNode(root) === undefined,
  run: install,
}

/** @param {string} root @param {(text: string) => void} note */
async function install(root, note) {
  const hash = dependenciesHash(root)
  const node = await nodeForNpm(root, note)
  try {
    clearHalfInstalled(root, note)
    writeStamp(path.join(root, UNFINISHED), hash)
    await runNpm(root, node, note)
    const version = await checkRuntime(root)
    writeStamp(path.join(root, STAMP), hash)
    rmSync(path.join(root, UNFINISHED))
    return `Node ${version}`
  } finally {
    if (node) rmSync(node, { recursive: true, force: true })
  }
}

/** @param {string} root @param {string | undefined} folder of the Node to run it with @param {(text: string) => void} note */
async function runNpm(root, folder, note) {
  note('npm install')
  const PATH = [folder, process.env.PATH].filter(Boolean).join(path.delimiter)
  const { code, output } = await runCommand('npm', NPM_ARGUMENTS, {
    cwd: root,
    env: { ...process.env, PATH },
    onLine: note,
  })
  if (code === 0) return
  throw new SetupError(`npm install failed (exit code ${code}):\n\n${complaint(output)}\n\n${advice(output)}`)
}

/** npm takes a package of which only a part was unpacked for a whole one. @param {string} root @param {(text: string) => void} note */
function clearHalfInstalled(root, note) {
  const modules = path.join(root, 'node_modules')
  if (!existsSync(path.join(root, UNFINISHED)) && (existsSync(path.join(root, NPM_RECORD)) || !existsSync(modules)))
    return
  note('removing what an install that was cut short has left')
  const lock = readFileSync(path.join(root, 'package-lock.json'), 'utf8')
  for (const folder of ['', ...workspaces(lock)]) {
    rmSync(path.join(root, folder, 'node_modules'), { recursive: true, force: true })
  }
}

/** What the packages depend on; a change of a script is no reason to install again. @param {string} root */
function dependenciesHash(root) {
  const lock = readFileSync(path.join(root, 'package-lock.json'), 'utf8')
  const hash = createHash('sha256').update(lock)
  for (const folder of ['', ...workspaces(lock)]) {
    const file = path.join(root, folder, 'package.json')
    const { name, workspaces, dependencies, devDependencies, optionalDependencies } = JSON.parse(
      readFileSync(file, 'utf8'),
    )
    hash.update(JSON.stringify([folder, name, workspaces, dependencies, devDependencies, optionalDependencies]))
  }
  return hash.digest('hex')
}

/** @param {string} lock @returns {string[]} the folders, those that are gone left out (npm ci says what is wrong then) */
function workspaces(lock) {
  return Object.entries(JSON.parse(lock).packages ?? {})
    .filter(([folder, entry]) => folder.startsWith('node_modules/') && /** @type {{ link?: boolean }} */ (entry).link)
    .map(([, entry]) => /** @type {{ resolved: string }} */ (entry).resolved)
    .sort()
}

/** What npm said, without its page of usage. @param {string} output */
function complaint(output) {
  const lines = output.split('\n').map((line) => line.replace(/^npm error ?/, '').trimEnd())
  const usage = lines.findIndex((line) => /^(Clean install a project|Usage:|A complete log)/.test(line))
  return lines
    .slice(0, usage < 0 ? undefined : usage)
    .filter(Boolean)
    .slice(0, SHOWN_LINES)
    .join('\n')
}

/** What to do about npm's failure. @param {string} output */
function advice(output) {
  if (/ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|network/i.test(output)) {
    return 'The npm registry does not answer. Check the network and, behind a proxy, `npm config get registry` and `npm config get proxy`; then try again.'
  }
  if (/ENOSPC/.test(output)) return 'The disk is full. The packages need about 1 GB; make room and try again.'
  if (/EACCES|EPERM|EROFS/.test(output)) {
    return 'npm may not write here. Give this folder, node_modules and ~/.npm to your user (an earlier run as root may own them), and try again.'
  }
  if (/EINTEGRITY/.test(output))
    return 'A package is not what the lock file says. `npm cache clean --force`, and try again.'
  return 'Try again; if it fails in the same way, the lines above say why.'
}
