// Who may ask the usage service for what. Whose usage is counted, the domain decides.
import {
  ADMINISTERS,
  ANALYSES,
  READS,
  type RulesOf,
  SEES_BUDGETS,
  SETS_BUDGETS,
} from '@constellation/platform/rules.ts'
import type { FederationTypes, MutationResolvers, QueryResolvers } from './generated/resolvers.ts'

export const RULES: RulesOf<QueryResolvers, MutationResolvers, FederationTypes> = {
  Query: {
    usage: READS,
    usageLeaderboard: READS,
    prices: READS,
    fleetUtilisation: ANALYSES,
    closedPeriods: READS,
    usageExports: READS,
    usageExport: READS,
    usageStatement: READS,
    budgets: SEES_BUDGETS,
  },
  Mutation: {
    savePrice: ADMINISTERS,
    closePeriod: ADMINISTERS,
    correctRun: ADMINISTERS,
    // They change nothing but what one reads.
    requestUsageExport: READS,
    cancelUsageExport: READS,
    saveBudget: SETS_BUDGETS,
    deleteBudget: SETS_BUDGETS,
  },
  references: { Job: READS, Run: READS, Account: READS, Gpu: READS, Budget: READS },
}
