// The graph's fields, each one call into the domain.
import { scalars } from '@constellation/platform/subgraph/scalars.ts'
import { listBudgets } from './budgets/list.ts'
import { deleteAndTell, saveAndTell } from './budgets/save-and-tell.ts'
import type { Resolvers } from './generated/resolvers.ts'
import { closePeriod, listClosedPeriods } from './ledger/close-period.ts'
import { correctRun } from './ledger/correct-run.ts'
import { listPrices, savePrice } from './ledger/prices.ts'
import { writeStatement } from './statement/statement.ts'

export const resolvers: Resolvers = {
  DateTime: scalars.DateTime,
  Decimal: scalars.Decimal,
  Query: {
    usage: (_, args, { reports, who, gone }) => reports.usage(who, args, gone),
    usageLeaderboard: (_, args, { reports, who, gone }) => reports.leaderboard(who, args, gone),
    fleetUtilisation: (_, args, { fleet, gone }) => fleet(args, gone),
    prices: (_, __, { read }) => read(listPrices),
    closedPeriods: (_, __, { read }) => read(listClosedPeriods),
    usageExports: (_, __, { exports, who }) => exports.list(who),
    usageExport: (_, { id }, { exports, who }) => exports.find(who, id),
    usageStatement: (_, { account, month }, { read, who }) => writeStatement(read, who, account, month),
    budgets: (_, { account }, { pool, who }) => listBudgets(pool, who, account),
  },
  Mutation: {
    savePrice: (_, { input }, { pool, who }) => savePrice(pool, who, input),
    closePeriod: (_, { month }, { pool, who }) => closePeriod(pool, who, month),
    correctRun: async (_, { input }, { pool, who }) => ({ id: await correctRun(pool, who, input) }),
    requestUsageExport: (_, { input }, { exports, who }) => exports.request(who, input),
    cancelUsageExport: (_, { id }, { exports, who }) => exports.cancel(who, id),
    saveBudget: (_, { input }, context) => saveAndTell(context, input),
    deleteBudget: (_, { id }, context) => deleteAndTell(context, id),
  },
  Job: {
    __resolveReference: ({ id }) => ({ id }),
    usage: ({ id }, _, { loaders }) => loaders.usageOfJob.load(id),
  },
  Run: {
    __resolveReference: ({ id }) => ({ id }),
    usage: ({ id }, _, { loaders }) => loaders.usageOfRun.load(id),
  },
  Account: {
    __resolveReference: ({ id }) => ({ id }),
    usage: ({ id }, { range }, { loaders }) => loaders.usageOfAccount(range).load(id),
  },
  Budget: {
    __resolveReference: ({ id }, { loaders }) => loaders.budget.load(id),
  },
  Gpu: {
    __resolveReference: ({ id }) => ({ id }),
    usage: ({ id }, { range }, { loaders }) => loaders.usageOfGpu(range).load(id),
  },
}
