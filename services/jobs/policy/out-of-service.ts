// What of the machines is out of service that a job waits for, and why, in words. Pure.
import { fitOnceBack, type Machine, type Need, type OutGpu } from './machines.ts'
import { suits } from './requests.ts'
import type { Why } from './why.ts'

/** Null where no machine could run the job even if all that is out of service were back. Asked where none can now. */
export function outOfService(need: Need, machines: readonly Machine[]): Why | null {
  const hosts = machines.filter((machine) => fitOnceBack(machine, need).possible)
  if (hosts.length === 0) return null
  const message = need.gpuCount > 0 ? sayGpus(need, hosts) : sayWorkers(hosts)
  return { reason: 'OUT_OF_SERVICE', message }
}

function sayWorkers(hosts: readonly Machine[]): string {
  const are = hosts.length === 1 ? '1 worker that could run it is' : `${hosts.length} workers that could run it are`
  return `${are} out of service: ${nameCauses(hosts.map(({ workerId, outOfService }) => [workerId, outOfService.whyNot ?? '']))}`
}

function sayGpus(need: Need, hosts: readonly Machine[]): string {
  const away = hosts.map((host) => ({ host, gpus: host.outOfService.gpus.filter((gpu) => suits(gpu, need)) }))
  const count = away.reduce((sum, { gpus }) => sum + gpus.length, 0)
  const are = count === 1 ? '1 GPU that would do is' : `${count} GPUs that would do are`
  const some = hosts.some(({ gpus }) => gpus.some((gpu) => suits(gpu, need)))
  const needs = some ? `It needs ${need.gpuCount} of one worker, and ` : ''
  return `${needs}${are} out of service: ${nameCauses(away.flatMap(({ host, gpus }) => causesOf(host, gpus)))}`
}

/** A worker that is out of service as a whole stands for all of its GPUs. */
function causesOf({ workerId, outOfService: { whyNot } }: Machine, gpus: readonly OutGpu[]): Cause[] {
  return whyNot === null ? gpus.map((gpu) => [gpu.uuid, gpu.whyNot]) : [[workerId, whyNot]]
}

/** What is out of service, and why. */
type Cause = [name: string, why: string]

const MOST_NAMED = 3
/** Longer than this, the words of operators and drivers are cut. */
const MOST_LETTERS = 300

/** Such as `GPU-1: XID 79; GPU-2 is cordoned: new fans; and 4 more.` */
function nameCauses(causes: readonly Cause[]): string {
  const named = causes.slice(0, MOST_NAMED).map(say)
  const more = causes.length - named.length
  return `${[...named, ...(more > 0 ? [`and ${more} more`] : [])].join('; ')}.`
}

/** `It is too hot.` has its subject in front of it already. */
function say([name, why]: Cause): string {
  const text = shorten(why.replace(/\.$/, ''))
  return text.startsWith('It ') ? `${name}${text.slice(2)}` : `${name}: ${text}`
}

function shorten(text: string): string {
  const letters = [...text]
  return letters.length <= MOST_LETTERS ? text : `${letters.slice(0, MOST_LETTERS - 1).join('')}…`
}
