// One reading of eight GPUs, beside what a process costs and what people use today.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Nvml, type NvmlDevice, openNvml } from 'node-nvml'
import { createSampler } from 'node-nvml/sampler'
import * as v from 'valibot'
import type { Section } from '../queue/section.ts'
import { ratio, rounded } from '../queue/statistics.ts'
import { type Cost, costOf } from './cost.ts'
import { GPUS, type Lab } from './lab.ts'

const run = promisify(execFile)
const GRAPHICS = fileURLToPath(new URL('./graphics-process.ts', import.meta.url))
const number = v.number()
const graphicsAnswer = v.object({ cpuUs: number, wallUs: number, leastUs: number, mostUs: number, told: number })

export async function measureSampling(lab: Lab): Promise<Section> {
  const nvml = openNvml(lab.fake.path)
  const ours = await sampleBound(nvml)
  const plain = await sampleOneByOne(nvml)
  nvml.shutdown()
  const spawned = await costOf({ rounds: 5, times: 40 }, () => run('/bin/true'))
  const here = await graphicsWith(process.env.PATH ?? '')
  const there = await graphicsWith(`${lab.programs}:${process.env.PATH}`)
  return {
    title: 'One sample: 8 GPUs, 13 calls each',
    method:
      'Medians of the rounds. CPU is that of the process and of all that it starts. `it ÷ ours` above 1: ours is ' +
      'cheaper. The library is a fake in C, whose calls take some 50 ns: this is the price of asking, not of a driver, ' +
      'which adds tens of µs a call. systeminformation asks `lspci`, `nvidia-smi`, `clinfo`, `xdpyinfo` and `xrandr` ' +
      'one after the other. Without `lspci`, as may be here, it does not come to ask `nvidia-smi`; so it is measured ' +
      'once as this machine is, and once with an `lspci` and an `nvidia-smi` first in PATH that are shell scripts ' +
      'which print what the real ones would. The real `nvidia-smi` opens the driver each time, and takes far longer.',
    head: ['how', 'GPUs told', 'CPU µs', 'least–most', 'wall µs', 'CPU: it ÷ ours', 'wall: it ÷ ours'],
    rows: [
      row('ours: sampler', GPUS, ours, ours),
      row('ours: call by call, as objects', GPUS, plain, ours),
      row('starting any process (`/bin/true`)', 0, spawned, ours),
      row('systeminformation `graphics()`, as it is here', here.told, here, ours),
      row('systeminformation `graphics()`, with stand-ins', there.told, there, ours),
    ],
  }
}

function sampleBound(nvml: Nvml): Promise<Cost> {
  const sampler = createSampler(devicesOf(nvml))
  return costOf({ rounds: 15, times: 5_000 }, () => void sampler.sample())
}

/** By the methods of a device, each of which makes an object or a number. */
function sampleOneByOne(nvml: Nvml): Promise<Cost> {
  const devices = devicesOf(nvml)
  return costOf({ rounds: 9, times: 1_000 }, () => {
    for (const device of devices) {
      device.utilisation()
      device.memory()
      device.powerMilliwatts()
      device.powerLimitMilliwatts()
      device.temperatureC()
      device.fieldValues([82])
      device.clockMhz('sm')
      device.clockMhz('memory')
      device.energyMillijoules()
      device.throttleReasons()
      device.fanPercent()
      device.performanceState()
      device.eccErrors('uncorrected', 'volatile')
    }
    return undefined
  })
}

function devicesOf(nvml: Nvml): NvmlDevice[] {
  return Array.from({ length: GPUS }, (_, index) => nvml.device(index))
}

async function graphicsWith(PATH: string): Promise<Cost & { told: number }> {
  const { stdout } = await run(process.execPath, [GRAPHICS, '5', '8'], {
    env: { ...process.env, PATH },
    timeout: 30_000,
  })
  return v.parse(graphicsAnswer, JSON.parse(stdout))
}

function row(how: string, told: number, cost: Cost, ours: Cost): string[] {
  return [
    how,
    String(told),
    rounded(cost.cpuUs),
    `${rounded(cost.leastUs)}–${rounded(cost.mostUs)}`,
    rounded(cost.wallUs),
    ratio(cost.cpuUs, ours.cpuUs),
    ratio(cost.wallUs, ours.wallUs),
  ]
}
