import { createSignal, Show } from 'solid-js'
import { downloadLog } from './download.ts'
import { words } from './words.ts'

/** Saves the whole log of an attempt, also what the screen does not keep. */
export function DownloadButton(props: { jobId: string; attempt: number }) {
  const [busy, setBusy] = createSignal(false)
  const [failed, setFailed] = createSignal(false)
  const download = async () => {
    setBusy(true)
    setFailed(false)
    await downloadLog(props.jobId, props.attempt).catch(() => setFailed(true))
    setBusy(false)
  }
  return (
    <>
      <Show when={failed()}>
        <span class="problem" role="alert">
          {words.downloadFailed}
        </span>
      </Show>
      <button type="button" class="button" disabled={busy()} onClick={() => void download()}>
        {busy() ? words.downloading : words.download}
      </button>
    </>
  )
}
