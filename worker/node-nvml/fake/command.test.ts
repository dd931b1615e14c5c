import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openNvml } from '../nvml.ts'
import { describeWithFake } from '../testing.ts'

const COMMAND = fileURLToPath(new URL('command.ts', import.meta.url))

describeWithFake('the command of the fake library', (lab) => {
  const run = (...words: string[]) => execFileSync(process.execPath, [COMMAND, ...words], { encoding: 'utf8' })

  test('it builds a library of as many GPUs, of the model and memory asked for, and says how it is used', () => {
    const path = lab.path('built.so')
    const said = run('build', path, '--gpus', '16', '--name', 'NVIDIA H100 80GB HBM3', '--memory', '81559')
    expect(said.trim()).toBe(`NVML_LIBRARY=${path}`)
    const nvml = openNvml(path)
    expect(nvml.deviceCount()).toBe(16)
    expect(nvml.device(15).name()).toBe('NVIDIA H100 80GB HBM3')
    expect(nvml.device(15).memory()?.totalBytes).toBe(81_559 * 2 ** 20)
    nvml.shutdown()
  })

  test('it steers what this process sees', () => {
    const { fake, nvml } = lab
    const gpu = nvml.device(2)
    run('set', fake.path, '2', 'temperature', '77')
    run('process', fake.path, '2', '4711', '1024')
    run('link', fake.path, '2', '17', 'switch')
    run('mig', fake.path, '3', '2', '9984')
    run('answer', fake.path, '2', 'nvmlDeviceGetFanSpeed', '3')
    expect(gpu.temperatureC()).toBe(77)
    expect(gpu.processes('compute')).toMatchObject([{ pid: 4711, memoryBytes: 2 ** 30 }])
    expect(gpu.nvlinkRemoteType(17)).toBe('switch')
    expect(nvml.device(3).migDevice(1)?.memory()?.totalBytes).toBe(9_984 * 2 ** 20)
    expect(gpu.fanPercent()).toBeNull()
    run('process', fake.path, '2', '4711', 'end')
    run('set', fake.path, '2', 'temperature', 'alive')
    expect(gpu.processes('compute')).toEqual([])
    run('reset', fake.path)
    expect(gpu.fanPercent()).toBe(41)
  })

  test.each([
    [['set', '9', 'temperature', '1'], /not possible/],
    [['set', '0', 'colour', '1'], /There is no colour. What can be set: utilisation/],
    [['set', '0', 'temperature', 'hot'], /A whole number was expected in place of hot/],
    [['xid', '0'], /in place of nothing/],
    [['answer', '0', 'nvmlDoesNotExist', '3'], /not possible/],
    [['paint'], /There is no command paint/],
  ])('what it cannot do is said, and is no success: %j', ([command = '', ...words], sentence) => {
    const { status, stderr } = spawnSync(process.execPath, [COMMAND, command, lab.fake.path, ...words], {
      encoding: 'utf8',
    })
    expect(status).toBe(2)
    expect(stderr).toMatch(sentence)
  })

  test('a fake GPU looks alive: it is busy, draws power by that, and never more than its limit', () => {
    for (let index = 0; index < 8; index++) {
      const gpu = lab.nvml.device(index)
      const { gpuPercent } = gpu.utilisation() ?? { gpuPercent: Number.NaN }
      expect(gpuPercent).toBeGreaterThanOrEqual(35)
      expect(gpuPercent).toBeLessThanOrEqual(95)
      expect(gpu.powerMilliwatts()).toBeGreaterThan(100_000)
      expect(gpu.powerMilliwatts()).toBeLessThanOrEqual(gpu.powerLimitMilliwatts() ?? 0)
    }
  })
})
