import { For, Show } from 'solid-js'
import type { GpuCardFragment, SampleFragment } from '../generated/documents.ts'
import { sayDuration } from '../shared/amounts.ts'
import { now } from '../shared/clock.ts'
import { sayReason } from '../shared/say-reason.ts'
import { words as everywhere } from '../shared/words.ts'
import type { FleetTelemetry } from './fleet-telemetry.ts'
import { GpuStateLabel } from './gpu-state.tsx'
import styles from './heatmap.module.css'
import type { Cell } from './heatmap-layout.ts'
import { METERS, type MeterName, sayMeter } from './meters.ts'
import { lastOf } from './ring.ts'
import { words } from './words.ts'

/** How wide a tip is, in pixels. */
const TIP_WIDTH = 248

/** What there is to say of one GPU of the heatmap, beside its cell. */
export function HeatmapTip(props: {
  gpu: GpuCardFragment
  telemetry: FleetTelemetry
  cell: Cell | undefined
  width: number
  metric: MeterName
}) {
  const last = () => {
    props.telemetry.frame()
    return lastOf(props.telemetry.ring(props.gpu.id), now())
  }
  const left = () => Math.max(0, Math.min((props.cell?.x ?? 0) - 8, props.width - TIP_WIDTH))
  const top = () => (props.cell ? props.cell.y + props.cell.height + 8 : 0)
  return (
    <div class={styles.tip} style={{ left: `${left()}px`, top: `${top()}px`, width: `${TIP_WIDTH}px` }}>
      <p class={styles.tipName}>{props.gpu.name}</p>
      <p class="muted">{placeOf(props.gpu)}</p>
      <p class={styles.tipState}>
        <GpuStateLabel state={props.gpu.state} busy={props.gpu.inUse} />
      </p>
      <dl class={styles.figures}>
        <For each={METERS}>
          {(name) => (
            <div data-shown={name === props.metric ? '' : undefined}>
              <dt>{words.meters[name]}</dt>
              <dd>{sayMeter(name, last(), props.gpu.totalMemoryMb) ?? everywhere.none}</dd>
            </div>
          )}
        </For>
      </dl>
      <Show when={props.gpu.inUse}>
        <p class={styles.tipHolder}>{sayHolder(props.gpu)}</p>
      </Show>
      <Show when={props.gpu.currentRun?.idleSince}>
        {(since) => <p class={styles.tipIdle}>{words.leftIdle(sayDuration(now() - Date.parse(since())))}</p>}
      </Show>
      <Show when={props.gpu.stateReason}>{(reason) => <p class={styles.tipReason}>{sayReason(reason())}</p>}</Show>
    </div>
  )
}

/** The same in a sentence, to be read out. */
export function sayGpu(gpu: GpuCardFragment, last: SampleFragment | undefined): string {
  const figures = METERS.map((name) => {
    const text = sayMeter(name, last, gpu.totalMemoryMb)
    return text && `${words.meters[name]} ${text}`
  })
  const state = gpu.state === 'AVAILABLE' && gpu.inUse ? words.places.busy : words.state[gpu.state]
  const parts = [placeOf(gpu), gpu.name, state, ...figures]
  if (gpu.inUse) parts.push(sayHolder(gpu))
  return parts.filter((part) => part).join(', ')
}

/** Slices of one GPU have its index in common. */
function placeOf({ worker, index, mig }: GpuCardFragment): string {
  const place = words.placeShort(worker.hostname, index)
  return mig ? `${place} · ${words.slice(mig.gpuInstance, mig.computeInstance)}` : place
}

function sayHolder({ currentRun }: GpuCardFragment): string {
  return currentRun ? words.heldBy(currentRun.job.name, currentRun.job.submittedBy) : words.heldByOthers
}
