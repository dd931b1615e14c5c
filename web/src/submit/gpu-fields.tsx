import { Index, Show } from 'solid-js'
import { sayMemory } from '../shared/amounts.ts'
import styles from './gpu-fields.module.css'
import { createOffers, type Offer, shortModel } from './gpu-offers.ts'
import type { FormPart } from './job-form.ts'
import { TextField } from './text-field.tsx'
import { words } from './words.ts'

/** How many GPUs, and of what kind; the kinds that there are can be chosen. */
export function GpuFields(props: FormPart) {
  return (
    <div class={styles.gpus}>
      <Show when={props.form.gpuCount !== '0'}>
        <Offers {...props} />
      </Show>
      <div class={styles.row}>
        <TextField part={props} field="gpuCount" input={{ type: 'number', min: '0', max: '64' }} />
        <TextField part={props} field="gpuModel" empty={words.hints.gpuModel} input={{ spellcheck: false }} />
        <TextField
          part={props}
          field="gpuMemory"
          empty={words.hints.gpuMemory}
          input={{ type: 'number', min: '0', step: '1024' }}
        />
        <TextField part={props} field="gpuCapability" empty={words.hints.gpuCapability} input={{ spellcheck: false }} />
      </div>
    </div>
  )
}

function Offers(props: FormPart) {
  const { offers, failed } = createOffers()
  const all = () => offers() ?? []
  const any = (): Offer => ({
    name: '',
    memoryMb: 0,
    all: sum(all().map((offer) => offer.all)),
    free: sum(all().map((offer) => offer.free)),
  })
  /** Of two memories of one model the smaller one is asked for by name alone. */
  const leastMemory = ({ name, memoryMb }: Offer) =>
    all().some((other) => other.name === name && other.memoryMb < memoryMb) ? String(memoryMb) : ''
  const isChosen = (offer: Offer) => props.form.gpuModel === offer.name && props.form.gpuMemory === leastMemory(offer)
  const choose = (offer: Offer) => props.change({ gpuModel: offer.name, gpuMemory: leastMemory(offer) })
  return (
    <Show when={!failed()} fallback={<p class="hint">{words.gpus.unknown}</p>}>
      <Show when={offers()?.length !== 0} fallback={<p class="hint">{words.gpus.none}</p>}>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a row by every browser */}
        <div class={styles.offers} role="group" aria-label={words.gpus.label}>
          {/* One that has the focus, or is being pressed, stays while its numbers change. */}
          <Index each={[any(), ...all()]}>
            {(offer) => (
              <OfferButton
                offer={offer()}
                isKnown={offers() !== undefined}
                chosen={isChosen(offer())}
                onChoose={() => choose(offer())}
              />
            )}
          </Index>
        </div>
      </Show>
    </Show>
  )
}

function OfferButton(props: { offer: Offer; isKnown: boolean; chosen: boolean; onChoose: () => void }) {
  return (
    <button type="button" class={styles.offer} aria-pressed={props.chosen} onClick={() => props.onChoose()}>
      <span class={styles.model} title={props.offer.name}>
        {props.offer.name === '' ? words.gpus.any : shortModel(props.offer.name)}
      </span>
      <span class={styles.memory}>{props.offer.name === '' ? '' : sayMemory(props.offer.memoryMb)}</span>
      <span class={styles.free}>
        {props.isKnown ? words.gpus.free(props.offer.free, props.offer.all) : words.gpus.looking}
      </span>
      <span class={styles.meter} aria-hidden="true">
        <span style={{ width: `${props.offer.all === 0 ? 0 : (props.offer.free / props.offer.all) * 100}%` }} />
      </span>
    </button>
  )
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
