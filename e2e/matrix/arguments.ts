// The least arguments with which an operation does something to what is the owner's: by name and by type, so that most
// operations that are added need nothing here.
import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql'

/** What the arguments name. */
export interface Targets {
  jobId: string
  arrayId: string
  runId: string
  gpuId: string
  workerId: string
  account: string
  schedule: string
  secret: string
  webhookId: string
  exportId: string
  tokenId: string
  budgetId: string
}

/** What an operation is asked with in place of the least. */
const VALUES: Readonly<Record<string, object>> = {
  SubmitJobInput: { command: ['true'] },
  UpdateJobInput: { name: 'owners-job' },
  RegisterWorkerInput: { gpus: [] },
  ClaimRunsInput: { gpuIds: [], cpuSlots: 0 },
  SaveAccountInput: { account: 'operations' },
  FleetRangeInput: { from: '2026-01-01T00:00:00.000Z', to: '2026-01-02T00:00:00.000Z' },
  SaveBudgetInput: { gpuHours: '1000' },
  SavePriceInput: { currency: 'EUR', validFrom: '2099-01-31T12:00:00.000Z' },
}

/** Those that are given although they need not be, as their default is the caller's own. */
const GIVEN = new Set(['deleteSchedule.account', 'deleteSecret.account'])

/** The arguments of a field, as variables. */
export function argumentsOf(field: string, args: readonly GraphQLArgument[], targets: Targets) {
  const given = args.filter(({ name, type }) => isNonNullType(type) || GIVEN.has(`${field}.${name}`))
  return given.map((argument) => ({ argument, value: valueFor(argument, argument.type, field, targets) }))
}

function valueFor(
  place: GraphQLArgument | GraphQLInputField,
  type: GraphQLInputType,
  field: string,
  targets: Targets,
): unknown {
  if (isNonNullType(type)) return valueFor(place, type.ofType, field, targets)
  if (isListType(type)) return [valueFor(place, type.ofType, field, targets)]
  if (isEnumType(type)) return type.getValues()[0]?.name
  if (isInputObjectType(type)) {
    const needed = Object.values(type.getFields()).filter((inner) => isNonNullType(inner.type))
    const values = needed.map((inner) => [inner.name, valueFor(inner, inner.type, field, targets)])
    return { ...Object.fromEntries(values), ...VALUES[type.name] }
  }
  switch (type.name) {
    case 'ID':
      return idFor(place.name, field, targets)
    case 'String':
      return textFor(place.name, field, targets)
    case 'DateTime':
      return '2099-01-31T12:00:00.000Z'
    case 'Decimal':
      return '1.50'
    case 'StringMap':
      return { tried: 'yes' }
    case 'Boolean':
      return true
    case 'Int':
    case 'Float':
      return 1
  }
  throw new Error(`The matrix has no value of the type ${type.name} for ${field}.`)
}

function idFor(name: string, field: string, targets: Targets): string {
  if (name === 'runId' || field === 'run') return targets.runId
  if (/gpu/i.test(name) || /gpu/i.test(field)) return targets.gpuId
  if (/worker/i.test(field)) return targets.workerId
  if (/export/i.test(field)) return targets.exportId
  if (/webhook/i.test(field)) return targets.webhookId
  if (/token/i.test(field)) return targets.tokenId
  if (/budget/i.test(field)) return targets.budgetId
  return field === 'cancelArray' ? targets.arrayId : targets.jobId
}

function textFor(name: string, field: string, targets: Targets): string {
  if (name === 'account') return targets.account
  if (name === 'cron') return '0 0 1 1 *'
  if (name === 'month') return '2026-01'
  if (name === 'url') return 'http://127.0.0.1:9/tried'
  if (name !== 'name') return 'tried'
  if (field === 'deleteSecret') return targets.secret
  return field === 'deleteSchedule' ? targets.schedule : 'tried'
}
