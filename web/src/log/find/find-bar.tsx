import { For, onMount } from 'solid-js'
import { sayWhole } from '../../shared/language.ts'
import { words } from '../words.ts'
import { CONTEXTS, type Find } from './find.ts'
import styles from './find-bar.module.css'
import { placeOf } from './matches.ts'

/** The field for what is to be found, what was found, and the way from one match to the next. */
export function FindBar(props: {
  find: Find
  /** The number of the line of the match that was gone to last. */
  current: number | undefined
  onStep: (direction: 1 | -1) => void
  onClose: () => void
  attach: (field: HTMLInputElement) => void
}) {
  const { find } = props
  let field: HTMLInputElement | undefined
  onMount(() => field?.focus())
  const { want, wanted } = find
  return (
    <search class={styles.bar} aria-label={words.find.label}>
      <div class={styles.field} data-wrong={saysWrong(find) ? '' : undefined}>
        <input
          ref={(element) => {
            field = element
            props.attach(element)
          }}
          class={styles.input}
          aria-label={words.find.label}
          aria-invalid={find.problem() !== undefined}
          placeholder={words.find.placeholder}
          value={wanted().text}
          maxLength={1000}
          spellcheck={false}
          autocomplete="off"
          onInput={(event) => want({ text: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key === 'Enter') props.onStep(event.shiftKey ? -1 : 1)
          }}
        />
        <Toggle
          text="Aa"
          label={words.find.matchCase}
          on={wanted().matchCase}
          onToggle={(on) => want({ matchCase: on })}
        />
        <Toggle text=".*" label={words.find.regex} on={wanted().isRegex} onToggle={(on) => want({ isRegex: on })} />
      </div>
      <output class={styles.found} data-wrong={saysWrong(find) ? '' : undefined}>
        {sayFound(find, props.current)}
      </output>
      <div class={styles.steps}>
        <Step text="↑" label={words.find.previous} onStep={() => props.onStep(-1)} />
        <Step text="↓" label={words.find.next} onStep={() => props.onStep(1)} />
      </div>
      <label class={styles.only}>
        <input
          type="checkbox"
          checked={wanted().onlyMatches}
          onChange={(event) => want({ onlyMatches: event.currentTarget.checked })}
        />
        {words.find.onlyMatches}
      </label>
      <select
        class={styles.context}
        aria-label={words.find.context}
        disabled={!wanted().onlyMatches}
        value={wanted().context}
        onChange={(event) => want({ context: Number(event.currentTarget.value) })}
      >
        <For each={CONTEXTS}>{(lines) => <option value={lines}>{words.find.contextOf(lines)}</option>}</For>
      </select>
      <button type="button" class={styles.close} aria-label={words.find.close} onClick={() => props.onClose()}>
        ✕
      </button>
    </search>
  )
}

function Toggle(props: { text: string; label: string; on: boolean; onToggle: (on: boolean) => void }) {
  return (
    <button
      type="button"
      class={styles.toggle}
      aria-label={props.label}
      aria-pressed={props.on}
      title={props.label}
      onClick={() => props.onToggle(!props.on)}
    >
      {props.text}
    </button>
  )
}

function Step(props: { text: string; label: string; onStep: () => void }) {
  return (
    <button
      type="button"
      class={styles.step}
      aria-label={props.label}
      title={props.label}
      onClick={() => props.onStep()}
    >
      {props.text}
    </button>
  )
}

function saysWrong(find: Find): boolean {
  return find.problem() !== undefined || find.status() === 'tooSlow' || find.status() === 'failed'
}

function sayFound(find: Find, current: number | undefined): string {
  find.version()
  const problem = find.problem()
  if (problem !== undefined) return `${words.find.invalid}: ${problem}`
  const status = find.status()
  if (status === 'tooSlow' || status === 'failed') return words.find[status]
  if (status === 'idle') return ''
  const count = find.matches.length
  if (count === 0) return status === 'done' ? words.find.none : words.find.searching
  const total = `${sayWhole(count)}${find.isFull() ? '+' : ''}`
  if (current !== undefined) return words.find.count(sayWhole(placeOf(find.matches, current) + 1), total)
  return words.find.total(total, count)
}
