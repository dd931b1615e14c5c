// Those who ask the same at the same time get one answer; it is called off when none of them waits for it any more.

interface Shared<Answer> {
  answer: Promise<Answer>
  askers: number
  callOff: AbortController
}

interface Options<Question, Answer> {
  /** `close` says that nobody may join any more. */
  answer(question: Question, signal: AbortSignal, close: () => void): Promise<Answer>
  /** What somebody hears who has called off. */
  calledOff(): Error
}

export interface Sharing<Question, Answer> {
  ask(question: Question, signal?: AbortSignal): Promise<Answer>
  /** From now on nobody joins who has asked before. */
  begin(): void
}

/** Questions are the same if JSON says the same of them. */
export function shareAnswers<Question, Answer>(options: Options<Question, Answer>): Sharing<Question, Answer> {
  const shared = new Map<string, Shared<Answer>>()

  function join(key: string, question: Question): Shared<Answer> {
    const known = shared.get(key)
    if (known) return known
    const callOff = new AbortController()
    const forget = () => {
      if (shared.get(key) === one) shared.delete(key)
    }
    const one = { answer: options.answer(question, callOff.signal, forget), askers: 0, callOff }
    shared.set(key, one)
    callOff.signal.addEventListener('abort', forget)
    one.answer.then(forget, forget)
    return one
  }

  return {
    async ask(question, signal) {
      if (signal?.aborted) throw options.calledOff()
      const one = join(JSON.stringify(question), question)
      const gone = Promise.withResolvers<never>()
      const leave = () => {
        gone.reject(options.calledOff())
        one.askers -= 1
        if (one.askers === 0) one.callOff.abort()
      }
      one.askers += 1
      signal?.addEventListener('abort', leave)
      try {
        return await Promise.race([one.answer, gone.promise])
      } finally {
        signal?.removeEventListener('abort', leave)
      }
    },
    begin: () => shared.clear(),
  }
}
