// The table of what uses the GPUs. Pure.
import type { Group } from './model.ts'
import type { Paint } from './paint.ts'
import { fit, memory, plain, shorten } from './text.ts'

const COLUMNS = { gpu: 3, pid: 9, user: 12, memory: 8, job: 18 }

/** Nothing where they are not known. */
export function processLines({ processes }: Group, width: number, paint: Paint): string[] {
  if (processes === null) return []
  if (processes.length === 0) return [paint('dim', '  No process uses a GPU.')]
  return [
    paint('bold', inColumns(width, ['GPU', 'PID', 'User', 'Memory', 'Job', 'Command'])),
    ...processes.map(({ gpuIndex, pid, user, memoryMb, job, command }) =>
      inColumns(width, [
        String(gpuIndex),
        String(pid),
        plain(user ?? '-'),
        memory(memoryMb),
        plain(job ?? '-'),
        plain(command ?? '-'),
      ]),
    ),
  ]
}

type Cells = readonly [gpu: string, pid: string, user: string, memory: string, job: string, command: string]

function inColumns(width: number, [gpu, pid, user, used, job, command]: Cells): string {
  const others = Object.values(COLUMNS).reduce((sum, column) => sum + column + 1, 0)
  return [
    fit(gpu, COLUMNS.gpu, 'right'),
    fit(pid, COLUMNS.pid, 'right'),
    fit(user, COLUMNS.user),
    fit(used, COLUMNS.memory, 'right'),
    fit(job, COLUMNS.job),
    shorten(command, Math.max(1, width - others)),
  ].join(' ')
}
