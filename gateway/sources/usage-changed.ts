// usageChanged(account, everySeconds): an account now, and again at each tick. What it has used comes from the service, which
// counts what goes on up to the moment that it is asked.
import { personName } from '@constellation/platform/identity.ts'
import * as v from 'valibot'
import { createInbox } from '../inbox.ts'
import { everySeconds, putTicks, type Tick } from './pace.ts'
import { type OpenSource, readArguments } from './source.ts'

const wanted = v.object({ account: personName, everySeconds })

export const usageChanged: OpenSource = async (args, _who, { feeds }) => {
  const { account, everySeconds } = readArguments(wanted, args)
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
