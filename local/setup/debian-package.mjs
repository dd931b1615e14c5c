// A package of the distribution, unpacked without installing it, as any user.
import { mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { findProgram } from './programs.mjs'
import { runCommand } from './run-command.mjs'

/**
 * Unpacks it below `work`, into the folder `unpacked`.
 * @param {string} name
 * @param {string} work
 * @param {(text: string) => void} note
 * @returns {Promise<{ from: string } | { fault: string }>} `from` names the package and its version
 */
export async function unpackDebian(name, work, note) {
  const apt = findProgram('apt-get')
  const dpkg = findProgram('dpkg')
  if (!apt || !dpkg) return { fault: 'this is no Debian or Ubuntu (no apt-get and dpkg)' }
  note(`apt-get download ${name}`)
  const sandbox = ['-o', 'APT::Sandbox::User=']
  let got = await runCommand(apt, [...sandbox, 'download', name], { cwd: work })
  if (got.code !== 0) {
    // The machine's own package lists are empty or old, and only root may renew them: use lists of our own.
    const own = [...sandbox, '-o', `Dir::State::Lists=${work}/lists`, '-o', `Dir::Cache=${work}/cache`]
    mkdirSync(path.join(work, 'lists', 'partial'), { recursive: true })
    mkdirSync(path.join(work, 'cache', 'archives', 'partial'), { recursive: true })
    note('apt-get update, into lists of its own')
    await runCommand(apt, [...own, 'update'], { cwd: work, onLine: note })
    got = await runCommand(apt, [...own, 'download', name], { cwd: work, onLine: note })
  }
  const archive = readdirSync(work).find((file) => file.endsWith('.deb'))
  if (got.code !== 0 || !archive) return { fault: `apt-get: ${lastLine(got.output)}` }
  const unpacked = await runCommand(dpkg, ['-x', archive, 'unpacked'], { cwd: work })
  if (unpacked.code !== 0) return { fault: `dpkg: ${lastLine(unpacked.output)}` }
  return { from: `Debian's package ${archive.split('_')[1] ?? ''}`.trim() }
}

/** @param {string} output */
export function lastLine(output) {
  return output.trim().split('\n').at(-1) ?? ''
}
