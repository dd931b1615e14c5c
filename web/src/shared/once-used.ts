/**
 * Makes it at its first use, and keeps it. A browser takes milliseconds for the first of each of its formatters, and
 * reads its tables of languages with the very first: no page can wait for that before it has begun to show.
 */
export function onceUsed<Made>(make: () => Made): () => Made {
  let made: { is: Made } | undefined
  return () => {
    made ??= { is: make() }
    return made.is
  }
}
