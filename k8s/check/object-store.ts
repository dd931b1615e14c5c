// Of the plugin Barman Cloud there are no models: what we use of its ObjectStore, by its documentation.
import * as v from 'valibot'
import { type Fault, nameOf, type Resource } from './resources.ts'

const key = v.strictObject({ name: v.string(), key: v.string() })
const compression = v.picklist(['bzip2', 'gzip', 'lz4', 'snappy', 'xz', 'zstd'])

const schema = v.strictObject({
  apiVersion: v.literal('barmancloud.cnpg.io/v1'),
  kind: v.literal('ObjectStore'),
  metadata: v.looseObject({ name: v.string() }),
  spec: v.strictObject({
    retentionPolicy: v.optional(v.pipe(v.string(), v.regex(/^[1-9]\d*[dwm]$/))),
    configuration: v.strictObject({
      destinationPath: v.pipe(v.string(), v.startsWith('s3://')),
      endpointURL: v.optional(v.pipe(v.string(), v.url())),
      s3Credentials: v.strictObject({ accessKeyId: key, secretAccessKey: key }),
      wal: v.optional(v.strictObject({ compression: v.optional(compression), maxParallel: v.optional(v.number()) })),
      data: v.optional(v.strictObject({ compression: v.optional(compression), jobs: v.optional(v.number()) })),
    }),
  }),
})

export function objectStore(resource: Resource): Fault[] {
  const { issues = [] } = v.safeParse(schema, resource)
  return issues.map((issue) => ({
    rule: issue.expected === 'never' ? 'unknown field' : 'schema',
    where: nameOf(resource),
    what: `${v.getDotPath(issue) ?? ''}: ${issue.message}`,
  }))
}
