// A line for the shell that asks for an operation, with the examples of the contract. Pure.
import { block } from '../markdown.ts'
import { type Content, type Contract, type Operation, resolved } from './contract.ts'

const SERVER = 'http://127.0.0.1:4000'

/** What cannot be asked for by such a line: it is a socket. */
const SOCKETS = new Set(['openStream'])

/** `$TOKEN` stands for a token, where one is needed. */
export function curlBlock(contract: Contract, operation: Operation): string {
  if (SOCKETS.has(operation.operationId)) return ''
  const body = exampleOf(operation.requestBody?.content ?? {})
  const method = operation.method.toUpperCase()
  const asks = method === 'GET' || (method === 'POST' && body !== undefined) ? '' : ` -X ${method}`
  const parts = [
    `curl -s${asks} ${quoted(`${SERVER}${pathOf(contract, operation)}`)}`,
    ...(operation.security?.length === 0 ? [] : ['-H "Authorization: Bearer $TOKEN"']),
    ...(body === undefined ? [] : ["-H 'Content-Type: application/json'", `-d '${body.replaceAll("'", "'\\''")}'`]),
  ]
  return block('sh', parts.join(' \\\n  '))
}

/** With examples for what stands in it, and for those of the query that must be there. */
function pathOf({ components }: Contract, { path, parameters }: Operation): string {
  const all = parameters.map((one) => resolved(components.parameters, one))
  const exampleFor = (name: string) => {
    const found = all.find((one) => one.name === name)
    return encodeURIComponent(String(found?.example ?? found?.schema?.enum?.[0] ?? name))
  }
  const needed = all
    .filter((one) => one.in === 'query' && one.required)
    .map(({ name = '' }) => `${name}=${exampleFor(name)}`)
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => exampleFor(name))
  return needed.length > 0 ? `${filled}?${needed.join('&')}` : filled
}

function quoted(url: string): string {
  return /[?&]/.test(url) ? `'${url}'` : url
}

function exampleOf(content: Content): string | undefined {
  const [json] = Object.values(content)
  const value = json?.example ?? Object.values(json?.examples ?? {})[0]?.value
  return value === undefined ? undefined : JSON.stringify(value)
}
