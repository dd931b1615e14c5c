// One question to a graph, for what is not measured.

/**
 * The data of the answer.
 * @throws Error where there is an error in it
 */
export async function askGraph(
  url: string,
  query: string,
  variables: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  })
  const text = await answer.text()
  const { data, errors } = JSON.parse(text)
  if (errors || !data) throw new Error(`The graph at ${url} answers: ${text.slice(0, 500)}`)
  return data
}
