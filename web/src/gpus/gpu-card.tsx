import { A } from '@solidjs/router'
import { createMemo, createSignal, Show } from 'solid-js'
import type { GpuCardFragment } from '../generated/documents.ts'
import { sayDuration, sayMemory } from '../shared/amounts.ts'
import { now, slowNow } from '../shared/clock.ts'
import { sayReason } from '../shared/say-reason.ts'
import { words as everywhere } from '../shared/words.ts'
import type { FleetTelemetry } from './fleet-telemetry.ts'
import styles from './gpu-card.module.css'
import { GpuMeters } from './gpu-meters.tsx'
import { GpuStateLabel, isBad } from './gpu-state.tsx'
import { watchOnScreen } from './on-screen.ts'
import { lastOf } from './ring.ts'
import type { SparkInk } from './sparkline.ts'
import { sayThrottled } from './throttle.ts'
import { words } from './words.ts'

/** One GPU: what it is, how it stands, what it does and did in the last minute, and the job that holds it. */
export function GpuCard(props: { gpu: GpuCardFragment; telemetry: FleetTelemetry; ink: SparkInk }) {
  const [onScreen, setOnScreen] = createSignal(false)
  // Off the screen nothing is followed.
  const live = createMemo(
    () => {
      if (onScreen()) props.telemetry.frame()
      slowNow()
      const ring = props.telemetry.ring(props.gpu.id)
      return { ring, last: lastOf(ring, Date.now()) }
    },
    undefined,
    { equals: (a, b) => a.ring === b.ring && a.last === b.last },
  )
  const throttled = () => sayThrottled(live().last?.throttleReasons)
  return (
    <li ref={(card) => watchOnScreen(card, setOnScreen)} class={`panel ${styles.card}`} data-state={props.gpu.state}>
      <header class={styles.head}>
        <h2 class={styles.name}>
          <A href={`/gpus/${props.gpu.id}`}>{props.gpu.name}</A>
        </h2>
        <Show when={props.gpu.simulated}>
          <span class="simulated" title={everywhere.simulatedTitle}>
            {everywhere.simulated}
          </span>
        </Show>
      </header>
      <p class={`muted ${styles.where}`} title={props.gpu.uuid}>
        {placeText(props.gpu)}
      </p>
      <p class={styles.state}>
        <GpuStateLabel state={props.gpu.state} busy={props.gpu.inUse} />
        <Show when={props.gpu.openFaults.length > 0}>
          <span class={styles.faults}>{words.faults(props.gpu.openFaults.length)}</span>
        </Show>
      </p>
      <Show when={props.gpu.state !== 'AVAILABLE'}>
        <p class={`notice ${styles.reason}`} classList={{ bad: isBad(props.gpu.state) }}>
          {sayReason(props.gpu.stateReason ?? words.stateReason[props.gpu.state])}
        </p>
      </Show>
      <Show when={props.gpu.state !== 'MISSING' && props.gpu.state !== 'UNREACHABLE'}>
        <GpuMeters live={live()} onScreen={onScreen()} ink={props.ink} memoryMb={props.gpu.totalMemoryMb} />
        <Show when={throttled()}>{(reasons) => <p class={styles.slowed}>{words.slowed(reasons())}</p>}</Show>
      </Show>
      <Show when={props.gpu.inUse || props.gpu.state === 'AVAILABLE'}>
        <footer class={styles.foot}>
          <Holder run={props.gpu.currentRun} inUse={props.gpu.inUse} />
        </footer>
      </Show>
    </li>
  )
}

/** The job that holds a GPU, and that it leaves it idle. */
function Holder(props: { run: GpuCardFragment['currentRun']; inUse: boolean }) {
  return (
    <Show when={props.run} fallback={<span class="muted">{props.inUse ? words.heldByOthers : words.idle}</span>}>
      {(run) => (
        <>
          <span class="muted">{words.held}</span>
          <A class={styles.job} href={`/jobs/${run().job.id}`}>
            {run().job.name}
          </A>
          <Show when={run().idleSince}>
            {(since) => <span class={styles.idle}>{words.heldIdle(sayDuration(now() - Date.parse(since())))}</span>}
          </Show>
        </>
      )}
    </Show>
  )
}

function placeText(gpu: GpuCardFragment): string {
  const text = words.place(gpu.worker.hostname, gpu.index, sayMemory(gpu.totalMemoryMb))
  return gpu.mig === null ? text : `${text} · ${words.slice(gpu.mig.gpuInstance, gpu.mig.computeInstance)}`
}
