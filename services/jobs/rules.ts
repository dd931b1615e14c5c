// Who may ask the jobs service for what. Whose a job is, the domain decides.
import { ROLES } from '@constellation/platform/identity.ts'
import { ADMINISTERS, OPERATES, READS, type RulesOf, SUBMITS, WORKS } from '@constellation/platform/rules.ts'
import type { FederationTypes, MutationResolvers, QueryResolvers } from './generated/resolvers.ts'

export const RULES: RulesOf<QueryResolvers, MutationResolvers, FederationTypes> = {
  Query: {
    job: READS,
    jobs: READS,
    jobCounts: READS,
    run: READS,
    templates: READS,
    checkJob: { ...SUBMITS, scope: 'READ' },
    queue: READS,
    accounts: READS,
    schedules: READS,
    secrets: READS,
    auditLog: ADMINISTERS,
    viewer: { roles: ROLES, scope: 'READ' },
    apiTokens: READS,
    // By the gateway, which asks in its own name: the domain looks at that.
    checkApiToken: OPERATES,
    webhooks: READS,
    webhook: READS,
  },
  Mutation: {
    submitJob: SUBMITS,
    submitJobs: SUBMITS,
    cancelJob: SUBMITS,
    cancelArray: SUBMITS,
    cancelJobs: SUBMITS,
    rerunJobs: SUBMITS,
    updateJob: SUBMITS,
    moveJob: SUBMITS,
    saveSchedule: SUBMITS,
    deleteSchedule: SUBMITS,
    saveSecret: SUBMITS,
    deleteSecret: SUBMITS,
    saveWebhook: SUBMITS,
    deleteWebhook: SUBMITS,
    // Whoever signs in; what a token that is limited may make, the domain decides.
    createApiToken: { ...READS, scope: 'SUBMIT' },
    revokeApiToken: { ...READS, scope: 'SUBMIT' },
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
