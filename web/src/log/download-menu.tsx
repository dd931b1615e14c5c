import { createSignal, createUniqueId, Show } from 'solid-js'
import styles from './download-menu.module.css'
import { words } from './words.ts'

/** The ways to save a log. `onMatches` is there where only what was found is shown. */
export function DownloadMenu(props: {
  onRaw: () => Promise<void>
  onDrawn: () => Promise<void>
  onMatches: (() => void) | undefined
}) {
  const id = createUniqueId()
  const [busy, setBusy] = createSignal(false)
  const [failed, setFailed] = createSignal(false)
  let opener: HTMLButtonElement | undefined
  let sheet: HTMLDivElement | undefined
  const save = async (download: () => Promise<void> | void) => {
    sheet?.hidePopover()
    setBusy(true)
    setFailed(false)
    await Promise.resolve(download()).catch(() => setFailed(true))
    setBusy(false)
  }
  /** Below the button, its right edges in line. */
  const place = () => {
    const edges = opener?.getBoundingClientRect()
    if (!sheet || !edges) return
    sheet.style.top = `${edges.bottom + 4}px`
    sheet.style.right = `${Math.max(8, document.documentElement.clientWidth - edges.right)}px`
  }
  return (
    <>
      <Show when={failed()}>
        <span class="problem" role="alert">
          {words.download.failed}
        </span>
      </Show>
      <button ref={opener} type="button" class={styles.opener} popovertarget={id} disabled={busy()}>
        {busy() ? words.download.working : words.download.menu}
      </button>
      <div ref={sheet} id={id} popover="auto" class={styles.sheet} on:beforetoggle={place}>
        <Choice text={words.download.raw} hint={words.download.rawHint} onChoose={() => void save(props.onRaw)} />
        <Choice text={words.download.drawn} hint={words.download.drawnHint} onChoose={() => void save(props.onDrawn)} />
        <Show when={props.onMatches}>
          {(onMatches) => (
            <Choice
              text={words.download.matches}
              hint={words.download.matchesHint}
              onChoose={() => void save(onMatches())}
            />
          )}
        </Show>
      </div>
    </>
  )
}

function Choice(props: { text: string; hint: string; onChoose: () => void }) {
  return (
    <button type="button" class={styles.choice} onClick={() => props.onChoose()}>
      {props.text} <span class={styles.hint}>{props.hint}</span>
    </button>
  )
}
