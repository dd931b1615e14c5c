// Watching eight GPUs each second, by the monitor and its threads: what it costs, and whether it holds anybody up.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { openNvml } from 'node-nvml'
import { type Monitor, openMonitor } from 'node-nvml/monitor'
import { createSampler } from 'node-nvml/sampler'
import type { Section } from '../queue/section.ts'
import { rounded } from '../queue/statistics.ts'
import { GPUS, type Lab } from './lab.ts'

const SECONDS = { cpu: 10, delay: 6 }
const SLOW_CALL_US = 500
/** The histogram counts how late a timer of this is, with it: it is taken off. */
const TIMER_MS = 1

interface Watched {
  /** Of one processor: 1 is all of it. */
  cpuShare: number
  delayP99Ms: number
  delayMaxMs: number
}

export async function measureWatching(lab: Lab): Promise<Section> {
  const idle = await watch(async () => {})
  const monitored = await withMonitor(lab, (monitor) => watch(() => monitor.sample()))
  lab.fake.delay(SLOW_CALL_US)
  const slow = await withMonitor(lab, (monitor) => watch(() => monitor.sample()))
  const held = await onMainThread(lab)
  lab.fake.delay(0)
  return {
    title: 'Watching 8 GPUs once a second',
    method:
      `CPU over ${SECONDS.cpu} s, of all threads of the process: asking, waiting for events, and the messages between ` +
      `the threads. The delay of the event loop over ${SECONDS.delay} s more, as how late a timer of one millisecond is; ` +
      'that of nothing at all tells what the machine itself adds.',
    head: ['what', 'a call takes', '% of a core', 'event loop p99 ms', 'max ms'],
    rows: [
      row('nothing', '–', idle),
      row('the monitor', 'nothing', monitored),
      row('the monitor', `${SLOW_CALL_US} µs`, slow),
      row('the same calls on the main thread', `${SLOW_CALL_US} µs`, held),
    ],
  }
}

async function withMonitor<T>(lab: Lab, work: (monitor: Monitor) => Promise<T>): Promise<T> {
  const monitor = await openMonitor({ library: lab.fake.path })
  try {
    await monitor.describe()
    return await work(monitor)
  } finally {
    await monitor.close()
  }
}

async function onMainThread(lab: Lab): Promise<Watched> {
  const nvml = openNvml(lab.fake.path)
  const sampler = createSampler(Array.from({ length: GPUS }, (_, index) => nvml.device(index)))
  const watched = await watch(async () => sampler.sample())
  nvml.shutdown()
  return watched
}

async function watch(sample: () => Promise<unknown>): Promise<Watched> {
  // Once before, so that what is compiled only once does not count.
  await sample()
  const [began, before] = [performance.now(), process.cpuUsage()]
  await eachSecond(SECONDS.cpu, sample)
  const { user, system } = process.cpuUsage(before)
  const cpuShare = (user + system) / 1_000 / (performance.now() - began)

  // Apart, because the counting costs more than what is counted.
  const histogram = monitorEventLoopDelay({ resolution: TIMER_MS })
  histogram.enable()
  await eachSecond(SECONDS.delay, sample)
  histogram.disable()
  const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - TIMER_MS)
  return { cpuShare, delayP99Ms: late(histogram.percentile(99)), delayMaxMs: late(histogram.max) }
}

async function eachSecond(seconds: number, sample: () => Promise<unknown>): Promise<void> {
  const began = performance.now()
  for (let second = 1; second <= seconds; second++) {
    await sample()
    await delay(Math.max(0, began + second * 1_000 - performance.now()))
  }
}

function row(what: string, call: string, { cpuShare, delayP99Ms, delayMaxMs }: Watched): string[] {
  return [what, call, rounded(cpuShare * 100), rounded(delayP99Ms), rounded(delayMaxMs)]
}
