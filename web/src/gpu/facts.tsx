import { A } from '@solidjs/router'
import { For, type ParentProps, Show } from 'solid-js'
import type { GpuDetailsFragment } from '../generated/documents.ts'
import { sayMemory } from '../shared/amounts.ts'
import { Ago } from '../shared/time.tsx'
import { words as everywhere } from '../shared/words.ts'
import styles from './facts.module.css'
import { words } from './words.ts'

/** What a GPU is, in one strip. */
export function Facts(props: { gpu: GpuDetailsFragment }) {
  const labels = () => Object.entries(props.gpu.labels)
  return (
    <dl class={`panel ${styles.facts}`} aria-label={words.facts.title}>
      <Fact label={words.facts.worker}>{props.gpu.worker.hostname}</Fact>
      <Fact label={words.facts.index}>{props.gpu.index}</Fact>
      <Fact label={words.facts.memory}>{sayMemory(props.gpu.totalMemoryMb)}</Fact>
      <Fact label={words.facts.capability}>{props.gpu.computeCapability ?? everywhere.none}</Fact>
      <Fact label={words.facts.driver}>{props.gpu.driverVersion ?? everywhere.none}</Fact>
      <Fact label={words.facts.cuda}>{props.gpu.cudaVersion ?? everywhere.none}</Fact>
      <Show when={props.gpu.pciBusId}>
        {(pci) => (
          <Fact label={words.facts.pci}>
            <span class="mono">{pci()}</span>
          </Fact>
        )}
      </Show>
      <Show when={props.gpu.mig}>
        {(mig) => (
          <Fact label={words.facts.slice}>
            <span class="mono">{mig().parentUuid}</span>
          </Fact>
        )}
      </Show>
      <Show when={props.gpu.nvlinkPeers.length > 0}>
        <Fact label={words.facts.peers}>
          <Peers peers={props.gpu.nvlinkPeers} />
        </Fact>
      </Show>
      <Show when={labels().length > 0}>
        <Fact label={words.facts.labels}>
          {labels()
            .map(([name, value]) => `${name}=${value}`)
            .join(', ')}
        </Fact>
      </Show>
      <Fact label={words.facts.registered}>
        <Ago at={props.gpu.registeredAt} />
      </Fact>
      <Fact label={words.facts.uuid}>
        <span class={`mono ${styles.uuid}`}>{props.gpu.uuid}</span>
      </Fact>
    </dl>
  )
}

function Peers(props: { peers: GpuDetailsFragment['nvlinkPeers'] }) {
  return (
    <ul class={styles.peers}>
      <For each={props.peers}>
        {(peer) => (
          <li>
            <Show when={peer.gpu} fallback={<span class="mono">{words.facts.peer(peer.uuid, peer.links)}</span>}>
              {(gpu) => (
                <A href={`/gpus/${gpu().id}`}>
                  {words.facts.peer(words.named(gpu().index, gpu().worker.hostname), peer.links)}
                </A>
              )}
            </Show>
          </li>
        )}
      </For>
    </ul>
  )
}

function Fact(props: ParentProps<{ label: string }>) {
  return (
    <div class={styles.fact}>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
    </div>
  )
}
