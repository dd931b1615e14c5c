// Every command. Each is loaded only when it is called, so that none waits for the others.
import type { Command } from './command.ts'
import { JOB_OPTIONS } from './submit/options.ts'

const LIMIT = { short: 'n', value: 'N', help: 'so many at most' } as const
const service = () => import('./commands/service.ts')

const COMMANDS: Readonly<Record<string, Command>> = {
  run: {
    summary: 'submits a job and follows it, with its output and its exit code',
    takes: '[--] COMMAND [ARGUMENT…]',
    program: true,
    options: JOB_OPTIONS,
    notes: `Output goes to stdout, the job's stderr and what becomes of it to stderr. Ctrl-C asks that the job be cancelled; a
second one leaves it. The exit code is the job's; 128 and the signal's number where one ended it; 124 for one that ran
out of time or idled, 127 for one that could not be started, 137 for one out of memory, 130 for one that was cancelled.`,
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
      limit: LIMIT,
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
    options: { cpu: { help: 'jobs without GPUs' }, limit: LIMIT },
    examples: [['queue', 'place, reason and start of each']],
    load: () => import('./commands/queue.ts'),
  },
  gpus: {
    aliases: ['top', 'info'],
    summary: 'shows every GPU, who holds it and what it does',
    options: { watch: { short: 'w', help: 'stays, live; with --json a line each second' } },
    examples: [['gpus --watch', 'q quits']],
    load: () => import('./commands/gpus.ts'),
  },
  cordon: {
    summary: 'keeps new runs off GPUs or workers',
    takes: 'GPU|WORKER…',
    words: [1, 100],
    complete: 'gpus',
    options: { reason: { short: 'r', value: 'TEXT', help: 'what others are told' } },
    notes: 'A GPU is named by WORKER/INDEX, or by its UUID or the beginning of it; a worker by its name or host.',
    examples: [['cordon local/0 --reason "fan replaced"', 'one GPU']],
    load: service,
  },
  drain: {
    summary: 'lets what runs on GPUs or workers end, and cordons them then',
    takes: 'GPU|WORKER…',
    words: [1, 100],
    complete: 'gpus',
    options: { reason: { short: 'r', value: 'TEXT', help: 'what others are told' } },
    examples: [['drain node-7', 'before it is switched off']],
    load: service,
  },
  return: {
    aliases: ['uncordon'],
    summary: 'takes GPUs or workers back into service',
    takes: 'GPU|WORKER…',
    words: [1, 100],
    complete: 'gpus',
    options: {},
    examples: [['return node-7', 'all of it']],
    load: service,
  },
  usage: {
    summary: 'says what was used, and what it cost',
    options: {
      by: {
        short: 'b',
        value: 'WHAT',
        many: true,
        help: 'account, user, model, outcome',
        complete: ['account', 'user', 'model', 'outcome'],
      },
      per: { value: 'TIME', help: 'hour, day, week or month', complete: ['hour', 'day', 'week', 'month'] },
      from: { value: 'TIME', help: 'such as 2026-01-01; 30 days ago by default' },
      to: { value: 'TIME', help: 'until now by default' },
      zone: { value: 'NAME', help: 'by whose clocks days begin; yours by default' },
      account: { short: 'A', value: 'NAME', many: true, help: 'of these accounts', complete: 'accounts' },
      user: { short: 'u', value: 'NAME', many: true, help: 'of these users' },
      limit: LIMIT,
    },
    examples: [['usage --by account,model --per day --from -7d', 'the last week']],
    load: () => import('./commands/usage.ts'),
  },
  open: {
    summary: 'prints where the page shows a job, a GPU or a list',
    takes: '[JOB | jobs | queue | usage | tokens | gpus [GPU]]',
    words: [0, 2],
    complete: 'jobs',
    options: {},
    examples: [['open @last', 'its link']],
    load: () => import('./commands/open.ts'),
  },
  login: {
    summary: 'signs in at a server',
    takes: '[URL]',
    words: [0, 1],
    options: {
      token: { value: 'TOKEN', help: 'others on this machine can see it: better from stdin' },
      'token-stdin': { help: 'the token is read from stdin' },
      'token-file': { value: 'FILE', help: 'or from a file', complete: 'files' },
      device: { help: 'by a code that is typed on another device' },
      browser: { help: "by this machine's browser" },
      name: { value: 'NAME', help: "what it is kept under; the server's host otherwise" },
    },
    notes: `Without options: as the administrator of the stack of this folder, or by the server's sign-in service, or with a
token that is asked for. It is kept in $XDG_CONFIG_HOME/constellation/config.json, for you alone.`,
    examples: [
      ['login https://gpus.example', 'by its sign-in service'],
      ['login https://gpus.example --token-stdin < token', 'with a token'],
    ],
    load: () => import('./commands/login.ts'),
  },
  logout: {
    summary: 'forgets a token',
    takes: '[CONTEXT]',
    words: [0, 1],
    complete: 'contexts',
    options: {},
    examples: [['logout', 'the present one']],
    load: () => import('./commands/logout.ts'),
  },
  context: {
    summary: 'lists the servers that one has signed in at, or chooses one',
    takes: '[NAME]',
    words: [0, 1],
    complete: 'contexts',
    options: { forget: { help: 'removes it' } },
    examples: [['context gpus.example', 'where commands go from now on']],
    load: () => import('./commands/context.ts'),
  },
  whoami: {
    summary: 'says whom the token stands for',
    options: {},
    examples: [['whoami', 'name, role and accounts']],
    load: () => import('./commands/whoami.ts'),
  },
  completion: {
    summary: 'prints what a shell needs to complete our words',
    takes: 'bash|zsh|fish',
    words: [1, 1],
    complete: ['bash', 'zsh', 'fish'],
    options: {},
    examples: [['completion bash', 'in ~/.bashrc: eval "$(constellation completion bash)"']],
    load: () => import('./commands/completion.ts'),
  },
  version: {
    summary: "prints this program's version, and the server's",
    options: {},
    examples: [['version', 'both']],
    load: () => import('./commands/version.ts'),
  },
}

export interface Commands {
  names(): string[]
  /** By its name or another one. */
  find(name: string): Command | undefined
  /** The name that it goes by. */
  nameOf(word: string): string | undefined
}

export const commands: Commands = {
  names: () => Object.keys(COMMANDS),
  find: (word) => COMMANDS[nameOf(word) ?? ''],
  nameOf,
}

function nameOf(word: string): string | undefined {
  if (Object.hasOwn(COMMANDS, word)) return word
  return Object.entries(COMMANDS).find(([, { aliases }]) => aliases?.includes(word))?.[0]
}
