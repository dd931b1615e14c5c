// What the scripts share: where the gateway is, and how it is asked. `k6 run -e URL=… -e TOKEN=… <script>`.
import { check } from 'k6'
import http from 'k6/http'

export const URL = __ENV.URL || 'http://127.0.0.1:4000'
export const TOKEN = __ENV.TOKEN || ''

const HEADERS = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }

/**
 * How many users at once, for how long, and what must hold: from how many on it does not is for you to find.
 * @returns {import('k6/options').Options}
 */
export function load() {
  return {
    vus: Number(__ENV.VUS || 10),
    duration: __ENV.DURATION || '30s',
    thresholds: {
      checks: ['rate==1'],
      http_req_failed: ['rate==0'],
      http_req_duration: [`p(95)<${__ENV.P95_MS || 500}`],
    },
  }
}

/**
 * The data of an answer of the graph; it is checked that it has no errors.
 * @param {string} query
 * @param {object} variables
 * @returns {any}
 */
export function graph(query, variables) {
  const answer = http.post(`${URL}/graphql`, JSON.stringify({ query, variables }), { headers: HEADERS })
  const body = /** @type {any} */ (jsonOf(answer))
  check(answer, { 'the graph answers': ({ status }) => status === 200 && body !== null && !body.errors })
  return body?.data
}

/**
 * Of REST.
 * @param {'GET' | 'POST'} method
 * @param {string} path
 * @param {number} status what it has to be
 * @param {object} [body]
 * @returns {any}
 */
export function rest(method, path, status, body) {
  const answer = http.request(method, URL + path, body ? JSON.stringify(body) : null, { headers: HEADERS })
  check(answer, { [`REST says ${status}`]: (given) => given.status === status })
  return jsonOf(answer)
}

/**
 * Null where nobody answered, or somebody between us did and not in JSON: k6 would throw, and the check above would not count.
 * @param {import('k6/http').RefinedResponse<'text'>} answer
 */
function jsonOf({ body }) {
  try {
    return JSON.parse(body ?? 'null')
  } catch {
    return null
  }
}
