import { sayGpuSeconds } from '../shared/amounts.ts'
import { now } from '../shared/clock.ts'
import { words } from './words.ts'

/** An amount of GPU time; while it grows, it grows here by `rate` GPUs since the server counted it. */
export function GpuSeconds(props: { usage: { gpuSeconds: number; provisional: boolean; asOf: string }; rate: number }) {
  const growing = () => props.usage.provisional && props.rate > 0
  const seconds = () => {
    if (!growing()) return props.usage.gpuSeconds
    return props.usage.gpuSeconds + (Math.max(0, now() - Date.parse(props.usage.asOf)) / 1000) * props.rate
  }
  return <span title={props.usage.provisional ? words.provisional : undefined}>{sayGpuSeconds(seconds())}</span>
}
