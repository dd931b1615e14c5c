// Whether an answer of a type is acceptable to a client, by its Accept header (RFC 9110, 12.5.1).

/** True where the header allows one of these types; one that is absent, or cannot be read, allows all. */
export function isAcceptable(accept: string | undefined, types: readonly string[]): boolean {
  const ranges = (accept ?? '').split(',').flatMap(readRange)
  return ranges.length === 0 || types.some((type) => isAllowed(ranges, type))
}

interface Range {
  type: string
  /** 0 forbids it. */
  weight: number
}

function readRange(text: string): Range[] {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  if (!/^[^\s/]+\/[^\s/]+$/.test(type)) return []
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
  return [{ type, weight: weight === undefined ? 1 : Number(weight) }]
}

/** The range that says most about the type decides. */
function isAllowed(ranges: readonly Range[], type: string): boolean {
  const [group] = type.split('/')
  const said = [type, `${group}/*`, '*/*'].map((range) => ranges.find((one) => one.type === range))
  return (said.find((range) => range !== undefined)?.weight ?? 0) > 0
}
