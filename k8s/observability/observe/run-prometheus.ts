// Prometheus beside a local stack, with our rules.
import { type ChildProcess, spawn } from 'node:child_process'
import { unwatchFile, watchFile } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { freePort } from '@constellation/local/free-port.ts'
import { metricsFile } from '@constellation/local/home.ts'
import * as v from 'valibot'
import { ruleFiles } from '../expressions.ts'
import { toConfig, toTargets } from './prometheus-config.ts'

const ports = v.record(v.string(), v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)))
const READY_LIMIT_MS = 30_000
const LOOK_MS = 200
/** A stack that was started again has other ports: seen after this, in milliseconds. */
const WATCH_MS = 2_000

export interface RunningPrometheus {
  url: string
  /** Resolves when it has ended, by itself or by `stop`. */
  ended: Promise<void>
  stop(): Promise<void>
}

/**
 * Starts it with its data below the stack's home, and resolves when it answers.
 * @throws Error where no stack has run in this home, or Prometheus does not start
 */
export async function runPrometheus(program: string, home: string): Promise<RunningPrometheus> {
  const folder = path.join(home, 'prometheus')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const [config, targetsFile] = [path.join(folder, 'prometheus.yaml'), path.join(folder, 'targets.json')]
  await writeTargets(home, targetsFile)
  await writeFile(config, toConfig({ targetsFile, rules: ruleFiles().map(({ file }) => file) }))
  const url = `http://127.0.0.1:${await freePort()}`
  const child = spawn(
    program,
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${path.join(folder, 'data')}`,
      `--web.listen-address=${new URL(url).host}`,
      '--storage.tsdb.retention.time=7d',
      '--log.level=warn',
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  )
  const watched = metricsFile(home)
  const follow = () => void writeTargets(home, targetsFile).catch(() => undefined)
  watchFile(watched, { interval: WATCH_MS }, follow)
  const ended = endOf(child).finally(() => unwatchFile(watched, follow))
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  if (await answers(url, ended)) return { url, ended, stop }
  await stop()
  throw new Error('Prometheus does not start; it has said why above.')
}

async function writeTargets(home: string, targetsFile: string): Promise<void> {
  const text = await readFile(metricsFile(home), 'utf8').catch(() => undefined)
  if (text === undefined) throw new Error(`No stack has run in ${home}: npm start, in another terminal.`)
  await writeFile(targetsFile, toTargets(v.parse(ports, JSON.parse(text))))
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
}

async function answers(url: string, ended: Promise<void>): Promise<boolean> {
  let isOver = false
  void ended.then(() => {
    isOver = true
  })
  for (const until = performance.now() + READY_LIMIT_MS; performance.now() < until && !isOver; ) {
    const ready = await fetch(`${url}/-/ready`).catch(() => undefined)
    if (ready?.ok) return true
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
  return false
}
