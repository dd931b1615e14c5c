import { A } from '@solidjs/router'
import { Show } from 'solid-js'
import type { GpuDetailsFragment, SampleFragment } from '../generated/documents.ts'
import { isBad } from '../gpus/gpu-state.tsx'
import { sayThrottled } from '../gpus/throttle.ts'
import { words as ofGpus } from '../gpus/words.ts'
import { sayReason } from '../shared/say-reason.ts'
import { Ago } from '../shared/time.tsx'
import styles from './standing.module.css'
import { words } from './words.ts'

/** Why a GPU is as it is, who said so, what it runs, and what holds it back: in lines, where there is something to say. */
export function Standing(props: { gpu: GpuDetailsFragment; samples: readonly SampleFragment[] }) {
  const throttled = () => sayThrottled(props.samples.at(-1)?.throttleReasons)
  return (
    <>
      <Show when={props.gpu.state !== 'AVAILABLE'}>
        <p class={`notice ${styles.line}`} classList={{ bad: isBad(props.gpu.state) }}>
          <span>{sayReason(props.gpu.stateReason ?? ofGpus.stateReason[props.gpu.state])}</span>
          <Show when={props.gpu.cordon}>
            {(cordon) => (
              <span class={styles.who}>
                {words.by(cordon().by)}, <Ago at={cordon().at} />
              </span>
            )}
          </Show>
        </p>
      </Show>
      <Show when={props.gpu.currentRun}>
        {(run) => (
          <p class={`notice ${styles.line}`} classList={{ [styles.idle ?? '']: run().idleSince !== null }}>
            <span>
              {words.runs} <A href={`/jobs/${run().job.id}`}>{run().job.name}</A>
            </span>
            <Show when={run().idleSince}>
              {(since) => (
                <span>
                  {words.runIdle} <Ago at={since()} />
                </span>
              )}
            </Show>
            {/* Comes and goes from one second to the next: in a line of its own it would move the page each time. */}
            <Show when={throttled()}>{(reasons) => <span>{ofGpus.slowed(reasons())}</span>}</Show>
          </p>
        )}
      </Show>
      <Show when={props.gpu.currentRun === null && throttled()}>
        {(reasons) => <p class={`notice ${styles.idle}`}>{ofGpus.slowed(reasons())}</p>}
      </Show>
    </>
  )
}
