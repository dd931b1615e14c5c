// What can be seen of the Dockerfile without carrying it out.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { repositoryRoot } from '@constellation/local/repository.ts'
import type { Fault } from '../check/resources.ts'
import { contextFiles, filesOfSource } from './context.ts'
import { type Instruction, readCopy, readDockerfile, type Stage } from './dockerfile.ts'
import { COMMANDS } from './entry.ts'

/** `text` in place of the Dockerfile that is there. */
export function checkImage(text = readFileSync(path.join(repositoryRoot, 'Dockerfile'), 'utf8')): Fault[] {
  const stages = readDockerfile(text)
  const files = contextFiles(repositoryRoot)
  const last = stages.at(-1)
  return [
    ...stages.flatMap((stage) => ofStage(stage, stages, files)),
    ...(last ? ofLast(last) : []),
    ...ofWorkspaces(stages, files),
    ...ofCommands(last, files),
  ]
}

const fault = (rule: string, where: string, what: string): Fault => ({ rule, where, what })

function ofStage({ from, instructions }: Stage, stages: readonly Stage[], files: readonly string[]): Fault[] {
  const isStage = (name: string) => stages.some((stage) => stage.name === name)
  const [, tag] = /:([^/:]+)$/.exec(from) ?? []
  const faults: Fault[] = []
  if (!isStage(from) && (tag === undefined || !/^\d+\.\d+\.\d+-.*slim$/.test(tag)))
    faults.push(fault('base image', 'Dockerfile', `${from} is no exact version on glibc, or more than it needs`))
  for (const instruction of instructions) {
    const where = `Dockerfile:${instruction.line}`
    if (instruction.keyword === 'ADD') faults.push(fault('ADD', where, 'COPY does not unpack or fetch'))
    if (instruction.keyword === 'RUN' && /npm (i|install)\b/.test(instruction.text))
      faults.push(fault('lock file', where, 'only npm ci installs what was tried'))
    if (
      instruction.keyword === 'RUN' &&
      /npm ci/.test(instruction.text) &&
      !instruction.text.includes('--ignore-scripts')
    )
      faults.push(fault('scripts', where, 'scripts of packages would run'))
    if (instruction.keyword === 'COPY') faults.push(...ofCopy(instruction, where, isStage, files))
  }
  return faults
}

function ofCopy(
  instruction: Instruction,
  where: string,
  isStage: (name: string) => boolean,
  files: readonly string[],
): Fault[] {
  const { from, sources, target } = readCopy(instruction)
  if (from !== undefined) return isStage(from) ? [] : [fault('COPY', where, `there is no stage ${from}`)]
  if (sources.length > 1 && !target.endsWith('/')) return [fault('COPY', where, `${target} is no folder`)]
  return sources
    .filter((source) => filesOfSource(files, source).length === 0)
    .map((source) => fault('COPY', where, `${source} is not there, or .dockerignore keeps it out`))
}

function ofLast({ instructions }: Stage): Fault[] {
  const user = instructions.findLast(({ keyword }) => keyword === 'USER')
  const entry = instructions.findLast(({ keyword }) => keyword === 'ENTRYPOINT')
  const faults: Fault[] = []
  if (!user || !/^[1-9]\d*:[1-9]\d*$/.test(user.text))
    faults.push(fault('root', 'Dockerfile', 'its user is no number, or root'))
  if (!entry?.text.startsWith('['))
    faults.push(fault('ENTRYPOINT', 'Dockerfile', 'a shell would stand before it, and hear its signals'))
  return faults
}

/** npm ci refuses a lock file some of whose workspaces are missing. */
function ofWorkspaces(stages: readonly Stage[], files: readonly string[]): Fault[] {
  const copied = stages.flatMap(({ instructions }) =>
    instructions.filter(({ keyword }) => keyword === 'COPY').flatMap((instruction) => readCopy(instruction).sources),
  )
  const { packages }: { packages: Record<string, unknown> } = JSON.parse(
    readFileSync(path.join(repositoryRoot, 'package-lock.json'), 'utf8'),
  )
  return Object.keys(packages)
    .filter((folder) => folder !== '' && !folder.includes('node_modules'))
    .map((folder) => `${folder}/package.json`)
    .filter((file) => !copied.includes(file) || !files.includes(file))
    .map((file) => fault('workspace', 'Dockerfile', `${file} is not copied`))
}

function ofCommands(last: Stage | undefined, files: readonly string[]): Fault[] {
  const sources =
    last?.instructions.filter(({ keyword }) => keyword === 'COPY').flatMap((each) => readCopy(each).sources) ?? []
  const inImage = new Set(sources.flatMap((source) => filesOfSource(files, source)))
  return Object.entries(COMMANDS)
    .filter(([, file]) => !inImage.has(file) || !existsSync(path.join(repositoryRoot, file)))
    .map(([command, file]) => fault('command', 'Dockerfile', `${command} runs ${file}, which is not in the image`))
}
