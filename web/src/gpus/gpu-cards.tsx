import { type Accessor, createEffect, createMemo, createSignal, For, on, Show } from 'solid-js'
import type { GpuCardFragment } from '../generated/documents.ts'
import type { Fleet } from './fleet.ts'
import { GpuCard } from './gpu-card.tsx'
import styles from './gpu-cards.module.css'
import { type Place, placeOf, sliceGroups } from './standing.ts'
import { words } from './words.ts'

/** Cards are drawn so many at a time. */
const STEP = 100

/** The GPUs of one place, or all: whole ones first, then the slices of each GPU in MIG mode. */
export function GpuCards(props: { fleet: Fleet; place: Place | undefined }) {
  const [limit, setLimit] = createSignal(STEP)
  createEffect(
    on(
      () => props.place,
      () => setLimit(STEP),
      { defer: true },
    ),
  )
  const all = createMemo(() =>
    props.fleet.rows().filter((gpu) => props.place === undefined || placeOf(gpu()) === props.place),
  )
  const here = createMemo(() => all().slice(0, limit()))
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
      <Show when={all().length > limit()}>
        <p class={styles.more}>
          <button type="button" class="button" onClick={() => setLimit((shown) => shown + STEP)}>
            {words.moreCards(Math.min(STEP, all().length - limit()))}
          </button>
          <span class="muted">{words.shown(limit(), all().length)}</span>
        </p>
      </Show>
      <Show when={here().length === 0 && props.place}>
        {(place) => <p class={`panel muted ${styles.nothing}`}>{noneHere(place())}</p>}
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

function noneHere(place: Place): string {
  return words.noneHere[place]
}

function sameGroups(a: readonly object[], b: readonly object[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
