// The ground truth: the command that the harness's jobs run, which writes down its own life, and how that is read.
// What a command wrote is true whatever the services say: without it a run that ran twice would not be seen.
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { TruthLine } from './history.ts'

/** What a command does, beside writing down that it lives. */
export interface Act {
  /** How long it lives, in tenths of a second. */
  beats: number
  exitCode: number
  /** Lines of output at the start; one more follows with each beat. */
  lines: number
  /** Takes no notice of SIGTERM. */
  stubborn: boolean
}

/**
 * One file for each run, to which whole lines are appended and synced. The time is that of the machine's uptime, which
 * nobody can set. No program but `sleep` and `sync` is started.
 */
const SCRIPT = `
umask 0
file="$1/$CONSTELLATION_RUN_ID" beats=$2 code=$3 lines=$4
note() {
  read -r now rest < /proc/uptime
  echo "$1 $CONSTELLATION_JOB_ID $CONSTELLATION_RUN_ID $CONSTELLATION_ATTEMPT $now \${CUDA_VISIBLE_DEVICES:--} $2" >> "$file"
  sync -d "$file"
}
if [ "$5" = stubborn ]; then trap '' TERM; else trap 'note stop 143; exit 143' TERM; fi
note start -
i=0
while [ $i -lt $lines ]; do echo "line $i of $CONSTELLATION_JOB_ID"; i=$((i+1)); done
while [ $beats -gt 0 ]; do
  sleep 0.1
  note beat -
  echo "beat $beats"
  beats=$((beats-1))
done
note stop $code
exit $code
`

/** The command of a job that acts so, and writes to this folder. */
export function truthCommand(folder: string, { beats, exitCode, lines, stubborn }: Act): string[] {
  return [
    '/bin/sh',
    '-c',
    SCRIPT,
    'truth',
    folder,
    `${beats}`,
    `${exitCode}`,
    `${lines}`,
    stubborn ? 'stubborn' : 'mild',
  ]
}

/** All that such a command prints, from its start to its own end. */
export function truthOutput(jobId: string, { beats, lines }: Act): string {
  const first = Array.from({ length: lines }, (_, i) => `line ${i} of ${jobId}\n`)
  const rest = Array.from({ length: beats }, (_, i) => `beat ${beats - i}\n`)
  return [...first, ...rest].join('')
}

/** What the commands of these jobs have written. */
export async function readTruth(folder: string, jobIds: ReadonlySet<string>): Promise<TruthLine[]> {
  const files = await readdir(folder)
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')))
  return texts.flatMap((text) => text.split('\n').flatMap(readLine)).filter(({ jobId }) => jobIds.has(jobId))
}

/** None where the line is empty, or only half of it was written when the command was killed. */
function readLine(line: string): TruthLine[] {
  const [kind, jobId, runId, attempt, seconds, gpus, exitCode] = line.split(' ')
  if (kind !== 'start' && kind !== 'beat' && kind !== 'stop') return []
  if (jobId === undefined || runId === undefined || gpus === undefined || exitCode === undefined) return []
  return [
    {
      kind,
      jobId,
      runId,
      attempt: Number(attempt),
      at: Math.round(Number(seconds) * 1_000),
      gpus: gpus === '-' ? [] : gpus.split(','),
      exitCode: exitCode === '-' ? null : Number(exitCode),
    },
  ]
}
