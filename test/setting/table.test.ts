/** The table of symbols: each has a value in some case, all that formulas may read stands in it, and the guide names it. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as mirrorFlow from '../../properties/rules/mirror-flow.ts'
import * as signMomentum from '../../properties/rules/sign-momentum.ts'
import { everyMoment, ewn, gradientDescent, gradientFlow, nets, setting, squared } from '../../src/index.ts'
import { seeded } from '../../src/claim/random.ts'
import type { Claim } from '../../src/claim/claim.ts'
import type { Setting } from '../../src/claim/setting.ts'
import { assumedIn } from '../../src/hunt/arbitrary.ts'
import { valuesIn } from '../../src/hunt/values.ts'
import { newTrace } from '../../src/program/program.ts'
import { OF_NETS } from '../../src/setting/symbols.ts'
import { papers } from '../properties/loaded.ts'
import { inLimit } from './in-limit.ts'

/** Forms of any expression have no value by themselves. */
const isForm = (name: string): boolean => /\be\b|relation/.test(name)

/** Whether a name has a value in a case; in the limit, whether it means something there. */
function hasValue(given: Setting<never>, c: never, name: string): boolean {
  if (!given.numerical) return valuesIn(given, c, name) !== undefined
  const scope = given.scope(newTrace(), c)
  const [base, ...letters] = name.split('_') as [string, ...string[]]
  const at = letters.map((letter) => scope.sets[letter]?.[0] ?? 0)
  return (
    name.includes('(') ||
    scope.value(scope.value(name, []) ? name : base, scope.value(name, []) ? [] : at) !== undefined
  )
}

const claims: readonly Claim[] = [
  ...['prop-2.rate', 'lemma-9.bound', 'thm-3.cone', 'new-isotropic', 'thm-3.gd-step:swn'].map((id) =>
    papers
      .find(({ paper }) => paper.key === 'morwani-ramaswamy-2022')!
      .claims.find((claim) => claim.id === id)!,
  ),
  ...Object.values(mirrorFlow),
  ...Object.values(signMomentum),
]
const settings: [string, Setting<never>, ReadonlySet<never>][] = [
  ...claims.map(
    ({ id, given, assume }): [string, Setting<never>, ReadonlySet<never>] =>
      [...[id, given as Setting<never>, assumedIn(assume) as never]] as never,
  ),
  ['squared loss', setting({ model: nets({ loss: squared }), rule: gradientFlow() }) as never, new Set()],
  ['the limit', inLimit('ewn') as never, new Set()],
  ['classes in the limit', inLimit('swn', { loss: 'cross-entropy' }) as never, new Set()],
  [
    'batches along a run',
    setting({
      model: nets(),
      weights: ewn,
      rule: gradientDescent({ batch: { size: 1, order: 'cyclic' } }),
      moment: everyMoment({ steps: 2 }),
    }) as never,
    new Set(),
  ],
]

describe.each(settings)('%s', (_, given, assumed) => {
  const cases = Array.from({ length: 12 }, (_, i) => given.generate(seeded(i), assumed as never))

  test('every name that formulas may read stands in the table', () => {
    const names = new Set(given.symbols!.map(({ name }) => name.replace(/\(.*/, '')))
    const read = cases.flatMap((c) => {
      const scope = given.scope(newTrace(), c)
      return scope.symbols!.filter(
        (name) => scope.value(name.split('_')[0]!, name.includes('_') ? [0] : []) !== undefined,
      )
    })
    expect(read.filter((name) => !names.has(name))).toEqual([])
  })

  test('every name of the table has a value in some case, and says what it means', () => {
    const dead = given.symbols!.filter(
      ({ name }) => !isForm(name) && cases.every((c) => !hasValue(given, c, name)),
    )
    // Of the squared loss no margins are read, of several classes no labels. In the limit all else means something.
    const absent = given.numerical ? ['y_i'] : ['L_sep', 'm_i', 'q_i', 'Ent', 'y_i', 's', 'H', 'H_l']
    expect(dead.map(({ name }) => name).filter((name) => !absent.includes(name))).toEqual([])
    expect(given.symbols!.every(({ means }) => means.length > 0)).toBe(true)
    expect(new Set(given.symbols!.map(({ name }) => name)).size).toBe(given.symbols!.length)
  })
})

test('the guide names each symbol of nets', () => {
  const guide = readFileSync('docs/writing-a-claim.md', 'utf8')
  for (const { name } of OF_NETS)
    expect(guide, name).toContain(name.replace(/\(e\)$/, '(').replace(/^e\(t_0\)$/, '(t_0)'))
})
