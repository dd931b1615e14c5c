import { useHref, useResolvedPath } from '@solidjs/router'
import { createSignal, For, lazy, Show, Suspense } from 'solid-js'
import { identity } from '../shared/session.ts'
import { tableWords } from './table-words.ts'
import { builtInViews, keepViews, keptViews, linkOf, sameView, type View, viewPart, withView } from './views.ts'
import styles from './views-bar.module.css'
import type { Address } from './wanted.ts'

const SaveView = lazy(() => import('./save-view.tsx'))

/** The views as links, of which the present one is marked; a new one can be saved where it is none of them. */
export function ViewsBar(props: { address: Address }) {
  const person = identity()?.id ?? ''
  const [kept, setKept] = createSignal(keptViews(person))
  const [naming, setNaming] = createSignal(false)
  const keep = (views: View[]) => {
    keepViews(person, views)
    setKept(views)
  }
  const save = (name: string) => {
    keep(withView(kept(), { name, address: viewPart(props.address) }))
    setNaming(false)
  }
  const isNew = () => ![...builtInViews(person), ...kept()].some(({ address }) => sameView(address, props.address))
  return (
    <nav class={styles.views} aria-label={tableWords.views.label}>
      <For each={builtInViews(person)}>{(view) => <ViewLink view={view} address={props.address} />}</For>
      <For each={kept()}>
        {(view) => (
          <span class={styles.kept}>
            <ViewLink view={view} address={props.address} />
            <button
              type="button"
              class={styles.remove}
              aria-label={tableWords.views.remove(view.name)}
              onClick={() => keep(kept().filter((each) => each !== view))}
            >
              ✕
            </button>
          </span>
        )}
      </For>
      <Show when={naming()}>
        <Suspense>
          <SaveView onSave={save} onCancel={() => setNaming(false)} />
        </Suspense>
      </Show>
      <Show when={!naming() && isNew()}>
        <button type="button" class={styles.save} title={tableWords.views.saveTitle} onClick={() => setNaming(true)}>
          <span aria-hidden="true">+</span> {tableWords.views.save}
        </button>
      </Show>
    </nav>
  )
}

/** No `A`, which takes a link for the present one whatever its parameters. */
function ViewLink(props: { view: View; address: Address }) {
  const href = useHref(useResolvedPath(() => linkOf(props.view.address)))
  return (
    <a
      href={href()}
      class={styles.view}
      aria-current={sameView(props.view.address, props.address) ? 'page' : undefined}
    >
      {props.view.name}
    </a>
  )
}
