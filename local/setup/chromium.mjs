// The browser that the page's test drives: Debian's Chromium, installed where that may be done.
import { findProgram } from './programs.mjs'
import { runCommand } from './run-command.mjs'

/** @type {import('./prepare.mjs').Step} */
export const chromium = {
  title: 'Installing Chromium for the browser test',
  isNeeded: () => findChromium() === undefined,
  run: install,
}

/** Chromium's program, or undefined where there is none. */
export function findChromium() {
  return findProgram('/usr/bin/chromium', 'chromium', 'chromium-browser', 'google-chrome')
}

/** @param {string} _root @param {(text: string) => void} note */
async function install(_root, note) {
  const apt = findProgram('apt-get')
  if (!apt || process.getuid?.() !== 0) {
    return 'not possible here (it needs root and apt-get): the browser test will be skipped. Install chromium to have it.'
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const args = ['install', '-y', '--no-install-recommends', 'chromium']
  const first = await runCommand(apt, args, { env, onLine: note })
  if (first.code === 0) return undefined
  note('apt-get update')
  await runCommand(apt, ['update'], { env, onLine: note })
  const second = await runCommand(apt, args, { env, onLine: note })
  if (second.code === 0) return undefined
  const reason = second.output.trim().split('\n').at(-1)
  return `apt-get could not (${reason}): the browser test will be skipped.`
}
