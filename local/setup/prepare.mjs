// The order of the set-up: finds out what is missing, and does only that.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from './chromium.mjs'
import { tryLock } from './lock.mjs'
import { natsServer } from './nats-server.mjs'
import { packages } from './packages.mjs'
import { page } from './page.mjs'
import { prometheus } from './prometheus.mjs'
import { SetupError, showStep } from './steps.mjs'
import { sweepWorkFolders } from './work-folder.mjs'

/**
 * One part of the set-up. `isNeeded` is quick; `run` says through `note` what it is at.
 * @typedef {object} Step
 * @property {string} title
 * @property {(root: string) => boolean} isNeeded
 * @property {(root: string, note: (text: string) => void) => Promise<string | void>} run resolves to a remark, if any
 */

/** @type {Record<string, Step[]>} what each kind of npm script needs */
const STEPS = {
  install: [packages],
  // Someone who brings a server of their own needs none of ours.
  start: process.env.NATS_URL ? [packages, page] : [packages, page, natsServer],
  test: [packages, page, natsServer, prometheus, chromium],
  observe: [packages, prometheus],
}

/** How often to look whether another set-up of this clone has ended, in milliseconds. */
const LOCK_POLL_MS = 300

/**
 * Does what `args[0]` (start, test or install) needs. Safe to run several times at once, and again
 * after one was killed.
 * @param {string[]} args
 * @returns {Promise<number>} the process's exit code
 */
export async function prepare(args) {
  const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')
  const steps = args.length === 1 ? STEPS[args[0] ?? ''] : undefined
  if (!steps) {
    console.error(`Usage: node local/setup.mjs ${Object.keys(STEPS).join('|')}`)
    return 2
  }
  try {
    if (steps.some((step) => step.isNeeded(root))) await runSteps(root, steps)
    return 0
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    console.error(`\n${error.message}`)
    return 1
  }
}

/** @param {string} root @param {Step[]} steps */
async function runSteps(root, steps) {
  const release = await lockClone(root)
  try {
    sweepWorkFolders(root)
    for (const step of steps) {
      // Looked at again: another set-up may have done it while this one waited.
      if (step.isNeeded(root)) await showStep(step.title, (note) => step.run(root, note))
    }
  } finally {
    release()
  }
}

/** @param {string} root @returns {Promise<() => void>} */
async function lockClone(root) {
  const cache = path.join(root, '.cache')
  mkdirSync(cache, { recursive: true })
  let told = false
  for (;;) {
    const lock = tryLock(path.join(cache, 'setup.lock'))
    if ('release' in lock) return lock.release
    if (!told) console.log(`Another set-up of this clone is at work (process ${lock.holder.pid}); waiting for it.`)
    told = true
    await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS))
  }
}
