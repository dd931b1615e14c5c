import { Show } from 'solid-js'
import { sayGpuSeconds } from '../shared/amounts.ts'
import { useNow } from '../shared/clock.ts'
import { words as everywhere } from '../shared/words.ts'
import { words } from './words.ts'

interface Usage {
  gpuSeconds: number
  provisional: boolean
  asOf: string
}

/** An amount of GPU time, where there is any; while it grows, it grows here by `rate` GPUs since the server counted it. */
export function GpuSeconds(props: { usage: Usage | null; rate: number }) {
  const now = useNow()
  const seconds = (usage: Usage) => {
    if (!usage.provisional || props.rate === 0) return usage.gpuSeconds
    return usage.gpuSeconds + (Math.max(0, now() - Date.parse(usage.asOf)) / 1000) * props.rate
  }
  return (
    <Show when={props.usage} fallback={<span title={words.usageAway}>{everywhere.none}</span>}>
      {(usage) => (
        <Show when={seconds(usage()) > 0} fallback={<span class="muted">{everywhere.none}</span>}>
          <span title={usage().provisional ? words.provisional : undefined}>{sayGpuSeconds(seconds(usage()))}</span>
        </Show>
      )}
    </Show>
  )
}
