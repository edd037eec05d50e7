/** The picture of a flow: well-formed, complete and without a number that is none. */
import { expect, test } from 'vitest'
import { flowPlot, type FlowPoint } from '../../src/report/flow-plot.ts'

const points = (n: number, nodes: number): FlowPoint[] =>
  Array.from({ length: n }, (_, k) => ({
    logTime: k - 2,
    norms: Array.from({ length: nodes }, (_, u) => u + k),
    cosines: Array.from({ length: nodes }, (_, u) => (u === 0 && k === 0 ? null : 1 - 1 / (k + 2))),
    product: 2 + Math.sin(k),
  }))
const ids = (n: number): number[] => Array.from({ length: n }, (_, u) => u + 1)

test('has a curve per node for norms and cosines, and one product', () => {
  const svg = flowPlot('<a> & b', ids(3), points(20, 3))
  expect(svg.match(/<path /g)).toHaveLength(7)
  expect(svg.match(/<rect /g)).toHaveLength(4)
  expect(svg).toContain('&lt;a&gt; &amp; b')
  for (const text of ['norms', 'cosines', 'L·t·(log t)²', 'log t', 'node 1', 'node 3'])
    expect(svg).toContain(text)
  expect(svg).not.toMatch(/NaN|Infinity|undefined|null/)
})

test('every curve stays inside its panel', () => {
  const svg = flowPlot('title', ids(2), points(30, 2))
  const ys = [...svg.matchAll(/<path d="([^"]*)"/g)].map(([, d]) =>
    d!.match(/ -?[\d.]+(?= |$)/g)!.map(Number),
  )
  const panels = [...svg.matchAll(/<rect x="\d+" y="(\d+)"/g)].map(([, y]) => Number(y))
  ;[0, 0, 1, 1, 2].forEach((panel, k) => {
    expect(Math.min(...ys[k]!)).toBeGreaterThanOrEqual(panels[panel]!)
    expect(Math.max(...ys[k]!)).toBeLessThanOrEqual(panels[panel]! + 200)
  })
})

test.each([0, 1, 2])('%i points are no trouble, nor is a constant', (n) => {
  const still = points(n, 2).map((point) => ({ ...point, norms: [1, 1], product: 0 }))
  expect(flowPlot('title', ids(2), still)).not.toMatch(/NaN|Infinity|undefined|null/)
})

test('many nodes are named as far as there is room', () => {
  const svg = flowPlot('title', ids(40), points(5, 40))
  expect(svg).toContain('… 29 more')
  expect(svg).not.toContain('node 12')
})
