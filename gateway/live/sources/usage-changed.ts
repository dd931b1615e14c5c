// usageChanged(account, everySeconds): an account now, and again at each tick. What it has used comes from the service, which
// counts what goes on up to the moment that it is asked.
import { ConstellationError } from '@constellation/platform/errors.ts'
import { type Principal, personName } from '@constellation/platform/identity.ts'
import * as v from 'valibot'
import { createInbox } from '../feeds/inbox.ts'
import { everySeconds, putTicks, type Tick } from './pace.ts'
import { type OpenSource, readArguments } from './source.ts'

const wanted = v.object({ account: personName, everySeconds })

/** @throws ConstellationError NOT_FOUND where there is no such account for this principal */
export const usageChanged: OpenSource = async (args, who, { feeds }) => {
  const { account, everySeconds } = readArguments(wanted, args)
  if (!maySeeAccount(who, account)) throw new ConstellationError('NOT_FOUND', 'There is no such account.')
  const inbox = createInbox<Tick>(1, 'drop-oldest')
  inbox.put({ kind: 'tick', take: () => ({}) })
  const stopTicks = putTicks((tick) => inbox.put(tick), everySeconds, feeds)
  return {
    async next() {
      const tick = await inbox.take()
      return tick && { payload: { id: account }, origin: tick.take(), version: account, ifNew: true }
    },
    stop() {
      stopTicks()
      inbox.close()
    },
  }
}

function maySeeAccount({ role, accounts }: Principal, account: string): boolean {
  return role === 'admin' || role === 'operator' || role === 'analyst' || accounts.includes(account)
}
