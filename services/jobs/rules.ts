// Who may ask the jobs service for what. Whose a job is, the domain decides.
import { ROLES } from '@constellation/platform/identity.ts'
import { ADMINISTERS, OPERATES, READS, type RulesOf, SUBMITS, WORKS } from '@constellation/platform/rules.ts'
import type { FederationTypes, MutationResolvers, QueryResolvers } from './generated/resolvers.ts'

export const RULES: RulesOf<QueryResolvers, MutationResolvers, FederationTypes> = {
  Query: {
    job: READS,
    jobs: READS,
    run: READS,
    templates: READS,
    checkJob: { ...SUBMITS, scope: 'READ' },
    accounts: READS,
    schedules: READS,
    secrets: READS,
    auditLog: ADMINISTERS,
    viewer: { roles: ROLES, scope: 'READ' },
    apiTokens: READS,
    // Inaccessible to clients: the gateway asks it in its own name.
    checkApiToken: OPERATES,
    webhooks: READS,
    webhook: READS,
  },
  Mutation: {
    submitJob: SUBMITS,
    submitJobs: SUBMITS,
    cancelJob: SUBMITS,
    cancelArray: SUBMITS,
    updateJob: SUBMITS,
    saveSchedule: SUBMITS,
    deleteSchedule: SUBMITS,
    saveSecret: SUBMITS,
    deleteSecret: SUBMITS,
    saveWebhook: SUBMITS,
    deleteWebhook: SUBMITS,
    createApiToken: READS,
    revokeApiToken: READS,
    enrolWorker: ADMINISTERS,
    saveTemplate: OPERATES,
    saveAccount: OPERATES,
    claimRuns: WORKS,
    startRun: WORKS,
    noteIdle: WORKS,
    renewLeases: WORKS,
    finishRun: WORKS,
    finishRuns: WORKS,
  },
  references: { Account: READS, Gpu: READS, GpuFault: READS, Job: READS, Run: READS },
}
