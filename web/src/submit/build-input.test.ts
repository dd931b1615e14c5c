import { describe, expect, it } from 'vitest'
import { buildInput, EMPTY_FORM, type JobForm, placeProblems } from './build-input.ts'

const form = (part: Partial<JobForm>): JobForm => ({ ...EMPTY_FORM, command: 'true', ...part })

describe('buildInput', () => {
  it('leaves out what was left empty, so that the server decides', () => {
    expect(buildInput(form({}))).toEqual({ input: { command: ['true'], gpus: { count: 1 } } })
  })

  it('takes every field', () => {
    const full = form({
      name: ' train ',
      command: 'python3 "my train.py"',
      gpuCount: '2',
      gpuMemory: '40960',
      gpuModel: 'A100',
      env: 'LR=0.1\n\nexport NOTE=a=b \n',
      account: 'team-a',
      priority: '-5',
      timeout: '60',
      retries: '0',
      directory: '/data',
    })
    expect(buildInput(full)).toEqual({
      input: {
        name: 'train',
        command: ['python3', 'my train.py'],
        gpus: { count: 2, minMemoryMb: 40960, model: 'A100' },
        env: { LR: '0.1', NOTE: 'a=b ' },
        account: 'team-a',
        priority: -5,
        timeoutSeconds: 60,
        maxRetries: 0,
        workingDirectory: '/data',
      },
    })
  })

  it('hands a line for the shell over as it is', () => {
    expect(buildInput(form({ command: `a | b "c`, shell: true }))).toEqual({
      input: { command: ['a | b "c'], shell: true, gpus: { count: 1 } },
    })
  })

  it('sends a template with the arguments that were given in place of a command', () => {
    expect(buildInput(form({ template: 'train', arguments: { epochs: '3', rate: '' }, command: '' }))).toEqual({
      input: { template: 'train', arguments: { epochs: '3' }, gpus: { count: 1 } },
    })
  })

  it('names every field that cannot be read', () => {
    const built = buildInput(form({ command: 'echo "', gpuCount: '1.5', env: 'A=1\nnot a variable', retries: 'x' }))
    expect(built).toHaveProperty('problems')
    expect(Object.keys('problems' in built ? built.problems : {}).sort()).toEqual([
      'command',
      'env',
      'gpuCount',
      'retries',
    ])
  })

  it('asks for a command', () => {
    expect(buildInput(form({ command: '  ' }))).toHaveProperty('problems.command')
  })
})

describe('placeProblems', () => {
  it('puts each problem at its field', () => {
    const found = [
      'name',
      'command.0',
      'gpus',
      'gpus.minMemoryMb',
      'env.A',
      'maxRetries',
      'arguments.epochs',
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
    ).toEqual(['name', 'command', 'gpuCount', 'gpuMemory', 'env', 'retries', 'arguments.epochs', 'form'])
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
