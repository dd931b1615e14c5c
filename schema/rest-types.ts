// Writes what is made of the REST contract: its types, and the same as JSON, which a gateway reads in a hundredth of the
// time at its start: `npm run generate`.
import { readFile, writeFile } from 'node:fs/promises'
import openapiTS, { astToString } from 'openapi-typescript'
import { parse } from 'yaml'

const contract = new URL('openapi.yaml', import.meta.url)
const header = '// Generated from schema/openapi.yaml by schema/rest-types.ts. Do not edit.\n'
await writeFile(new URL('generated/openapi.ts', import.meta.url), header + astToString(await openapiTS(contract)))
const json = JSON.stringify(parse(await readFile(contract, 'utf8')), undefined, 1)
await writeFile(new URL('generated/openapi.json', import.meta.url), `${json}\n`)
