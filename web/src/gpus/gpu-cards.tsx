import { type Accessor, createMemo, For, Show } from 'solid-js'
import type { GpuCardFragment } from '../generated/documents.ts'
import type { Fleet } from './fleet.ts'
import { GpuCard } from './gpu-card.tsx'
import styles from './gpu-cards.module.css'
import { type Place, placeOf, sliceGroups } from './standing.ts'
import { words } from './words.ts'

/** The GPUs of one place, or all: whole ones first, then the slices of each GPU in MIG mode. */
export function GpuCards(props: { fleet: Fleet; place: Place | undefined }) {
  const here = createMemo(() =>
    props.fleet.rows().filter((gpu) => props.place === undefined || placeOf(gpu()) === props.place),
  )
  const whole = () => here().filter((gpu) => gpu().mig === null)
  const groups = createMemo(() => sliceGroups(here().map((gpu) => gpu())), [], { equals: sameGroups })
  return (
    <>
      <Show when={whole().length > 0}>
        <Cards gpus={whole()} fleet={props.fleet} />
      </Show>
      <For each={groups()}>
        {(group) => (
          <section>
            <h2 class={styles.title}>
              {words.slices(group.ids.length)} <span class="mono muted">{group.parentUuid}</span>
            </h2>
            <Cards gpus={here().filter((gpu) => group.ids.includes(gpu().id))} fleet={props.fleet} />
          </section>
        )}
      </For>
      <Show when={here().length === 0 && props.place}>
        {(place) => <p class={`panel muted ${styles.nothing}`}>{words.noneHere[place()]}</p>}
      </Show>
    </>
  )
}

function Cards(props: { gpus: readonly Accessor<GpuCardFragment>[]; fleet: Fleet }) {
  return (
    <ul class={styles.cards}>
      <For each={props.gpus}>{(gpu) => <GpuCard gpu={gpu()} samples={props.fleet.telemetry.of(gpu().id)} />}</For>
    </ul>
  )
}

function sameGroups(a: readonly object[], b: readonly object[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
