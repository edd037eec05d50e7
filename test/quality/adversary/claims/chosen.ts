/**
 * Planted claims whose author chooses the sample points: polynomials that vanish at all points at which an earlier
 * attempt, watched through its stream of random numbers, was tested.
 */
import type { Claim, Random, Setting } from '../../../../src/index.ts'
import type { Library, Planted } from './planted.ts'

/** How often the author adds the points of the last attempt to the zeros. */
const ATTEMPTS = 80

interface Watched {
  readonly id: string
  readonly given: (lib: Library) => Setting<unknown>
  /** The value of the variable in a case. */
  read(c: never): string
  /** The polynomial with these zeros, as an equation. */
  shows(zeros: readonly string[]): string
  /** Whether points of the test are positive. */
  readonly positive: boolean
  readonly why: string
}

/** The setting, which notes what its cases are made of and what is drawn after them from the same stream. */
function watched(
  setting: Setting<unknown>,
  { read, positive }: Watched,
  zeros: Set<string>,
): Setting<unknown> {
  const seen = new WeakSet<Random>()
  const watch = (random: Random): void => {
    if (seen.has(random)) return
    seen.add(random)
    const { integer } = random
    Object.assign(random, {
      integer(min: number, max: number): number {
        const n = integer(min, max)
        if (max - min >= 2 ** 31 - 1) zeros.add(`${positive ? n - min + 1 : n}`)
        return n
      },
    })
  }
  return {
    ...setting,
    family: (assumed) =>
      [...setting.family(assumed)].map((make) => (random: Random) => {
        watch(random)
        const c = make(random)
        zeros.add(read(c as never))
        return c
      }),
  }
}

function author(lib: Library, made: Watched): Claim {
  const zeros = new Set<string>()
  const build = (given: Setting<unknown>): Claim =>
    lib.claim({
      ...{ id: made.id, section: 'planted', source: 'chosen points', says: made.why },
      ...{ given, shows: made.shows([...zeros]), wrong: { 'nothing holds': '1 == 0' } },
    })
  for (let i = 0; i < ATTEMPTS; i++) {
    const before = zeros.size
    const { verdict } = lib.check(build(watched(made.given(lib), made, zeros)), { cases: 1 })
    if (verdict === 'proved' || zeros.size === before) break
  }
  return build(made.given(lib))
}

const product =
  (name: string) =>
  (zeros: readonly string[]): string =>
    `${['1', ...zeros.map((zero) => `(${name} - (${zero}))`)].join('*')} == 0`

const MADE: readonly Watched[] = [
  {
    id: 'free.chosen-real:no',
    given: (lib) => lib.setting({ variables: { x: 'real' } }) as never,
    read: (c: { values: { x: string } }) => c.values.x,
    shows: product('x'),
    positive: false,
    why: 'a polynomial with finitely many zeros',
  },
  {
    id: 'free.chosen-positive:no',
    given: (lib) => lib.setting({ variables: { p: 'positive' } }) as never,
    read: (c: { values: { p: string } }) => c.values.p,
    shows: product('p'),
    positive: true,
    why: 'a polynomial with finitely many zeros',
  },
  {
    id: 'free.chosen-odd:no',
    given: (lib) => lib.setting({ variables: { x: 'real' } }) as never,
    read: (c: { values: { x: string } }) => c.values.x,
    shows: (zeros) => `x + ${product('x')(zeros).replace(' == 0', '')} == x`,
    positive: false,
    why: 'it differs from x by a polynomial with finitely many zeros',
  },
  {
    id: 'free.chosen-factor:no',
    given: (lib) => lib.setting({ variables: { y: 'real', x: 'real' } }) as never,
    read: (c: { values: { x: string } }) => c.values.x,
    shows: (zeros) => `(y + x)*${product('x')(zeros)}`,
    positive: false,
    why: 'y + x times a polynomial with finitely many zeros',
  },
  {
    id: 'sequence.chosen-term:no',
    given: (lib) =>
      lib.setting({ rule: lib.anySequence({ a: 'real' }), moment: lib.everyMoment({ steps: 3 }) }) as never,
    read: (c: { values: { a: string } }) => c.values.a,
    shows: product('a(t_0)'),
    positive: false,
    why: 'a polynomial in a(0) with finitely many zeros',
  },
]

export const chosen: readonly Planted[] = MADE.map((made): Planted => ({
  ...{ id: made.id, kind: 'chosen points', truth: false, why: made.why, shows: 'a polynomial == 0' },
  ...{ decided: false, but: {}, effort: { cases: 4 } },
  claim: (lib) => author(lib, made),
}))
