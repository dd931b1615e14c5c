// budgetsChanged(account): the budgets that one may see, each when it was saved or deleted, or a threshold was crossed.
import { type Principal, personName } from '@constellation/platform/identity.ts'
import * as v from 'valibot'
import type { ChangedBudget } from '../feeds/event-feeds.ts'
import { createInbox } from '../feeds/inbox.ts'
import { missedChanges, type OpenSource, readArguments } from './source.ts'

/** Changes that wait for a slow reader; then it is told to subscribe again. */
const INBOX_LIMIT = 5_000

const wanted = v.object({ account: v.nullish(personName) })

export const budgetsChanged: OpenSource = async (args, who, { feeds, link }) => {
  const { account } = readArguments(wanted, args)
  const inbox = createInbox<ChangedBudget | 'missed'>(INBOX_LIMIT, 'fail')
  const listening = feeds.budgets.listen((change) => {
    if (maySee(who, change.account) && (account ?? change.account) === change.account) inbox.put(change)
  })
  // What has changed while NATS was away, nobody tells: whoever lists budgets must read the list again.
  const stopWatching = link.onReconnect(() => inbox.put('missed'))
  await listening.ready
  return {
    async next() {
      const change = await inbox.take()
      if (change === 'missed') throw missedChanges()
      return change && { payload: change, origin: change, version: '' }
    },
    stop() {
      listening.stop()
      stopWatching()
      inbox.close()
    },
  }
}

function maySee({ role, accounts }: Principal, account: string): boolean {
  if (role === 'admin' || role === 'operator' || role === 'analyst') return true
  return role === 'account-manager' && accounts.includes(account)
}
