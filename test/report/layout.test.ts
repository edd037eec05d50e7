/** Tables, Markdown and the graph: everything stands where it should. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { editDistance, nearest } from '../../src/cli/nearest.ts'
import { asksFor } from '../../src/cli/select.ts'
import { layered, type Edge } from '../../src/report/layers.ts'
import { code, escape, markdownTable } from '../../src/report/markdown.ts'
import { xml } from '../../src/report/svg.ts'
import { align } from '../../src/report/table.ts'

test('columns are aligned, whatever marks stand over their letters', () => {
  const lines = align(
    [
      ['n\u0302', '1', 'x'],
      ['abc', '22', 'y'],
    ],
    ['left', 'right'],
  )
  expect(lines).toEqual(['n\u0302     1  x', 'abc  22  y'])
})

describe('Markdown', () => {
  test('text means itself', () => {
    expect(escape('a*b|c<d>[e]`f` $g$ \\h')).toBe('a\\*b\\|c\\<d\\>\\[e\\]\\`f\\` \\$g\\$ \\\\h')
    expect(escape('w_u and _this_')).toBe('w_u and \\_this\\_')
  })

  test('a cell never ends its column', () => {
    expect(markdownTable(['f'], [[code('|x| ≥ `0`')]])).toBe("| f |\n| --- |\n| `\\|x\\| ≥ '0'` |")
  })

  test('SVG text is XML', () => {
    expect(xml('a<b & "c"')).toBe('a&lt;b &amp; &quot;c&quot;')
  })
})

describe('the layout of a graph', () => {
  /** Random graphs whose edges run from later to earlier nodes, so that there is no cycle. */
  const graphs = fc
    .array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 30 })
    .map((pairs) =>
      pairs
        .filter(([a, b]) => a !== b)
        .map(([a, b]): Edge => ({ from: `n${Math.max(a, b)}`, to: `n${Math.min(a, b)}` })),
    )
  const nodes = Array.from({ length: 12 }, (_, i) => `n${i}`)

  test('has every connected node once, and every edge runs one column at a time to the right', () => {
    fc.assert(
      fc.property(graphs, (edges) => {
        const { columns, route } = layered(nodes, edges)
        const columnOf = new Map(columns.flatMap((names, d) => names.map((name) => [name, d] as const)))
        const all = columns.flat()
        expect(new Set(all).size).toBe(all.length)
        expect(all.filter((name) => nodes.includes(name)).toSorted()).toEqual(
          [...new Set(edges.flatMap(({ from, to }) => [from, to]))].toSorted(),
        )
        for (const edge of edges) {
          const names = route(edge)
          expect([names[0], names.at(-1)]).toEqual([edge.to, edge.from])
          const start = columnOf.get(edge.to)!
          expect(names.map((name) => columnOf.get(name))).toEqual(names.map((_, i) => start + i))
        }
      }),
    )
  })

  test('uncrosses two edges', () => {
    const edges = [
      { from: 'c', to: 'b' },
      { from: 'd', to: 'a' },
    ]
    const { columns } = layered(['a', 'b', 'c', 'd'], edges)
    expect(columns).toEqual([
      ['a', 'b'],
      ['d', 'c'],
    ])
  })
})

describe('names', () => {
  test('the edit distance of a word is a metric', () => {
    const word = fc.string({ maxLength: 6 })
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a))
        expect(editDistance(a, b) === 0).toBe(a === b)
        expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c))
      }),
    )
  })

  test('one slip away is nearest', () => {
    expect(nearest('thm-1-enw', ['hom-1', 'thm-1-swn', 'thm-1-ewn'], 1)).toEqual(['thm-1-ewn'])
  })

  test.each([
    ['v-norm', 'v-norm:swn', true],
    ['v-norm', 'v-norm', true],
    ['v-norm', 'v-norm*', false],
    ['v-norm', 'v-norm:swn*', false],
    ['v-norm*', 'v-norm:swn*', true],
    ['v-norm:swn', 'v-norm:swn:gf', true],
    ['v-no', 'v-norm', false],
    ['prop-2', 'prop-2.rate', false],
    ['a*', 'a*2', false],
  ])('%s asks for %s: %s', (asked, id, expected) => {
    expect(asksFor(asked, id)).toBe(expected)
  })
})
