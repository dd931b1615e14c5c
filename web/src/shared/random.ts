/** A name for one submission, which no other has. `crypto.randomUUID` is missing where the page came by plain HTTP. */
export function newKey(): string {
  return randomHex(16)
}

/** So many random bytes, in hexadecimal. */
export function randomHex(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )
}
