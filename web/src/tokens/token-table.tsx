import { For, Show } from 'solid-js'
import type { TokenFragment } from '../generated/documents.ts'
import { now } from '../shared/clock.ts'
import { Ago, At } from '../shared/time.tsx'
import { standingOf } from './standing.ts'
import styles from './tokens.module.css'
import { words } from './words.ts'

/** Tokens, newest first; undefined until the first answer. */
export function TokenTable(props: {
  tokens: readonly TokenFragment[] | undefined
  onRevoke: (token: TokenFragment) => void
}) {
  const { columns } = words
  return (
    <section class={`panel ${styles.table}`} aria-label={words.title}>
      <Show
        when={props.tokens?.length}
        fallback={<p class={`muted ${styles.none}`}>{props.tokens ? words.none : words.loading}</p>}
      >
        <table>
          <thead>
            <tr>
              <For each={[columns.name, columns.owner, columns.scopes, columns.used, columns.ends]}>
                {(column) => <th>{column}</th>}
              </For>
              <th>
                <span class="hidden">{columns.act}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={props.tokens}>{(token) => <TokenRow token={token} onRevoke={props.onRevoke} />}</For>
          </tbody>
        </table>
      </Show>
    </section>
  )
}

function TokenRow(props: { token: TokenFragment; onRevoke: (token: TokenFragment) => void }) {
  const standing = () => standingOf(props.token, now())
  return (
    <tr classList={{ muted: standing() !== 'holds' }}>
      <td>{props.token.name}</td>
      <td>{props.token.owner}</td>
      <td>{props.token.scopes.map((scope) => scope.toLowerCase()).join(', ')}</td>
      <td>
        <Show when={props.token.lastUsedAt} fallback={words.never}>
          {(at) => <Ago at={at()} />}
        </Show>
      </td>
      <td>
        <Show when={standing() === 'holds'} fallback={standing() === 'revoked' ? words.revoked : words.ended}>
          <At at={props.token.expiresAt} />
        </Show>
      </td>
      <td class={styles.act}>
        <Show when={standing() === 'holds'}>
          <button
            type="button"
            class="button quiet danger"
            aria-label={words.revokeNamed(props.token.name)}
            onClick={() => props.onRevoke(props.token)}
          >
            {words.revoke}
          </button>
        </Show>
      </td>
    </tr>
  )
}
