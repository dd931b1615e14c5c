// Who may ask the gpus service for what. What is shown of a GPU's processes and runs, their fields decide.
import { OPERATES, READS, type RulesOf, WORKS } from '@constellation/platform/rules.ts'
import type { FederationTypes, MutationResolvers, QueryResolvers } from './generated/resolvers.ts'

export const RULES: RulesOf<QueryResolvers, MutationResolvers, FederationTypes> = {
  Query: { gpu: READS, gpus: READS, workers: READS },
  Mutation: {
    registerWorker: WORKS,
    reportGpuHealth: WORKS,
    cordonGpu: OPERATES,
    drainGpu: OPERATES,
    returnGpu: OPERATES,
    cordonWorker: OPERATES,
    drainWorker: OPERATES,
    returnWorker: OPERATES,
    labelGpu: OPERATES,
  },
  references: { Gpu: READS, GpuFault: READS, Run: READS, Worker: READS },
}
