// The graph's fields, each one call into the domain.
import { scalars } from '@constellation/platform/scalars.ts'
import type { Resolvers } from './generated/resolvers.ts'
import { usage, usageLeaderboard } from './report.ts'

export const resolvers: Resolvers = {
  DateTime: scalars.DateTime,
  Query: {
    usage: (_, { range, filter, groupBy }, context) => usage(context, range, filter, groupBy ?? ['ACCOUNT']),
    usageLeaderboard: (_, { range, by, first }, context) =>
      usageLeaderboard(context, range, by ?? 'ACCOUNT', first ?? 10),
  },
  Job: {
    __resolveReference: ({ id }) => ({ id }),
    usage: ({ id }, _, { loaders }) => loaders.usageOfJob.load(id),
  },
  Run: {
    __resolveReference: ({ id }) => ({ id }),
    usage: ({ id }, _, { loaders }) => loaders.usageOfRun.load(id),
  },
}
