// Runs another program to its end and keeps the last of what it said.
import { spawn } from 'node:child_process'

/** How much of a program's output is kept, in characters. */
const KEPT = 16_384

/**
 * Never rejects: a program that could not be started has code 127.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void }} [options]
 * @returns {Promise<{ code: number, output: string }>} `output` is the end of standard output and error together
 */
export function runCommand(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      ...(options.cwd ? { cwd: options.cwd } : {}),
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    /** @param {Buffer} chunk */
    const take = (chunk) => {
      const text = chunk.toString()
      output = (output + text).slice(-KEPT)
      const line = text.trim().split('\n').at(-1)
      if (line) options.onLine?.(line)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('error', (error) => resolve({ code: 127, output: error.message }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
