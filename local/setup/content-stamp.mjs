// A stamp file tells from which content something was made, so that it is made again only when that changed.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/**
 * The sha256 of the files' names and contents.
 * @param {string} root
 * @param {string[]} files relative to `root`
 */
export function contentHash(root, files) {
  const hash = createHash('sha256')
  for (const file of [...files].sort()) {
    const content = readFileSync(path.join(root, file))
    hash.update(`${file}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/**
 * Every file below `folder`, relative to `root`; folders named in `skip` are left out.
 * @param {string} root
 * @param {string} folder relative to `root`
 * @param {string[]} skip
 * @returns {string[]}
 */
export function filesBelow(root, folder, skip) {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name)
    if (entry.isDirectory()) return skip.includes(entry.name) ? [] : filesBelow(root, name, skip)
    return entry.isFile() ? [name] : []
  })
}

/** @param {string} file @param {string} hash */
export function hasStamp(file, hash) {
  return existsSync(file) && readFileSync(file, 'utf8').trim() === hash
}

/** @param {string} file @param {string} hash */
export function writeStamp(file, hash) {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, `${hash}\n`)
}
