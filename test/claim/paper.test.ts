/** A section of a paper makes its claims and remembers them; a paper is all claims of its sections, in order. */
import { describe, expect, test } from 'vitest'
import { claim, section, setting, type Claim, type Paper } from '../../src/index.ts'
import { addressOf, namedBy, paperClaims } from '../../src/claim/paper.ts'

const given = setting({ variables: { x: 'real', y: 'real' } })
const about = { source: 'eq. (1)', says: 'Of numbers.', given, shows: 'x^2 >= y - 1', wrong: {} }
const paper: Paper = { key: 'author-2026', cite: 'A. Author, 2026' }
const ids = (claims: readonly Claim[]): string[] => claims.map(({ id }) => id)

describe('a section', () => {
  test('gives claims of its title and its paper, and keeps them in the order of definition', () => {
    const make = section(paper, '1 Numbers')
    const [b, a] = [make({ ...about, id: 'b' }), make({ ...about, id: 'a' })]
    expect([b.section, addressOf(b)]).toEqual(['1 Numbers', 'author-2026/b'])
    expect(a.of!.claims).toEqual([b, a])
    expect(a.of).toBe(b.of)
  })

  test('makes its own claim of one that is spread, whichever section made that', () => {
    const first = section(paper, '1 Numbers')({ ...about, id: 'a' })
    const second = section(paper, '2 More')({ ...(first as object), ...about, id: 'b' })
    expect([second.section, ids(second.of!.claims)]).toEqual(['2 More', ['b']])
    const own = claim({ ...(second as object), ...about, section: second.section, id: 'c' })
    expect([own.of, addressOf(own)]).toEqual([undefined, 'c'])
  })

  test('refuses an id that it has, a malformed paper, and a definition that is none', () => {
    const make = section(paper, '1 Numbers')
    make({ ...about, id: 'a' })
    expect(() => make({ ...about, id: 'a' })).toThrow(/claim a: expected an id of its own in "1 Numbers"/)
    expect(() => section({ ...paper, key: 'Author 2026' }, '1')).toThrow(
      /key: expected the name of its folder/,
    )
    expect(() => section({ key: 'author-2026' } as Paper, '1')).toThrow(/cite: expected a text, got nothing/)
    expect(() => section(paper, '')).toThrow(/expected the title of a section/)
    expect(() => make(undefined as never)).toThrow(/expected/)
  })

  test('lends its claims the notation of the paper, of which each keeps what it uses', () => {
    const lettered = { ...paper, notation: { half: 'x/2', other: 'y', unused: 'x' } }
    const make = section(lettered, '1 Numbers')
    const made = make({ ...about, id: 'a', where: { twice: '2*half' }, shows: 'twice >= other - 1' })
    expect(made.where.map(({ name }) => name)).toEqual(['half', 'other', 'twice'])
    const again = { ...about, ...(made as object), id: 'b', shows: 'half == x/2', wrong: {} }
    expect(make(again).where.length).toBeGreaterThan(0)
    expect(() => make({ ...about, id: 'c', where: { half: 'x/3' } })).toThrow(
      /claim c: where: expected a name that the notation of its paper does not have, got "half"/,
    )
  })
})

describe('the claims of a paper', () => {
  const [one, two] = [section(paper, '1 Numbers'), section(paper, '2 More')]
  const a = one({ ...about, id: 'thm-1' })
  const b = one({ ...about, id: 'lemma:b' })
  const c = two({ ...about, id: 'thm-2' })

  test('are all that its sections made, file by file, exported or not', () => {
    expect(ids(paperClaims(paper, [{ c }, { b, helper: 1 }]))).toEqual(['thm-2', 'thm-1', 'lemma:b'])
    expect(ids(paperClaims(paper, [{ list: [b, a] }, { c }]))).toEqual(['thm-1', 'lemma:b', 'thm-2'])
  })

  test('leave those of other papers out, and refuse those of none', () => {
    const other = section({ ...paper, key: 'other' }, '1 Numbers')({ ...about, id: 'thm-1' })
    expect(ids(paperClaims(paper, [{ c, other }]))).toEqual(['thm-2'])
    const stray = claim({ ...about, id: 'stray', section: '1' })
    expect(() => paperClaims(paper, [{ stray }])).toThrow(/stray to be made by section\(paper, title\)/)
    expect([namedBy(a, b), namedBy(a, other), namedBy(stray, b)]).toEqual([
      'lemma:b',
      'other/thm-1',
      'author-2026/lemma:b',
    ])
  })

  test('have distinct ids', () => {
    const twin = section(paper, '3 Twins')({ ...about, id: 'thm-1' })
    expect(() => paperClaims(paper, [{ a }, { twin }])).toThrow(
      /paper author-2026: expected distinct ids, got thm-1 in "1 Numbers" and in "3 Twins"/,
    )
  })

  test('follow its statements, where it lists them', () => {
    const listed: Paper = { ...paper, statements: [{ id: 'thm-2' }, { id: 'lemma' }, { id: 'thm-1' }] }
    const make = section(listed, '1 Numbers')
    const claims = ['thm-1', 'lemma:b', 'lemma:a', 'thm-2'].map((id) => make({ ...about, id }))
    expect(ids(paperClaims(listed, [{ claims }]))).toEqual(['thm-2', 'lemma:b', 'lemma:a', 'thm-1'])
    const more = make({ ...about, id: 'prop-3' })
    expect(() => paperClaims(listed, [{ more }])).toThrow(/expected a statement for prop-3, got none/)
  })
})
