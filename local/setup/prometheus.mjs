// Finds Prometheus and its promtool, or fetches them into the clone's cache: Debian's package, unpacked and not installed.
import { randomBytes } from 'node:crypto'
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { unpackDebian } from './debian-package.mjs'
import { findProgram } from './programs.mjs'
import { workFolder } from './work-folder.mjs'

const PROGRAMS = ['prometheus', 'promtool']

/** @type {import('./prepare.mjs').Step} */
export const prometheus = {
  title: 'Fetching Prometheus',
  isNeeded: (root) => findPrometheus(root) === undefined && !existsSync(givenUp(root)),
  run: fetchPrometheus,
}

/**
 * Both programs, or undefined where one is missing.
 * @param {string} root
 * @returns {{ prometheus: string, promtool: string } | undefined}
 */
export function findPrometheus(root) {
  const [server, tool] = PROGRAMS.map((name) => findProgram(name, cached(root, name)))
  return server && tool ? { prometheus: server, promtool: tool } : undefined
}

/** @param {string} root @param {string} name */
function cached(root, name) {
  return path.join(root, '.cache', 'prometheus', name)
}

/** There where it could not be had: one is not made to wait for that each time. @param {string} root */
function givenUp(root) {
  return path.join(root, '.cache', 'prometheus-left-out')
}

/** @param {string} root @param {(text: string) => void} note */
async function fetchPrometheus(root, note) {
  const work = workFolder(root)
  try {
    const got = await unpackDebian('prometheus', work, note)
    if ('fault' in got) return leaveOut(root, got.fault)
    for (const name of PROGRAMS) keep(root, name, path.join(work, 'unpacked/usr/bin', name))
    return got.from
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** @param {string} root @param {string} fault */
function leaveOut(root, fault) {
  writeFileSync(givenUp(root), `${fault}\n`)
  return (
    `not possible here (${fault}): the tests of alert rules will be skipped. Put prometheus and promtool on the PATH ` +
    '(https://prometheus.io/download) to have them.'
  )
}

/** Puts a program in the cache in one move, as another process may look for it now. @param {string} root @param {string} name @param {string} program */
function keep(root, name, program) {
  const target = cached(root, name)
  const draft = `${target}.${randomBytes(4).toString('hex')}`
  mkdirSync(path.dirname(target), { recursive: true })
  copyFileSync(program, draft)
  chmodSync(draft, 0o755)
  renameSync(draft, target)
}
