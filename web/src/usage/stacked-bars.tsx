import { createMemo, createSignal, For, Index, Show } from 'solid-js'
import { niceTop } from '../charts/scale.ts'
import { narrow } from '../shared/narrow.ts'
import styles from './stacked-bars.module.css'
import type { Stack } from './stacks.ts'
import { words } from './words.ts'

export interface Layer {
  label: string
  /** As CSS has it. */
  colour: string
}

interface Props {
  label: string
  layers: readonly Layer[]
  stacks: readonly Stack[]
  say: (amount: number) => string
  /** Shorter, for the axis; its numbers are round in this unit. */
  sayRound: (amount: number) => string
  unit: number
  /** A part of time on the axis, and in full. */
  sayStart: (start: number) => string
  sayPart: (start: number) => string
  onPick?: ((stack: Stack) => void) | undefined
}

/**
 * Bars of stacked layers over time. They are elements, not a canvas: each can be reached by keys and is read out, and
 * the theme's colours and the width need no drawing anew. Under the pointer, the values.
 */
export function StackedBars(props: Props) {
  const [shown, setShown] = createSignal<number>()
  const top = createMemo(() => {
    const most = Math.max(0, ...props.stacks.map(({ amount }) => amount))
    return niceTop(most / props.unit) * props.unit
  })
  /** The one bar that Tab reaches: from there arrows lead on. */
  const [reached, setReached] = createSignal<number>()
  const reach = () => Math.min(reached() ?? props.stacks.length - 1, props.stacks.length - 1)
  let bars: HTMLDivElement | undefined
  const onKeyDown = (event: KeyboardEvent) => {
    const to = stepTo(event.key, reach(), props.stacks.length)
    if (to === undefined) return
    event.preventDefault()
    setReached(to)
    const bar = bars?.children[to]
    if (bar instanceof HTMLElement) bar.focus()
  }
  return (
    <div class={styles.chart}>
      <div class={styles.scale} aria-hidden="true">
        <For each={[top(), top() / 2, 0]}>{(value) => <span>{value === 0 ? '0' : props.sayRound(value)}</span>}</For>
      </div>
      <div class={styles.plot}>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out so by every browser */}
        <div
          ref={bars}
          class={styles.bars}
          role="group"
          aria-label={props.label}
          onKeyDown={onKeyDown}
          onPointerLeave={() => setShown(undefined)}
          onFocusOut={() => setShown(undefined)}
        >
          <Index each={props.stacks}>
            {(stack, index) => (
              <Bar
                {...props}
                stack={stack()}
                top={top()}
                tabbable={index === reach()}
                onShow={() => setShown(index)}
                onFocus={() => {
                  setReached(index)
                  setShown(index)
                }}
              />
            )}
          </Index>
        </div>
        <Show when={shown() !== undefined && props.stacks[shown() ?? 0]}>
          {(stack) => <Tip {...props} stack={stack()} place={((shown() ?? 0) + 0.5) / props.stacks.length} />}
        </Show>
      </div>
      <Axis stacks={props.stacks} sayStart={props.sayStart} />
    </div>
  )
}

function Bar(props: Props & { stack: Stack; top: number; tabbable: boolean; onShow: () => void; onFocus: () => void }) {
  const said = () =>
    props.layers.flatMap(({ label }, i) =>
      props.stack.layers[i] ? [`${label} ${props.say(props.stack.layers[i])}`] : [],
    )
  const label = () => `${props.sayPart(props.stack.start)}: ${[props.say(props.stack.amount), ...said()].join(', ')}`
  return (
    <button
      type="button"
      class={styles.bar}
      tabindex={props.tabbable ? 0 : -1}
      aria-label={label()}
      aria-disabled={props.onPick === undefined}
      onPointerEnter={() => props.onShow()}
      onFocus={() => props.onFocus()}
      onClick={() => props.onPick?.(props.stack)}
    >
      <span
        class={styles.stack}
        data-growing={props.stack.provisional ? '' : undefined}
        style={{ height: `${(props.stack.amount / props.top) * 100}%` }}
      >
        <For each={props.stack.layers}>
          {(amount, layer) => (
            <span
              class={styles.layer}
              style={{
                height: `${props.stack.amount > 0 ? (amount / props.stack.amount) * 100 : 0}%`,
                background: props.layers[layer()]?.colour ?? 'none',
              }}
            />
          )}
        </For>
      </span>
    </button>
  )
}

/** The values of one bar, beside it. What it says is also the bar's label. */
function Tip(props: Props & { stack: Stack; place: number }) {
  const some = () =>
    props.layers.flatMap((layer, i) => (props.stack.layers[i] ? [{ ...layer, amount: props.stack.layers[i] }] : []))
  return (
    <div
      class={styles.tip}
      data-side={props.place > 0.5 ? 'left' : 'right'}
      style={{ '--place': `${props.place * 100}%` }}
      aria-hidden="true"
    >
      <p class={styles.tipHead}>
        <span>{props.sayPart(props.stack.start)}</span>
        <b>{props.say(props.stack.amount)}</b>
      </p>
      <For each={some().toReversed()}>
        {(layer) => (
          <p class={styles.tipRow}>
            <span class={styles.mark} style={{ background: layer.colour }} />
            <span class={styles.tipName}>{layer.label}</span>
            <span>{props.say(layer.amount)}</span>
          </p>
        )}
      </For>
      <Show when={props.stack.provisional}>
        <p class="muted">{words.chart.growing}</p>
      </Show>
    </div>
  )
}

/** As many names of times as there is room for. */
function Axis(props: { stacks: readonly Stack[]; sayStart: (start: number) => string }) {
  const step = () => Math.max(1, Math.ceil(props.stacks.length / (narrow() ? 5 : 12)))
  return (
    <div class={styles.axis} aria-hidden="true">
      <For each={props.stacks.filter((_, i) => i % step() === 0)}>
        {(stack, i) => (
          <span
            style={{
              left: `${((i() * step()) / props.stacks.length) * 100}%`,
              width: `${(1 / props.stacks.length) * 100}%`,
            }}
          >
            <span>{props.sayStart(stack.start)}</span>
          </span>
        )}
      </For>
    </div>
  )
}

/** Where a key leads from a place; undefined for other keys. */
function stepTo(key: string, from: number, count: number): number | undefined {
  const to = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: count - 1 }[key]
  return to === undefined ? undefined : Math.min(count - 1, Math.max(0, to))
}
