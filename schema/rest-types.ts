// Writes the types of the REST contract: `npm run generate`.
import { writeFile } from 'node:fs/promises'
import openapiTS, { astToString } from 'openapi-typescript'

const ast = await openapiTS(new URL('openapi.yaml', import.meta.url))
const header = '// Generated from schema/openapi.yaml by schema/rest-types.ts. Do not edit.\n'
await writeFile(new URL('generated/openapi.ts', import.meta.url), header + astToString(ast))
