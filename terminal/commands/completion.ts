import { type Call, oneOf } from '../command.ts'
import { SCRIPTS } from '../completion/scripts.ts'
import { say } from '../view/output.ts'

/** Prints what a shell is to be told, so that it completes our words. */
export async function run(call: Call): Promise<number> {
  const [shell = ''] = call.typed.words
  say(SCRIPTS[oneOf('The shell', shell, ['bash', 'zsh', 'fish'])])
  return 0
}
