import { Dialog } from '@kobalte/core/dialog'
import type { JSX, ParentProps } from 'solid-js'
import styles from './modal-dialog.module.css'
import overlay from './modal-dialog-overlay.module.css'
import { words } from './words.ts'

/** A dialog over the page: its title with a button to close, and what is inside. */
export function ModalDialog(
  props: ParentProps<{
    title: string
    narrow?: boolean
    /** What has the focus at first; else it is what comes first. */
    focus?: () => HTMLElement | undefined
    onClose: () => void
  }>,
) {
  const setFocus = (event: Event) => {
    const wanted = props.focus?.()
    if (!wanted) return
    event.preventDefault()
    wanted.focus()
  }
  return (
    <Dialog open preventScroll={false} onOpenChange={(open) => open || props.onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay class={overlay.overlay} />
        <div class={styles.place}>
          <Dialog.Content
            class={styles.dialog}
            classList={{ [styles.narrow ?? '']: props.narrow === true }}
            onOpenAutoFocus={setFocus}
          >
            <div class={styles.head}>
              <Dialog.Title class={styles.title}>{props.title}</Dialog.Title>
              <Dialog.CloseButton class="button quiet" aria-label={words.close}>
                <span aria-hidden="true">✕</span>
              </Dialog.CloseButton>
            </div>
            {props.children}
          </Dialog.Content>
        </div>
      </Dialog.Portal>
    </Dialog>
  )
}

/** What stands at a dialog's end: the button that leaves it as it was, and those of `children`. */
export function ModalFoot(props: ParentProps<{ cancel: string }>): JSX.Element {
  return (
    <div class={styles.foot}>
      <Dialog.CloseButton class="button" aria-label={props.cancel}>
        {props.cancel}
      </Dialog.CloseButton>
      {props.children}
    </div>
  )
}
