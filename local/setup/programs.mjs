// Finds programs on the PATH.
import { accessSync, constants, statSync } from 'node:fs'
import path from 'node:path'

/**
 * The first of these programs that may be run here.
 * @param {string[]} names names to look for on the PATH, or whole paths
 * @returns {string | undefined}
 */
export function findProgram(...names) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '')
  const candidates = names.flatMap((name) =>
    path.isAbsolute(name) ? [name] : folders.map((folder) => path.join(folder, name)),
  )
  return candidates.find(isProgram)
}

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}
