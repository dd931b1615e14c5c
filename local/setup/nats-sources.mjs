// Where nats-server comes from: the distribution's package, else the official release.
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { filesBelow } from './content-stamp.mjs'
import { lastLine, unpackDebian } from './debian-package.mjs'
import { runCommand } from './run-command.mjs'

/** The official release, with the checksums that its own container image pins (Linux) or its release page has (macOS). */
const RELEASE = {
  version: 'v2.14.3',
  /** @type {Record<string, string | undefined>} sha256 of the archive, by platform */
  sha256: {
    'linux-amd64': 'f3d0c820c749f81d717310fb00d4903919e70e3e66b268bd352a088b9788eb93',
    'linux-arm64': '1759b6a0ddebade9471b7c02891dfaa8c73b526c6f3ce391d4e21ec3eceffab8',
    'darwin-arm64': 'e086395457a7a93a440433a446c9f161f917d35c0374640555123e8d8d4b7fe9',
  },
}

/** How long the official release may take to come, in milliseconds. */
const DOWNLOAD_LIMIT_MS = 300_000

/** @typedef {{ program: string, from: string } | { fault: string }} Fetched */

/**
 * The distribution's package, unpacked without installing it, as any user.
 * @param {string} work
 * @param {(text: string) => void} note
 * @returns {Promise<Fetched>}
 */
export async function fromDebian(work, note) {
  const got = await unpackDebian('nats-server', work, note)
  return 'fault' in got ? got : programIn(work, got.from)
}

/**
 * @param {string} work
 * @param {(text: string) => void} note
 * @returns {Promise<Fetched>}
 */
export async function fromRelease(work, note) {
  const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`
  const sha256 = RELEASE.sha256[platform]
  if (!sha256) return { fault: `no official release is pinned for ${platform}` }
  const file = `nats-server-${RELEASE.version}-${platform}.tar.gz`
  const address = `https://github.com/nats-io/nats-server/releases/download/${RELEASE.version}/${file}`
  note(`downloading ${file}`)
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(DOWNLOAD_LIMIT_MS) })
    if (!response.ok) return { fault: `${address} answered ${response.status}` }
    const archive = Buffer.from(await response.arrayBuffer())
    const found = createHash('sha256').update(archive).digest('hex')
    if (found !== sha256) return { fault: `${file} is not the pinned one: its sha256 is ${found}` }
    writeFileSync(path.join(work, file), archive)
  } catch (error) {
    return { fault: `${address}: ${reason(error)}` }
  }
  mkdirSync(path.join(work, 'unpacked'), { recursive: true })
  const unpacked = await runCommand('tar', ['-xzf', file, '-C', 'unpacked'], { cwd: work })
  if (unpacked.code !== 0) return { fault: `tar: ${lastLine(unpacked.output)}` }
  return programIn(work, `the official release ${RELEASE.version}`)
}

/** @param {string} work @param {string} from @returns {Fetched} */
function programIn(work, from) {
  const file = filesBelow(work, 'unpacked', []).find((name) =>
    /bin\/nats-server$|v[\d.]+-[^/]+\/nats-server$/.test(name),
  )
  return file ? { program: path.join(work, file), from } : { fault: `there is no nats-server in ${from}` }
}

/** @param {unknown} error */
function reason(error) {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
}
