import { createEffect, createSignal, createUniqueId, For, on, onCleanup, Show } from 'solid-js'
import { identity } from '../shared/session.ts'
import styles from './filters.module.css'
import { tableWords } from './table-words.ts'
import { type Address, FILTERS, type Filter, RANGES, rangeOf } from './wanted.ts'

/** After the last key, before the list is asked for, in milliseconds. */
const TYPING_MS = 250

/** Filters that have no field here: links of other pages set them. */
const ONLY = ['array', 'template', 'model'] as const satisfies Filter[]

type Change = Readonly<Partial<Record<Filter, string | undefined>>>

/** Chooses jobs by words, account, user and age. What is chosen lives in the address. */
export function Filters(props: {
  address: Address
  accounts: readonly string[]
  users: readonly string[]
  /** `typing` where another key may follow. */
  onChange: (change: Change, typing: boolean) => void
}) {
  const seesOthers = () => identity()?.role !== 'user'
  const filtered = () => FILTERS.some((name) => props.address[name])
  return (
    <search class={styles.filters} aria-label={tableWords.filters}>
      <SearchField value={props.address.q} onValue={(q) => props.onChange({ q }, true)} />
      <NameField
        label={tableWords.account}
        value={props.address.account}
        options={props.accounts}
        onValue={(account) => props.onChange({ account }, false)}
      />
      <Show when={seesOthers()}>
        <NameField
          label={tableWords.user}
          value={props.address.user}
          options={props.users}
          onValue={(user) => props.onChange({ user }, false)}
        />
      </Show>
      <select
        class={`input ${styles.range}`}
        aria-label={tableWords.range}
        value={rangeOf(props.address.range) ?? ''}
        onChange={(event) => props.onChange({ range: event.currentTarget.value || undefined }, false)}
      >
        <option value="">{tableWords.ranges.any}</option>
        <For each={RANGES}>{(range) => <option value={range}>{tableWords.ranges[range]}</option>}</For>
      </select>
      <For each={ONLY.filter((name) => props.address[name])}>
        {(name) => (
          <button
            type="button"
            class="button"
            title={tableWords.only.remove}
            onClick={() => props.onChange({ [name]: undefined }, false)}
          >
            {tableWords.only[name]} {name === 'array' ? '' : props.address[name]} <span aria-hidden="true">✕</span>
          </button>
        )}
      </For>
      <Show when={filtered()}>
        <button
          type="button"
          class="button quiet"
          onClick={() => props.onChange(Object.fromEntries(FILTERS.map((name) => [name, undefined])), false)}
        >
          {tableWords.clear}
        </button>
      </Show>
    </search>
  )
}

/** The words are looked for once who types pauses. */
function SearchField(props: { value: string | undefined; onValue: (value: string | undefined) => void }) {
  const given = () => props.value ?? ''
  const [typed, setTyped] = createSignal(given())
  let told = given()
  createEffect(
    on(
      given,
      (text) => {
        // What comes back as it was told is behind what was typed since, such as a space.
        if (text !== told) setTyped(text)
        told = text
      },
      { defer: true },
    ),
  )
  createEffect(
    on(
      typed,
      (text) => {
        if (text.trim() === given()) return
        const timer = setTimeout(() => {
          told = text.trim()
          props.onValue(told || undefined)
        }, TYPING_MS)
        onCleanup(() => clearTimeout(timer))
      },
      { defer: true },
    ),
  )
  return (
    <input
      type="search"
      class={`input ${styles.search}`}
      aria-label={tableWords.search}
      aria-keyshortcuts="/"
      placeholder={tableWords.searchHint}
      maxLength={500}
      value={typed()}
      onInput={(event) => setTyped(event.currentTarget.value)}
    />
  )
}

/** One whole name: told when it is chosen from those that are known, or entered. */
function NameField(props: {
  label: string
  value: string | undefined
  options: readonly string[]
  onValue: (value: string | undefined) => void
}) {
  const id = createUniqueId()
  const tell = (text: string) => text.trim() !== (props.value ?? '') && props.onValue(text.trim() || undefined)
  return (
    <>
      <input
        class={`input ${styles.who}`}
        aria-label={props.label}
        placeholder={props.label}
        list={id}
        autocomplete="off"
        spellcheck={false}
        maxLength={128}
        value={props.value ?? ''}
        onInput={({ currentTarget: { value } }) => (value === '' || props.options.includes(value)) && tell(value)}
        onChange={(event) => tell(event.currentTarget.value)}
      />
      <datalist id={id}>
        <For each={props.options}>{(option) => <option value={option} />}</For>
      </datalist>
    </>
  )
}
