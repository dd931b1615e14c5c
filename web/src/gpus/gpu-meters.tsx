import { createEffect, For } from 'solid-js'
import type { SampleFragment } from '../generated/documents.ts'
import { words as everywhere } from '../shared/words.ts'
import styles from './gpu-meters.module.css'
import { METERS, type MeterName, sayMeter } from './meters.ts'
import type { Ring } from './ring.ts'
import { paintSpark, SPARK, type SparkInk } from './sparkline.ts'
import { words } from './words.ts'

interface Live {
  ring: Ring | undefined
  last: SampleFragment | undefined
}

/** What a GPU does now, each figure over a little chart of its last minute, painted while it is on the screen. */
export function GpuMeters(props: { live: Live; onScreen: boolean; ink: SparkInk; memoryMb: number }) {
  return (
    <dl class={styles.meters}>
      <For each={METERS}>{(name) => <Meter name={name} {...props} />}</For>
    </dl>
  )
}

function Meter(props: { name: MeterName; live: Live; onScreen: boolean; ink: SparkInk; memoryMb: number }) {
  const ratio = Math.min(2, Math.max(1, window.devicePixelRatio))
  let canvas: HTMLCanvasElement | undefined
  createEffect(() => {
    const { ring, last } = props.live
    if (!props.onScreen || !canvas) return
    const bounds = { memoryMb: props.memoryMb, powerLimitWatts: last?.powerLimitWatts ?? null }
    paintSpark(canvas, ring, props.name, bounds, props.ink)
  })
  return (
    <div class={styles.meter}>
      <dt>{words.meters[props.name]}</dt>
      <dd>
        <span class={styles.value}>{sayMeter(props.name, props.live.last, props.memoryMb) ?? everywhere.none}</span>
        <canvas
          ref={canvas}
          class={styles.chart}
          width={SPARK.width * ratio}
          height={SPARK.height * ratio}
          role="img"
          aria-label={words.lastMinute(words.meters[props.name])}
        />
      </dd>
    </div>
  )
}
