// The rows of the table: every way of asking for every operation.
import type { Targets } from './arguments.ts'
import type { Ask, createDirectAsk } from './ask.ts'
import { graphOperations } from './graph-operations.ts'
import { type Answer, graphOutcome, restOutcome } from './outcome.ts'
import type { Person } from './people.ts'
import { referenceOperations } from './reference-operations.ts'
import { restOperations } from './rest-operations.ts'

export interface Row {
  name: string
  isChange: boolean
  /** What is asked, as a text: it differs where the targets matter. */
  request(targets: Targets): string
  ask(who: Person, targets: Targets): Promise<Answer>
  outcome(answer: Answer, targets: Targets): string
}

interface Ways {
  ask: Ask
  askDirectly: Awaited<ReturnType<typeof createDirectAsk>>
  /** Changes a job of the owner's, one of another user's, and a GPU. */
  stir(): Promise<void>
}

/** What only reads comes first. */
export function rowsOf(ways: Ways): Row[] {
  const rows = [...graphRows(ways), ...referenceRows(ways), ...restRows(ways)]
  return [...rows.filter(({ isChange }) => !isChange), ...rows.filter(({ isChange }) => isChange)]
}

function graphRows({ ask, stir }: Ways): Row[] {
  return graphOperations().map(({ kind, field, request }) => {
    const outcome: Row['outcome'] = (answer, targets) =>
      graphOutcome(answer, kind !== 'mutation', request(targets).variables)
    return {
      name: `${kind} ${field}`,
      isChange: kind === 'mutation',
      request: (targets) => JSON.stringify(request(targets)),
      ask(who, targets) {
        if (kind !== 'subscription') return ask.graph(who, request(targets))
        return ask.subscription(who, request(targets), stir, (answer) => outcome(answer, targets) !== 'allowed')
      },
      outcome,
    }
  })
}

function referenceRows({ askDirectly }: Ways): Row[] {
  return referenceOperations().map(({ subgraph, type, request }) => ({
    name: `${subgraph}: reference ${type}`,
    isChange: false,
    request: (targets) => JSON.stringify(request(targets)),
    ask: (who, targets) => askDirectly(who, subgraph, request(targets)),
    outcome: (answer) => graphOutcome(answer, true),
  }))
}

function restRows({ ask }: Ways): Row[] {
  return restOperations().map(({ name, method, isSocket, request }) => ({
    name,
    isChange: method !== 'GET',
    request: (targets) => JSON.stringify(request(targets)),
    ask(who, targets) {
      const { path, body } = request(targets)
      return isSocket ? ask.socket(who, path) : ask.rest(who, method, path, body)
    },
    outcome: (answer, targets) => restOutcome(answer, request(targets).path, method === 'GET'),
  }))
}
