// Finds many patterns in a text that comes in pieces, in one pass over it (Aho and Corasick, 1975).

export interface Automaton {
  root: number
  /**
   * Goes on over `text` from `from`, in the state `node`; `found` hears, at each place where a pattern ends,
   * where the longest of those begins. Returns the new state.
   */
  search(text: string, from: number, node: number, found: (start: number, end: number) => void): number
  /** How many units at the end of what was read may begin a pattern. */
  depth(node: number): number
}

const ROOT = 0
const UNITS = 65_536

/** A node is a beginning of a pattern; `edges` leads from a node, by a unit of UTF-16, to one that is longer by it. */
interface Trie {
  edges: Map<number, number>
  parents: number[]
  units: number[]
  depths: number[]
  /** The length of the longest pattern that ends here, at first only the one that is the node itself. */
  endings: number[]
}

export function buildAutomaton(patterns: readonly string[]): Automaton {
  const trie = buildTrie(patterns)
  const { edges, depths, endings } = trie
  const fallbacks = linkFallbacks(trie)
  const begins = new Uint8Array(UNITS)
  for (const pattern of patterns) begins[pattern.charCodeAt(0)] = 1

  return {
    root: ROOT,
    depth: (node) => depths[node] ?? 0,
    search: (text, from, node, found) => {
      let at = node
      for (let i = from; i < text.length; i++) {
        const unit = text.charCodeAt(i)
        // Most of a text is this: no pattern is under way, and none begins.
        if (at === ROOT && begins[unit] === 0) continue
        at = step(edges, fallbacks, at, unit)
        const length = endings[at] ?? 0
        if (length > 0) found(i + 1 - length, i + 1)
      }
      return at
    },
  }
}

function buildTrie(patterns: readonly string[]): Trie {
  const trie: Trie = { edges: new Map(), parents: [ROOT], units: [0], depths: [0], endings: [0] }
  for (const pattern of patterns) {
    let node = ROOT
    for (let i = 0; i < pattern.length; i++) node = child(trie, node, pattern.charCodeAt(i), i + 1)
    trie.endings[node] = pattern.length
  }
  return trie
}

function child(trie: Trie, node: number, unit: number, depth: number): number {
  const key = node * UNITS + unit
  const existing = trie.edges.get(key)
  if (existing !== undefined) return existing
  const added = trie.parents.push(node) - 1
  trie.units.push(unit)
  trie.depths.push(depth)
  trie.endings.push(0)
  trie.edges.set(key, added)
  return added
}

/** For each node the longest other one that what was read ends with. Fills in the endings that a node has from there. */
function linkFallbacks({ edges, parents, units, depths, endings }: Trie): Int32Array {
  const fallbacks = new Int32Array(parents.length)
  const depthOf = (node: number) => depths[node] ?? 0
  // The shorter first: a fallback is shorter than its node.
  const order = Int32Array.from(parents.keys()).sort((a, b) => depthOf(a) - depthOf(b))
  for (const node of order) {
    const parent = parents[node] ?? ROOT
    if (parent !== ROOT) fallbacks[node] = step(edges, fallbacks, fallbacks[parent] ?? ROOT, units[node] ?? 0)
    endings[node] ||= endings[fallbacks[node] ?? ROOT] ?? 0
  }
  return fallbacks
}

function step(edges: Trie['edges'], fallbacks: Int32Array, node: number, unit: number): number {
  for (let at = node; ; at = fallbacks[at] ?? ROOT) {
    const next = edges.get(at * UNITS + unit)
    if (next !== undefined) return next
    if (at === ROOT) return ROOT
  }
}
