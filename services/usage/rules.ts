// Who may ask the usage service for what. Whose usage is counted, the domain decides.
import { READS, type RulesOf } from '@constellation/platform/rules.ts'
import type { FederationTypes, QueryResolvers } from './generated/resolvers.ts'

export const RULES: RulesOf<QueryResolvers, object, FederationTypes> = {
  Query: { usage: READS, usageLeaderboard: READS },
  Mutation: {},
  references: { Job: READS, Run: READS },
}
