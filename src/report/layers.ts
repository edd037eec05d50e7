/** Layers: a layout of a dependency graph, each claim right of everything that it rests on. */

/** An arrow from a claim to one that it uses or amends. */
export interface Edge {
  readonly from: string
  readonly to: string
}

/** Columns of names from left to right; a name that is no node is a waypoint of long edges. */
export interface Layers {
  readonly columns: readonly (readonly string[])[]
  /** The names through which an edge runs, from its `to` on the left to its `from` on the right. */
  route(edge: Edge): readonly string[]
}

const SWEEPS = 24

/**
 * The connected nodes in columns, so that every edge runs from a later column to an earlier one, with a
 * waypoint in each column between; columns are ordered by the mean place of neighbours (Sugiyama,
 * Tagawa and Toda 1981). Nodes without edges are left out. Edges must not form a cycle.
 */
export function layered(nodes: readonly string[], edges: readonly Edge[]): Layers {
  const connected = nodes.filter((node) => edges.some(({ from, to }) => from === node || to === node))
  const depths = depthsOf(connected, edges)
  const depth = (node: string): number => depths.get(node)!
  const route = ({ from, to }: Edge): string[] => {
    const between = Math.max(0, depth(from) - depth(to) - 1)
    const waypoints = Array.from({ length: between }, (_, i) => `${to} at ${depth(to) + 1 + i}`)
    return [to, ...waypoints, from]
  }
  const count = Math.max(-1, ...connected.map(depth)) + 1
  const routes = edges.map(route)
  const start = Array.from({ length: count }, (_, d) => [
    ...connected.filter((node) => depth(node) === d),
    ...new Set(routes.flatMap((names) => names.slice(1, -1)).filter((name) => name.endsWith(` at ${d}`))),
  ])
  const links = routes.flatMap((names) =>
    names.slice(1).map((name, i): Edge => ({ from: name, to: names[i]! })),
  )
  let columns: readonly (readonly string[])[] = start
  for (let sweep = 0; sweep < SWEEPS; sweep++) columns = settle(columns, links, sweep % 2 === 0)
  return { columns, route }
}

/** For each node the length of the longest path to a node that rests on nothing. */
function depthsOf(nodes: readonly string[], edges: readonly Edge[]): ReadonlyMap<string, number> {
  const depths = new Map<string, number>()
  const depthOf = (node: string): number => {
    const known = depths.get(node)
    if (known !== undefined) return known
    const below = edges.filter(({ from }) => from === node)
    const d = Math.max(-1, ...below.map(({ to }) => depthOf(to))) + 1
    depths.set(node, d)
    return d
  }
  nodes.forEach(depthOf)
  return depths
}

/** Each column sorted by the mean place of its neighbours in the column before, or in the one after. */
function settle(
  columns: readonly (readonly string[])[],
  links: readonly Edge[],
  rightwards: boolean,
): string[][] {
  const place = new Map<string, number>()
  const put = (column: readonly string[]): void =>
    column.forEach((name, i) => place.set(name, i - (column.length - 1) / 2))
  columns.forEach(put)
  const settled = columns.map((column) => [...column])
  const order = columns.map((_, d) => (rightwards ? d : columns.length - 1 - d))
  for (const d of order) {
    const mean = new Map(
      settled[d]!.map((name) => {
        const near = links.flatMap(({ from, to }) =>
          rightwards ? (from === name ? [to] : []) : to === name ? [from] : [],
        )
        const places = near.map((other) => place.get(other)!)
        return [
          name,
          places.length > 0 ? places.reduce((a, b) => a + b, 0) / places.length : place.get(name)!,
        ]
      }),
    )
    settled[d] = settled[d]!.toSorted((a, b) => mean.get(a)! - mean.get(b)!)
    put(settled[d])
  }
  return settled
}
