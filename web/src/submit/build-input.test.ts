import { describe, expect, it } from 'vitest'
import { buildInput, scheduleOf } from './build-input.ts'
import { EMPTY_FORM, type JobForm } from './job-form.ts'

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
      maxParallel: '3',
      gpuCapability: '8.0',
      after: 'd',
      labels: 'zone=a',
      mounts: '/data:/data:ro',
      cpuLimit: '1.5',
      exitCodes: '1, 137',
      backoff: '10',
      maxBackoff: '60',
      warningSignal: 'SIGTERM',
      warningSeconds: '30',
    })
    expect(buildInput(full)).toEqual({
      input: {
        name: 'train',
        command: ['python3', 'my train.py'],
        gpus: { count: 2, minMemoryMb: 40960, model: 'A100', minComputeCapability: '8.0' },
        env: { LR: '0.1', NOTE: 'a=b ' },
        account: 'team-a',
        priority: -5,
        timeoutSeconds: 60,
        maxIdleSeconds: 900,
        maxRetries: 0,
        workingDirectory: '/data',
        retry: { exitCodes: [1, 137], backoffSeconds: 10, maxBackoffSeconds: 60 },
        dependsOn: ['a', 'b', 'c'],
        after: ['d'],
        warning: { signal: 'SIGTERM', seconds: 30 },
        workerLabels: { zone: 'a' },
        startAt: new Date(2026, 2, 1, 18, 30).toISOString(),
        preemptible: true,
        container: { image: 'python:3.13', mounts: [{ source: '/data', target: '/data', readOnly: true }] },
        limits: { memoryMb: 8192, cpus: 1.5 },
        secrets: ['HF_TOKEN', 'WANDB_KEY'],
        array: { count: 12, maxParallel: 3 },
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
    const wrong = {
      ...{ env: 'A=1\nnot a variable', retries: 'x', startAt: 'soon', memoryLimit: '8 GB', arrayCount: '1.5' },
      ...{ sweep: 'LR', mounts: '/data', labels: 'zone', cpuLimit: 'all', exitCodes: 'x', warningSignal: 'SIGUSR1' },
    }
    const built = buildInput(form({ command: 'echo "', gpuCount: '1.5', ...wrong }))
    expect(built).toHaveProperty('problems')
    expect(Object.keys('problems' in built ? built.problems : {}).sort()).toEqual([
      'arrayCount',
      'command',
      'cpuLimit',
      'env',
      'exitCodes',
      'gpuCount',
      'labels',
      'memoryLimit',
      'mounts',
      'retries',
      'startAt',
      'sweep',
      'warningSeconds',
    ])
  })

  it('asks for a command', () => {
    expect(buildInput(form({ command: '  ' }))).toHaveProperty('problems.command')
  })
})

describe('scheduleOf', () => {
  it('is no schedule without a name and a time', () => {
    expect(scheduleOf(form({ timeZone: 'Europe/Berlin' }), { command: ['true'] })).toBeUndefined()
  })

  it('takes its fields and the job', () => {
    const nightly = form({ scheduleName: ' nightly ', cron: '0 3 * * *', timeZone: 'UTC', skipWhileRunning: true })
    expect(scheduleOf(nightly, { command: ['true'] })).toEqual({
      name: 'nightly',
      cron: '0 3 * * *',
      timeZone: 'UTC',
      skipWhileRunning: true,
      job: { command: ['true'] },
    })
  })

  it('is also one that lacks its name, so that the server says so', () => {
    expect(scheduleOf(form({ cron: '0 3 * * *' }), {})).toMatchObject({ name: '' })
  })
})
