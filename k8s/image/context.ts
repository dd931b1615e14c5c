// The files that a build of the image sees: those of the repository that .dockerignore lets through.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Whether .dockerignore keeps a path out: the last pattern that fits it, or a folder that it lies in, decides. */
export function createIgnore(text: string): (file: string) => boolean {
  const patterns = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ keeps: line.startsWith('!'), pattern: patternOf(line.replace(/^!/, '')) }))
  return (file) => {
    const parts = file.split('/')
    const within = parts.map((_, index) => parts.slice(0, index + 1).join('/'))
    const last = patterns.findLast(({ pattern }) => within.some((part) => pattern.test(part)))
    return last !== undefined && !last.keeps
  }
}

/** As Docker reads it: a star is anything within a name, also at its beginning a dot. */
function patternOf(glob: string): RegExp {
  const pieces = glob.split(/(\*\*\/|\*)/).map((piece) => {
    if (piece === '**/') return '(?:.*/)?'
    return piece === '*' ? '[^/]*' : piece.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${pieces.join('')}$`)
}

/** The files below `root` that a build sees, relative to it. */
export function contextFiles(root: string): string[] {
  const isIgnored = createIgnore(readFileSync(path.join(root, '.dockerignore'), 'utf8'))
  const found: string[] = []
  const look = (folder: string) => {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const file = path.posix.join(folder, entry.name)
      // Links and what lies in these are never part of it.
      if (entry.name === 'node_modules' || entry.name === '.git') continue
      if (entry.isDirectory()) look(file)
      else if (!isIgnored(file)) found.push(file)
    }
  }
  look('.')
  return found.map((file) => file.replace(/^\.\//, '')).sort()
}

/** Those of `files` that a source of a COPY names: a file, or all of a folder. */
export function filesOfSource(files: readonly string[], source: string): string[] {
  const clean = source.replace(/\/$/, '')
  return files.filter((file) => file === clean || file.startsWith(`${clean}/`))
}
