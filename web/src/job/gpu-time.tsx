import { Show } from 'solid-js'
import type { JobDetailsFragment } from '../generated/documents.ts'
import { words as jobsWords } from '../jobs/words.ts'
import { sayGpuHours, sayGpuSeconds } from '../shared/amounts.ts'
import { now } from '../shared/clock.ts'
import { words as everywhere } from '../shared/words.ts'
import { sayCost } from './cost.ts'
import { Fact } from './fact.tsx'
import { words } from './words.ts'

/** Less than this, in seconds, says nothing in hours. */
const LEAST_IN_HOURS = 36

/**
 * GPU time, where there is any, in hours, and in seconds where that is little, with its cost where there are prices. While it grows, it grows
 * here by `rate` GPUs since the server counted it.
 */
export function GpuTime(props: { usage: JobDetailsFragment['usage']; rate: number }) {
  const seconds = () => {
    if (!props.usage) return 0
    const { gpuSeconds, provisional, asOf } = props.usage
    const since = provisional ? Math.max(0, now() - Date.parse(asOf)) / 1000 : 0
    return gpuSeconds + since * props.rate
  }
  const inSeconds = () => words.gpuSeconds(sayGpuSeconds(seconds()))
  const title = (provisional: boolean) => (provisional ? `${inSeconds()}. ${jobsWords.provisional}` : inSeconds())
  return (
    <>
      <Fact label={words.gpuTime}>
        <Show when={props.usage} fallback={<span title={jobsWords.usageAway}>{everywhere.none}</span>}>
          {(usage) => (
            <Show when={seconds() > 0} fallback={<span class="muted">{everywhere.none}</span>}>
              <span title={title(usage().provisional)}>
                {seconds() >= LEAST_IN_HOURS ? words.gpuHours(sayGpuHours(seconds() / 3600)) : inSeconds()}
              </span>
            </Show>
          )}
        </Show>
      </Fact>
      <Show when={props.usage && sayCost(props.usage, seconds())}>
        {(cost) => (
          <Fact label={words.cost}>
            <span title={props.usage?.provisional ? jobsWords.provisional : undefined}>{cost()}</span>
          </Fact>
        )}
      </Show>
    </>
  )
}
