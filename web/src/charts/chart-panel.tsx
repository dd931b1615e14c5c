import { createEffect, createMemo, createSignal, For, on, onCleanup, Show } from 'solid-js'
import { inTurn } from '../shared/in-turn.ts'
import styles from './charts.module.css'
import { createThemeSignal } from './colours.ts'
import { type Drawing, type LineLook, openDrawing, type Picture } from './draw.ts'
import { timeFormat } from './range.ts'

/** One chart: its name, what it says in words, and the drawing. Under the pointer, the values there. */
export function ChartPanel(props: {
  title: string
  /** The chart in words, which is also what is read out. */
  summary: string
  looks: readonly LineLook[]
  banded: boolean
  picture: Picture
  say: (value: number) => string
}) {
  const [hovered, setHovered] = createSignal<number>()
  const theme = createThemeSignal()
  const looks = createMemo(() => props.looks, undefined, { equals: sameLooks })
  let host: HTMLDivElement | undefined
  let drawing: Drawing | undefined

  // A page has several charts, and each takes long to open.
  const [isTurn, setTurn] = createSignal(false)
  inTurn(() => setTurn(true))
  createEffect(
    on([isTurn, theme, looks], ([turn]) => {
      if (!host || !turn) return
      drawing = openDrawing(host, { looks: looks(), banded: props.banded, say: props.say }, setHovered)
      drawing.show(props.picture)
      onCleanup(() => drawing?.close())
    }),
  )
  // The picture is read also before there is a drawing: else the effect would never run again.
  createEffect(
    on(
      () => props.picture,
      (picture) => drawing?.show(picture),
    ),
  )

  return (
    <figure class={styles.chart}>
      <figcaption class={styles.caption}>
        <span class={styles.name}>{props.title}</span>
        <Show when={hovered() !== undefined} fallback={<span class="muted">{props.summary}</span>}>
          <Values index={hovered() ?? 0} {...props} />
        </Show>
      </figcaption>
      <div ref={host} class={styles.canvas} role="img" aria-label={`${props.title}: ${props.summary}`} />
    </figure>
  )
}

function Values(props: {
  index: number
  looks: readonly LineLook[]
  picture: Picture
  say: (value: number) => string
}) {
  const time = () => {
    const at = props.picture.times[props.index]
    return at === undefined ? '' : timeFormat(0).format(at * 1000)
  }
  return (
    <span class={styles.values}>
      <span class="muted">{time()}</span>
      <For each={props.looks}>
        {(look, line) => (
          <Show when={props.picture.columns[line()]?.[props.index] != null}>
            <span class={styles.value}>
              <span class={styles.mark} style={{ background: `var(${look.colour})` }} />
              {look.label} {props.say(props.picture.columns[line()]?.[props.index] ?? 0)}
            </span>
          </Show>
        )}
      </For>
    </span>
  )
}

function sameLooks(a: readonly LineLook[], b: readonly LineLook[]): boolean {
  return a.length === b.length && a.every((look, index) => look.label === b[index]?.label)
}
