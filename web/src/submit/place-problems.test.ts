import { describe, expect, it } from 'vitest'
import { placeProblems, placeScheduleProblems } from './place-problems.ts'

describe('placeProblems', () => {
  it('puts each problem at its field', () => {
    const found = [
      'name',
      'command.0',
      'gpus',
      'gpus.minMemoryMb',
      'env.A',
      'maxIdleSeconds',
      'maxRetries',
      'arguments.epochs',
      'dependsOn.0',
      'startAt',
      'preemptible',
      'container.image',
      'limits.memoryMb',
      'secrets.1',
      'array.count',
      '',
      'new.thing',
    ]
    expect(
      Object.keys(
        placeProblems(
          found.map((path) => ({ path, message: path })),
          false,
        ),
      ),
    ).toEqual([
      ...[
        'name',
        'command',
        'gpuCount',
        'gpuMemory',
        'env',
        'maxIdle',
        'retries',
        'arguments.epochs',
        'dependsOn',
        'startAt',
      ],
      ...['preemptible', 'image', 'memoryLimit', 'secrets', 'arrayCount', 'form'],
    ])
  })

  it('joins several at one field', () => {
    const found = [
      { path: 'env.A', message: 'One.' },
      { path: 'env.B', message: 'Two.' },
    ]
    expect(placeProblems(found, false)).toEqual({ env: 'One. Two.' })
  })

  it('shows a problem of a command that no field holds above the form', () => {
    expect(placeProblems([{ path: 'command', message: 'No.' }], true)).toEqual({ form: 'No.' })
  })

  it('knows the fields of what is nested', () => {
    const found = ['retry.exitCodes.0', 'retry', 'warning.signal', 'container.mounts.0.source', 'limits.cpus']
    const arrays = ['array.sweep.0.name', 'array.maxParallel', 'workerLabels.zone', 'gpus.minComputeCapability']
    const placed = placeProblems(
      [...found, ...arrays].map((path) => ({ path, message: path })),
      false,
    )
    expect(Object.keys(placed)).toEqual([
      ...['exitCodes', 'backoff', 'warningSignal', 'mounts', 'cpuLimit'],
      ...['sweep', 'maxParallel', 'labels', 'gpuCapability'],
    ])
  })
})

it('a schedule has fields of its own beside those of its job', () => {
  const found = ['name', 'cron', 'job.name', 'job.gpus.count'].map((path) => ({ path, message: path }))
  expect(placeScheduleProblems(found, false)).toEqual({
    scheduleName: 'name',
    cron: 'cron',
    name: 'job.name',
    gpuCount: 'job.gpus.count',
  })
})
