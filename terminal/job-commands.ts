// What is done with jobs, and with the queue that they wait in.
import type { Option } from './arguments.ts'
import type { Command } from './command.ts'
import { JOB_OPTIONS } from './submit/options.ts'

/** `without` is how many there are when nobody says. */
export function limit(without: number): Option {
  return { short: 'n', value: 'N', help: `so many at most; ${without} by default` }
}

export const JOB_COMMANDS: Readonly<Record<string, Command>> = {
  run: {
    summary: 'submits a job and follows it, with its output and its exit code',
    takes: '[--] COMMAND [ARGUMENT…]',
    program: true,
    options: JOB_OPTIONS,
    notes: `Output goes to stdout, the job's stderr and what becomes of it to stderr. Ctrl-C asks that the job be cancelled; a
second one leaves it, and says how to come back. A terminal that is closed leaves it, too. The exit code is the job's; 128
and the signal's number where one ended it; 124 for one that ran out of time or idled, 127 for one that could not be
started, 137 for one out of memory, 130 for one that was cancelled.`,
    examples: [
      ['run --gpus 2 python train.py --lr 0.1', 'options end at the first word'],
      ['run -g a100:1 --time 2h -- nvidia-smi', 'an A100 for at most two hours'],
      ['run -i pytorch/pytorch -v /data:/data:ro -- python train.py', 'in a container'],
    ],
    load: () => import('./commands/run.ts'),
  },
  submit: {
    summary: 'puts jobs in the queue and prints their ids',
    takes: '[--] COMMAND [ARGUMENT…]',
    program: true,
    options: { ...JOB_OPTIONS, check: { help: 'says whether, where and when it could run, and submits nothing' } },
    notes:
      'What an option says goes before what the file says. A file may be a list of jobs that depend on each other by `ref`.',
    examples: [
      ['submit --gpus 4 --name big --retries 2 -- torchrun train.py', 'one job'],
      ['submit -f job.yaml --priority 10', 'as a file says, but for the priority'],
      ['submit --sweep LR=0.1,0.01 --max-parallel 2 -- python train.py --lr {{LR}}', 'a job for each value'],
      ['submit -d "$(constellation submit -- ./prepare)" -- ./train', 'one after the other'],
    ],
    load: () => import('./commands/submit.ts'),
  },
  list: {
    aliases: ['ps', 'ls'],
    summary: 'lists jobs: those that have not ended, unless asked otherwise',
    options: {
      all: { short: 'a', help: 'those that have ended too' },
      state: {
        short: 's',
        value: 'STATE',
        many: true,
        help: 'queued, running, completed, failed or cancelled',
        complete: ['queued', 'running', 'completed', 'failed', 'cancelled'],
      },
      mine: { short: 'm', help: 'those that you have submitted' },
      user: { short: 'u', value: 'NAME', help: 'those of somebody' },
      account: { short: 'A', value: 'NAME', help: 'those of an account', complete: 'accounts' },
      name: { value: 'TEXT', help: 'with this in their name' },
      array: { value: 'ID', help: 'those of an array' },
      search: { value: 'WORDS', help: 'with these words in name, command, user or account' },
      'gpu-model': { value: 'TEXT', help: 'that asked for this model', complete: 'models' },
      gpu: { value: 'ID', help: 'that had a run on this GPU' },
      template: { value: 'NAME', help: 'made from this template', complete: 'templates' },
      since: { value: 'TIME', help: 'submitted from then on, such as -1d' },
      until: { value: 'TIME', help: 'submitted before then' },
      order: {
        value: 'FIELD',
        help: 'created, started, finished, name or priority',
        complete: ['created', 'started', 'finished', 'name', 'priority'],
      },
      reverse: { help: 'the other way round' },
      limit: limit(50),
      quiet: { short: 'q', help: 'ids alone' },
      wide: { help: 'cuts nothing' },
      watch: { short: 'w', help: 'stays, and shows changes as they come; with --json a line for each' },
    },
    examples: [
      ['list --mine --watch', 'what is mine, live'],
      ['list --state failed --since -1d', 'what failed since yesterday'],
      ['cancel $(constellation list -q --name sweep)', 'ends all of them'],
    ],
    load: () => import('./commands/list.ts'),
  },
  show: {
    aliases: ['inspect'],
    summary: 'shows all that there is to know of jobs',
    takes: 'JOB…',
    words: [1, 100],
    complete: 'jobs',
    options: {},
    notes: 'A job is named by its id, the beginning of it (8 characters or more), its name, or @last.',
    examples: [['show @last', 'the newest of mine']],
    load: () => import('./commands/show.ts'),
  },
  why: {
    summary: 'says why a job is in its state: why it waits, and for how long',
    takes: 'JOB',
    words: [1, 1],
    complete: 'jobs',
    options: {},
    examples: [['why @last', 'its place, the reason and when it will start']],
    load: () => import('./commands/why.ts'),
  },
  logs: {
    summary: 'prints what a job has written, attempt after attempt',
    takes: 'JOB',
    words: [1, 1],
    complete: 'jobs',
    options: {
      follow: { short: 'f', help: 'and what comes, until the job has ended' },
      attempt: { value: 'N', help: 'of this attempt alone' },
      'from-line': { value: 'N', help: 'from this line on, counted from 0' },
      tail: { short: 'n', value: 'N', help: 'the last lines of the last attempt' },
    },
    examples: [
      ['logs -f @last', 'as it comes'],
      ['logs --tail 20 train', 'the end of it'],
    ],
    load: () => import('./commands/logs.ts'),
  },
  cancel: {
    aliases: ['stop', 'rm'],
    summary: 'asks that jobs end',
    takes: 'JOB…',
    words: [0, 1_000],
    complete: 'jobs',
    options: { array: { value: 'ID', many: true, help: 'every job of an array' } },
    examples: [['cancel @last train', 'two of them']],
    load: () => import('./commands/cancel.ts'),
  },
  rerun: {
    summary: 'submits jobs anew, as they were asked for',
    takes: 'JOB…',
    words: [1, 1_000],
    complete: 'jobs',
    options: { key: { value: 'TEXT', help: 'sent again with the same key, it makes no second job' } },
    examples: [['rerun $(constellation list -q --state failed --since -1h)', 'what failed in the last hour']],
    load: () => import('./commands/rerun.ts'),
  },
  move: {
    summary: 'puts a job that waits before or after another one',
    takes: 'JOB',
    words: [1, 1],
    complete: 'jobs',
    options: {
      before: { value: 'JOB', help: 'to go before this one', complete: 'jobs' },
      after: { value: 'JOB', help: 'to go after this one', complete: 'jobs' },
    },
    examples: [['move urgent --before train', 'by the least priority that does it']],
    load: () => import('./commands/move.ts'),
  },
  priority: {
    summary: 'sets the priority of a job that waits',
    takes: 'JOB NUMBER',
    words: [2, 2],
    complete: 'jobs',
    options: {},
    examples: [
      ['priority @last 10', 'a point is worth ten minutes of waiting'],
      ['priority @last -- -10', 'behind others'],
    ],
    load: () => import('./commands/priority.ts'),
  },
  queue: {
    summary: 'lists what waits in its order, and why',
    options: { cpu: { help: 'jobs without GPUs' }, limit: limit(100) },
    examples: [['queue', 'place, reason and start of each']],
    load: () => import('./commands/queue.ts'),
  },
}
