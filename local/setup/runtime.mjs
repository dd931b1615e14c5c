// The Node that runs the services, and the one that runs npm to install it.
import { createHash } from 'node:crypto'
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { runCommand } from './run-command.mjs'
import { SetupError } from './steps.mjs'
import { workFolder } from './work-folder.mjs'

/** The services' Node, and the machines for which npm has it. */
const MAJOR = 24
const SUPPORTED = 'Linux with glibc on x64 or arm64'

const RUNNING_MAJOR = Number(process.versions.node.split('.')[0])

/**
 * The Node that runs the services: the one that npm installs, else this one where it is recent enough.
 * @param {string} root
 */
export function servicesNode(root) {
  const packaged = path.join(root, 'node_modules', '.bin', 'node')
  if (existsSync(packaged)) return packaged
  return RUNNING_MAJOR >= MAJOR ? process.execPath : undefined
}

/** @param {string} root @returns {Promise<string>} the version of the services' Node */
export async function checkRuntime(root) {
  const node = servicesNode(root)
  if (!node) throw noRuntime('has none')
  const { code, output } = await runCommand(node, ['--version'])
  if (code !== 0) throw noRuntime(`does not run: ${output.trim()}`)
  return output.trim().replace(/^v/, '')
}

/**
 * A folder with a `node` for npm, or undefined where the present one will do. npm leaves out optional
 * packages which say that they need a later Node than the one it runs on, and it may replace the one in
 * node_modules while that runs. The caller removes the folder.
 * @param {string} root
 * @param {(text: string) => void} note
 * @returns {Promise<string | undefined>}
 */
export async function nodeForNpm(root, note) {
  if (RUNNING_MAJOR >= MAJOR && !process.execPath.startsWith(path.join(root, 'node_modules') + path.sep))
    return undefined
  const folder = workFolder(root)
  if (RUNNING_MAJOR >= MAJOR) copyFileSync(process.execPath, path.join(folder, 'node'))
  else await fetchNode(root, folder, note)
  chmodSync(path.join(folder, 'node'), 0o755)
  return folder
}

/** Unpacks npm's Node, if it is the one of the lock file. @param {string} root @param {string} folder @param {(text: string) => void} note */
async function fetchNode(root, folder, note) {
  const { name, version, integrity } = runtimePackage(root)
  note(`fetching Node ${version} to install with`)
  const work = path.join(folder, 'package')
  mkdirSync(work)
  const packed = await runCommand('npm', ['pack', `${name}@${version}`, '--loglevel=error'], { cwd: work })
  const archive = readdirSync(work).find((file) => file.endsWith('.tgz'))
  if (packed.code !== 0 || !archive) throw new SetupError(`npm has no ${name}@${version}:\n\n${packed.output.trim()}`)
  const found = `sha512-${createHash('sha512')
    .update(readFileSync(path.join(work, archive)))
    .digest('base64')}`
  if (found !== integrity) throw new SetupError(`${name}@${version} is not what the lock file says: ${found}`)
  const unpacked = await runCommand('tar', ['-xzf', archive, 'package/bin/node'], { cwd: work })
  if (unpacked.code !== 0) throw new SetupError(`Node cannot be unpacked: ${unpacked.output.trim()}`)
  copyFileSync(path.join(work, 'package', 'bin', 'node'), path.join(folder, 'node'))
  rmSync(work, { recursive: true })
}

/** @param {string} root @returns {{ name: string, version: string, integrity: string }} */
function runtimePackage(root) {
  const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'))
  const names = Object.keys(packages[''].optionalDependencies ?? {})
  const name = names.find((each) => each.startsWith('node-') && each.endsWith(`-${process.platform}-${process.arch}`))
  const entry = name && packages[`node_modules/${name}`]
  if (!name || !entry) throw noRuntime('has none')
  return { name, version: entry.version, integrity: entry.integrity }
}

/** @param {string} fault */
function noRuntime(fault) {
  return new SetupError(
    `The services need Node ${MAJOR}, which npm has for ${SUPPORTED}; on this machine (${process.platform}, ${process.arch}) it ${fault}.\n` +
      `Install Node ${MAJOR} or later here and try again.`,
  )
}
