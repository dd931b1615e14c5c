// What follows from a click can be told together: https://www.w3.org/TR/trace-context/.

/** A new trace, as the header `traceparent` names it. The page tells nobody of spans of its own. */
export function newTraceparent(): string {
  const hex = Array.from(crypto.getRandomValues(new Uint8Array(24)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )
  return `00-${hex.slice(0, 32)}-${hex.slice(32)}-01`
}
