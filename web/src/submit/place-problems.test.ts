import { describe, expect, it } from 'vitest'
import { placeProblems } from './place-problems.ts'

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
})
