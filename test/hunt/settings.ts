/** Settings: small families of training problems, and the same ones pushed into a corner. */
import { claim, type Claim, type ClaimDefinition } from '../../src/claim/claim.ts'
import type { Setting } from '../../src/claim/setting.ts'
import { seeded } from '../../src/claim/random.ts'
import { nets } from '../../src/model/model.ts'
import { ewn as ewnWeights } from '../../src/model/parameterization.ts'
import { gradientDescent, gradientFlow } from '../../src/motion/rule.ts'
import type { PointCase } from '../../src/setting/point/case.ts'
import { setting } from '../../src/setting/setting.ts'

/** EWN under gradient flow, and under gradient descent. */
export const ewn: Setting<PointCase> = setting({ model: nets(), weights: ewnWeights, rule: gradientFlow() })
export const ewnSteps: Setting<PointCase> = setting({
  model: nets(),
  weights: ewnWeights,
  rule: gradientDescent(),
})

/** The setting with one in `stride` members of its family, so that a check is quick; coverage is still met. */
export function quick<C>(setting: Setting<C>, stride = 4): Setting<C> {
  return {
    ...setting,
    *family(assumed) {
      let i = 0
      for (const make of setting.family(assumed)) if (i++ % stride === 0) yield make
    },
  }
}

/** The setting with every case it draws pushed into a corner. */
export function cornered<C>(setting: Setting<C>, push: (c: C) => C): Setting<C> {
  return {
    ...setting,
    generate: (random, assumed) => push(setting.generate(random, assumed)),
    *family(assumed) {
      for (const make of setting.family(assumed)) yield (random) => push(make(random))
    },
  }
}

const positive = (entries: readonly string[]): string[] => entries.map((entry) => entry.replace('-', ''))

/** The case with the vectors of these names changed in every node; the vector of a frozen one is `w`. */
const withVectors = (
  c: PointCase,
  names: readonly string[],
  change: (entries: readonly string[]) => string[],
): PointCase => ({
  ...c,
  nodes: c.nodes.map((node) =>
    Object.fromEntries(
      Object.entries(node).map(([name, value]) => [
        name,
        typeof value !== 'string' && names.includes(name) ? change(value) : value,
      ]),
    ),
  ),
})

/** The corners of the cases of training problems under EWN. */
export const CORNERS: Readonly<Record<string, (c: PointCase) => PointCase>> = {
  'several points': (c) => ({ ...c, data: c.data!.slice(0, 1) }),
  'negative weights': (c) => withVectors(c, ['v', 'w'], positive),
  'unequal margins': (c) => ({ ...c, data: c.data!.map(({ y }) => ({ x: c.data![0]!.x, y })) }),
  'both labels': (c) => ({ ...c, data: c.data!.map(({ x }) => ({ x, y: c.data![0]!.y })) }),
  'v of norm other than 1': (c) =>
    withVectors(c, ['v'], (v) => v.map((e, i) => (i > 0 ? '0' : e.startsWith('-') ? '-1' : '1'))),
}

/** A claim in a setting, with defaults for what does not matter. */
export function claimed<C>(
  given: Setting<C>,
  shows: string | readonly string[],
  rest: Partial<ClaimDefinition<C>> = {},
): Claim {
  return claim({
    id: 'planted',
    section: '0',
    source: 'here',
    says: 'planted',
    given,
    shows,
    wrong: {},
    ...rest,
  })
}

/** A case of a setting, for each seed. */
export const oneCase = <C>(setting: Setting<C>, seed: number): C => setting.generate(seeded(seed), new Set())
