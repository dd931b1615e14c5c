// Does what the Dockerfile says without Docker: a stage is a folder, and its instructions are carried out there. What it
// cannot do is the base image itself.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { contextFiles, filesOfSource } from './context.ts'
import { type Instruction, readCopy, type Stage } from './dockerfile.ts'

/** Where the image has it all. */
const HOME = '/app'

interface Build {
  root: string
  /** Where the folders of the stages are made. */
  work: string
  print(line: string): void
}

/** Builds all stages. Returns the folder of the last. @throws Error where an instruction fails or is none that we know */
export function buildInFolders(stages: readonly Stage[], { root, work, print }: Build): string {
  const files = contextFiles(root)
  const folders = new Map<string, string>()
  let last = ''
  for (const [index, stage] of stages.entries()) {
    last = path.join(work, stage.name || `stage-${index}`)
    mkdirSync(last, { recursive: true, mode: 0o755 })
    const base = folders.get(stage.from)
    if (base) copyFolder(base, last)
    folders.set(stage.name, last)
    for (const instruction of stage.instructions) {
      if (instruction.keyword === 'COPY') copy(instruction, last, { root, files, folders })
      if (instruction.keyword === 'RUN') run(instruction, last, print)
    }
  }
  return last
}

function copy(
  instruction: Instruction,
  folder: string,
  { root, files, folders }: { root: string; files: readonly string[]; folders: ReadonlyMap<string, string> },
): void {
  const { from, sources, target } = readCopy(instruction)
  const to = path.join(folder, target)
  if (from !== undefined) {
    const stage = folders.get(from)
    if (!stage) throw new Error(`Dockerfile:${instruction.line}: there is no stage ${from}.`)
    for (const source of sources) {
      copyFolder(path.join(stage, path.relative(HOME, source)), to)
    }
    return
  }
  for (const source of sources) {
    for (const file of filesOfSource(files, source)) {
      const isFile = file === source
      const place =
        isFile && target.endsWith('/') ? path.join(to, path.basename(file)) : path.join(to, path.relative(source, file))
      cpSync(path.join(root, file), place, { recursive: true })
    }
  }
}

/** With its links as they are; much quicker than Node does it. */
function copyFolder(from: string, to: string): void {
  mkdirSync(to, { recursive: true, mode: 0o755 })
  const { status, stderr } = spawnSync('cp', ['-a', '--reflink=auto', `${from}/.`, to], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`cp ended with code ${status}: ${stderr}`)
}

function run({ text, line }: Instruction, folder: string, print: (line: string) => void): void {
  const began = performance.now()
  const { status, stderr, stdout } = spawnSync('sh', ['-ec', text], { cwd: folder, encoding: 'utf8' })
  if (status !== 0) throw new Error(`Dockerfile:${line}: RUN ended with code ${status}:\n${stderr || stdout}`)
  print(`RUN of line ${line}: ${((performance.now() - began) / 1000).toFixed(1)} s`)
}
