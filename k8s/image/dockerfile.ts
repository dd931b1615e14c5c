// Reads a Dockerfile as far as ours goes: stages, and the instructions of each.

export interface Instruction {
  /** In capitals. */
  keyword: string
  /** Continued lines are one; build arguments are put in. */
  text: string
  line: number
}

export interface Stage {
  name: string
  /** Of what it is made: another stage, or an image. */
  from: string
  instructions: Instruction[]
}

/** @throws Error for an instruction before the first stage, other than ARG */
export function readDockerfile(text: string): Stage[] {
  const stages: Stage[] = []
  const args = new Map<string, string>()
  for (const instruction of instructionsOf(text)) {
    const filled = { ...instruction, text: fillIn(instruction.text, args) }
    if (filled.keyword === 'ARG') {
      const [name = '', value = ''] = filled.text.split('=')
      args.set(name, value)
    } else if (filled.keyword === 'FROM') {
      const [, from = '', name = ''] = /^(\S+)(?:\s+AS\s+(\S+))?$/i.exec(filled.text) ?? []
      stages.push({ name, from, instructions: [] })
    } else {
      const stage = stages.at(-1)
      if (!stage) throw new Error(`Dockerfile:${filled.line}: ${filled.keyword} comes before FROM.`)
      stage.instructions.push(filled)
    }
  }
  return stages
}

export interface Copy {
  /** The stage that it is taken from, or the folder that is built. */
  from: string | undefined
  sources: string[]
  target: string
}

/** What a COPY does. */
export function readCopy({ text }: Instruction): Copy {
  const words = text.split(/\s+/)
  const flags = words.filter((word) => word.startsWith('--'))
  const paths = words.filter((word) => !word.startsWith('--'))
  const from = flags.find((flag) => flag.startsWith('--from='))?.slice('--from='.length)
  return { from, sources: paths.slice(0, -1), target: paths.at(-1) ?? '' }
}

function* instructionsOf(text: string): Generator<Instruction> {
  let begun: Instruction | undefined
  for (const [index, raw] of text.split('\n').entries()) {
    const content = raw.trim()
    if (content === '' || content.startsWith('#')) continue
    const goesOn = content.endsWith('\\')
    const piece = goesOn ? content.slice(0, -1).trim() : content
    if (begun) begun.text += ` ${piece}`
    else {
      const [keyword = ''] = piece.split(/\s/, 1)
      begun = { keyword: keyword.toUpperCase(), text: piece.slice(keyword.length).trim(), line: index + 1 }
    }
    if (goesOn) continue
    yield begun
    begun = undefined
  }
}

function fillIn(text: string, args: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{(\w+)\}/g, (whole, name) => args.get(name) ?? whole)
}
