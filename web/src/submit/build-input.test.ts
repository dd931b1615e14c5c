import { describe, expect, it } from 'vitest'
import { buildInput, EMPTY_FORM, type JobForm } from './build-input.ts'

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
      maxIdle: '900',
      retries: '0',
      directory: '/data',
      dependsOn: ' a, b\nc ',
      startAt: '2026-03-01T18:30',
      preemptible: true,
      image: ' python:3.13 ',
      memoryLimit: '8192',
      secrets: 'HF_TOKEN WANDB_KEY',
      arrayCount: '12',
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
        maxIdleSeconds: 900,
        maxRetries: 0,
        workingDirectory: '/data',
        dependsOn: ['a', 'b', 'c'],
        startAt: new Date(2026, 2, 1, 18, 30).toISOString(),
        preemptible: true,
        container: { image: 'python:3.13' },
        limits: { memoryMb: 8192 },
        secrets: ['HF_TOKEN', 'WANDB_KEY'],
        array: { count: 12 },
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
    const wrong = { env: 'A=1\nnot a variable', retries: 'x', startAt: 'soon', memoryLimit: '8 GB', arrayCount: '1.5' }
    const built = buildInput(form({ command: 'echo "', gpuCount: '1.5', ...wrong }))
    expect(built).toHaveProperty('problems')
    expect(Object.keys('problems' in built ? built.problems : {}).sort()).toEqual([
      'arrayCount',
      'command',
      'env',
      'gpuCount',
      'memoryLimit',
      'retries',
      'startAt',
    ])
  })

  it('asks for a command', () => {
    expect(buildInput(form({ command: '  ' }))).toHaveProperty('problems.command')
  })
})
