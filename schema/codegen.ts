// What graphql-codegen writes from the contracts: `npm run generate`.
import type { CodegenConfig } from '@graphql-codegen/cli'

const scalars = {
  DateTime: 'string',
  Decimal: 'string',
  StringMap: 'Record<string, string>',
  ID: 'string',
  _FieldSet: 'string',
}

const shared = {
  scalars,
  strictScalars: true,
  useTypeImports: true,
  enumType: 'string-literal',
  importExtension: '.ts',
  emitLegacyCommonJSImports: false,
} as const

/** Resolver types of one subgraph, beside the code that they bind. `mappers` say what a resolver's parent is. */
function resolvers(service: string, mappers: Record<string, string>): CodegenConfig['generates'] {
  return {
    [`services/${service}/generated/resolvers.ts`]: {
      schema: `schema/${service}.graphql`,
      plugins: ['typescript', 'typescript-resolvers'],
      config: { ...shared, enumsAsTypes: true, federation: true, mappers, contextType: '../context.ts#Context' },
    },
  }
}

/**
 * Typed documents of one client. `string` suits a client that posts them as they are; urql wants the
 * parsed form.
 */
function documents(
  target: string,
  source: string,
  documentMode: 'string' | 'documentNode',
): CodegenConfig['generates'] {
  return {
    [target]: {
      schema: 'schema/generated/api.graphql',
      documents: source,
      plugins: ['typescript-operations', 'typed-document-node'],
      config: { ...shared, documentMode },
    },
  }
}

const config: CodegenConfig = {
  silent: true,
  generates: {
    ...resolvers('jobs', {
      Job: '../entities.ts#Job as JobRow',
      Run: '../entities.ts#Run as RunRow',
      Template: '../entities.ts#Template as TemplateRow',
      Schedule: '../schedules/schedules.ts#ScheduleRow',
      Secret: '../secrets/secrets.ts#SecretRow',
      ApiToken: '../tokens/api-tokens.ts#TokenRow',
      CheckedApiToken: '../tokens/check-token.ts#CheckedToken',
      Webhook: '../webhooks/webhooks.ts#WebhookRow',
      WebhookDelivery: '../webhooks/deliveries.ts#DeliveryRow',
      Gpu: '../entities.ts#GpuRef',
      Worker: '../entities.ts#WorkerRef',
      Account: '../accounts/accounts.ts#AccountRow',
    }),
    ...resolvers('gpus', {
      Gpu: '../entities.ts#Gpu as GpuRow',
      Worker: '../entities.ts#Worker as WorkerRow',
      Run: '../entities.ts#RunRef',
      GpuProcess: '@constellation/platform/events/telemetry.ts#GpuProcess as GpuProcessRow',
      GpuFault: '../sql/faults.ts#FaultRow',
      RunTelemetry: '../rollups/of-run.ts#GpuOfRun',
    }),
    ...resolvers('usage', {
      Job: '../context.ts#Ref',
      Run: '../context.ts#Ref',
      Account: '../context.ts#Ref',
      Gpu: '../context.ts#Ref',
    }),
    ...documents('worker/generated/documents.ts', 'worker/**/*.graphql', 'string'),
    ...documents('terminal/generated/documents.ts', 'terminal/documents/*.graphql', 'string'),
    ...documents('gateway/rest/generated/documents.ts', 'gateway/rest/documents.graphql', 'string'),
    ...documents('web/src/generated/documents.ts', 'web/src/**/*.graphql', 'documentNode'),
  },
}

export default config
