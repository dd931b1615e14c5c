// Who may subscribe to what. What each subscription then tells, its source decides anew at each event.
import { READS, type Rule, SEES_BUDGETS } from '@constellation/platform/rules.ts'

/** A rule for each field of the type Subscription; without one it is for nobody. */
export const SUBSCRIPTION_RULES: Readonly<Record<string, Rule>> = {
  jobChanged: READS,
  jobsChanged: READS,
  runLog: READS,
  gpuTelemetry: READS,
  gpusChanged: READS,
  budgetsChanged: SEES_BUDGETS,
  usageChanged: READS,
  jobUsageChanged: READS,
}
