// The log of an attempt as a file: as it was written, as a terminal would show it, or what was found in it.
import { token } from '../shared/session.ts'
import { type Line, textOf } from './terminal/line.ts'
import { createTerminal } from './terminal/screen.ts'
import { takeOldest, write } from './terminal/terminal.ts'

/** What of the drawn log may still change, and is held back. */
const OPEN = { lines: 500, characters: 2_000_000 }

/** Saves the whole log under a name that tells where it is from. @throws where the server does not give it to its end */
export async function downloadRaw(jobId: string, attempt: number): Promise<void> {
  save(await (await open(jobId, attempt)).blob(), `${jobId}.${attempt}.log`)
}

/** Saves the whole log as plain text, its progress bars and colours drawn. @throws as the other */
export async function downloadDrawn(jobId: string, attempt: number): Promise<void> {
  const { body } = await open(jobId, attempt)
  const terminal = createTerminal()
  const parts: string[] = []
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    write(terminal, { text: read.value, stream: 'STDOUT', at: 0 })
    parts.push(plainText(takeOldest(terminal, OPEN)))
  }
  const last = terminal.lines.at(-1)?.width === 0 ? terminal.lines.slice(0, -1) : terminal.lines
  save(new Blob([...parts, plainText(last)]), `${jobId}.${attempt}.txt`)
}

/** Saves these lines. */
export function downloadLines(lines: readonly Line[], jobId: string, attempt: number): void {
  save(new Blob([plainText(lines)]), `${jobId}.${attempt}.found.txt`)
}

/** Where the whole log is read. */
export function logAddress(jobId: string, attempt: number): string {
  return `/jobs/${jobId}/logs?attempt=${attempt}`
}

async function open(jobId: string, attempt: number): Promise<Response> {
  const answer = await fetch(logAddress(jobId, attempt), {
    headers: { accept: 'text/plain', authorization: `Bearer ${token()}` },
  })
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`)
  return answer
}

function plainText(lines: readonly Line[]): string {
  return lines.map((line) => `${textOf(line)}\n`).join('')
}

function save(content: Blob, name: string): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // Some browsers begin to read it only after this.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
