// Sends what comes one by one in batches, without waiting for a batch to fill.

interface Waiting<Item, Answer> {
  item: Item
  answered: PromiseWithResolvers<Answer>
}

/**
 * Returns a function that sends an item and answers with what `send` answered to it. The first goes at once; what
 * comes while a batch is under way goes with the next, at most `most` at a time. Where `isRefusal` says that a batch
 * was refused, each of its items is sent again by itself, so that one does not harm the others.
 */
export function inBatches<Item, Answer>(
  send: (items: readonly Item[]) => Promise<readonly Answer[]>,
  isRefusal: (error: unknown) => boolean,
  most: number,
): (item: Item) => Promise<Answer> {
  const waiting: Waiting<Item, Answer>[] = []
  let sending = false

  const deliver = async (batch: readonly Waiting<Item, Answer>[]): Promise<void> => {
    try {
      const answers = await send(batch.map(({ item }) => item))
      for (const [i, { answered }] of batch.entries()) settle(answered, answers[i])
    } catch (error) {
      if (batch.length > 1 && isRefusal(error)) for (const one of batch) await deliver([one])
      else for (const { answered } of batch) answered.reject(error)
    }
  }
  const sendAll = async () => {
    sending = true
    // What comes in the same turn goes together.
    await Promise.resolve()
    while (waiting.length > 0) await deliver(waiting.splice(0, most))
    sending = false
  }

  return (item) => {
    const answered = Promise.withResolvers<Answer>()
    waiting.push({ item, answered })
    if (!sending) void sendAll()
    return answered.promise
  }
}

function settle<Answer>({ resolve, reject }: PromiseWithResolvers<Answer>, answer: Answer | undefined): void {
  if (answer === undefined) reject(new Error('A batch was answered in part.'))
  else resolve(answer)
}
