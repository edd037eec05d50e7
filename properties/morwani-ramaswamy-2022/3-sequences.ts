/** Section 3: the lemmas on sequences in the limit, Stolz–Cesàro, and the slopes of SWN near v = 0. */
import {
  section,
  draws,
  gradientDescent,
  gradientFlow,
  inTheLimit,
  nets,
  next,
  setting,
  swn,
  velocity,
  type Assumption,
  type Claim,
  type Population,
} from '../../src/index.ts'
import { paper } from './paper.ts'
import { gradSwn, vGrowSwn, vNormSwn } from './1-identities.ts'
import { lemma10Bound, lemma9Bound } from './3-lemmas.ts'

const claim = section(paper, '3 Weights and gradients line up')

/** Σ a_k = ∞. */
const diverges: Assumption = { id: 'diverges', says: 'Σ a_k = ∞', formula: 'lim(A) == inf' }
/** a_k → 0. */
const vanishes: Assumption = { id: 'vanishes', says: 'a_k → 0', formula: 'lim(sup(a)) == 0' }
/** b grows by no more than a lets it. */
const bounded: Assumption = {
  id: 'growth',
  says: 'b_{k+1}² ≤ b_k² + (a_k/b_k)²',
  formula: 'b(t + 1)^2 <= b^2 + (a/b)^2',
}
const vanishing: readonly Assumption[] = [
  { id: 'positive', says: 'a_k > 0', formula: 'a > 0' },
  diverges,
  vanishes,
]

/**
 * a_k = c k^{−p} (1 + log k)^{−ν} from the second term on, the first at will, and all but the terms at certain gaps, which
 * may widen, lowered by a factor: `count` steps have passed since the last of these terms, and `gap` is the next gap.
 */
const term =
  '(step(1/2 - t)*first + step(t - 1/2)*scale*(t + 2)^(-p)*(1 + log(t + 2))^(-nu)*(low + (1 - low)*step(1/2 - count)))'
const { pick } = draws
/** Exponents, factors and gaps, as far as known so that what is assumed holds. */
const terms: Population = {
  name: 'powers with logarithms and gaps',
  refuses: () => undefined,
  draw(random, assumed) {
    const powers = ['1', '1/2', '1/4', '3/4', '1/3', '2/3', '4/5', '1/6', '1/8']
    const [low, gap, widens] = pick(random, [
      ...[['1', '1', '0'] as const, ['1', '1', '0'] as const],
      ...[['1/8', '2', '0'] as const, ['1/4', '3', '0'] as const],
      ...[['1/64', '10', '0'] as const, ['1/8', '1', '1'] as const],
    ])
    const beyond = !assumed.has(bounded) && draws.oneIn(random, 6)
    return {
      values: {
        p: pick(
          random,
          assumed.has(diverges)
            ? powers
            : [...powers, ...(assumed.has(vanishes) ? [] : ['0', '-1']), '3/2', '2'],
        ),
        nu: pick(random, assumed.has(diverges) ? ['0', '0', '0', '1'] : ['0', '0', '0', '1', '-1']),
        ...{ low, gap, widens },
        scale: pick(random, ['1', '1/4', '4']),
        first: pick(random, ['1', '4', '1/4']),
        share: beyond ? '0' : pick(random, ['1', '1', '1/2', '0']),
        beyond: beyond ? '1' : '0',
        b: pick(random, ['1', '1/4', '4']),
      },
    }
  },
}
const families = setting({
  rule: next(
    {
      b: `sqrt(b^2 + share*(${term}/b)^2) + beyond*${term}*(2*sqrt(b) + ${term})`,
      count: 'step(gap - count - 3/2)*(count + 1)',
      gap: 'gap + widens*step(count + 3/2 - gap)',
    },
    { state: { count: '0' } },
  ),
  moment: inTheLimit({ steps: 1_000_000 }),
  variables: {
    ...{ b: 'positive', gap: 'whole', widens: 'real', p: 'real', nu: 'real', low: 'positive' },
    ...{ scale: 'positive', first: 'positive', share: 'real', beyond: 'real' },
  },
  population: terms,
})
const sums = {
  a: term,
  A: 'sum(r <= t, a(r))',
  S: 'sum(r <= t, a(r)/sqrt(sum(q <= r, a(q)^2)))',
  T: 'sum(r <= t, a(r)/b(r))',
}

export const lemma9: Claim = claim({
  id: 'lemma-9',
  source: 'Lemma 9, App. J',
  says: 'For a_k > 0 with a_k → 0 and A = Σ a_k = ∞, S = Σ_k a_k/√(Σ_{j≤k} a_j²) = ∞; A and S are the partial sums up to k = t + 1.',
  uses: [lemma9Bound],
  given: families,
  where: sums,
  assume: vanishing,
  shows: 'lim(S) == inf',
  wrong: {
    'it tends to 0': 'lim(S) == 0',
    'it stays bounded': 'S == O(1)',
    'it converges': 'converges(S)',
    'it grows like Σ a_k': 'S == Theta(A)',
    'it grows like log Σ a_k at most': 'S == O(log(A))',
    'it grows faster than Σ a_k': 'lim(S/A) == inf',
  },
})

export const lemma10: Claim = claim({
  id: 'lemma-10',
  source: 'Lemma 10, App. J',
  says: 'For a as in Lemma 9 and increasing b with b_0 > 0 and b_{k+1}² ≤ b_k² + (a_k/b_k)², T = Σ a_k/b_k = ∞; A and T are the partial sums up to k = t + 1.',
  uses: [lemma9, lemma10Bound],
  given: families,
  where: sums,
  assume: [
    ...vanishing,
    { id: 'b-positive', says: 'b > 0', formula: 'b > 0' },
    { id: 'increasing', says: 'b is increasing', formula: 'b(t + 1) >= b' },
    bounded,
  ],
  shows: 'lim(T) == inf',
  wrong: {
    'it tends to 0': 'lim(T) == 0',
    'it stays bounded': 'T == O(1)',
    'it converges': 'converges(T)',
    'it grows like Σ a_k/√(Σ a_j²)': 'T == Theta(S)',
    'it grows faster than Σ a_k': 'lim(T/A) == inf',
    'b stays bounded': 'b == O(1)',
  },
})

/** ∫f = ∞. */
const fDiverges: Assumption = { id: 'f-diverges', says: '∫f = ∞', formula: 'lim(F) == inf' }
/** f/g has a finite limit. */
const ratioConverges: Assumption = {
  id: 'ratio',
  says: 'f/g has a finite limit',
  formula: 'converges(f/g)',
}
/** f/g tends to ∞. */
const ratioDiverges: Assumption = { id: 'ratio-diverges', says: 'f/g → ∞', formula: 'lim(f/g) == inf' }

/** Exponents and constants of f and g, as far as known so that what is assumed holds; f stays positive. */
const ratios: Population = {
  name: 'powers with logarithms and waves',
  starts: 80,
  refuses: () => undefined,
  draw(random, assumed) {
    const ell = assumed.has(ratioDiverges) ? '1' : pick(random, ['1', '2', '1/2', '0'])
    const decay = pick(
      random,
      assumed.has(ratioConverges)
        ? ['1', '2', '3/2', '1/2']
        : assumed.has(ratioDiverges)
          ? ['-1/2', '-1', '-1/4']
          : ['1', '2', '3/2', '1/2', '0', '-1/2', '-1', '-1/4'],
    )
    const still = ell === '0' || decay.startsWith('-')
    const [speed, kappa] = still
      ? ['0', '0']
      : pick(random, [['0', '0'] as const, ['1/2', '1/2'] as const, ['1', '1'] as const])
    return {
      values: {
        p: pick(
          random,
          assumed.has(fDiverges)
            ? ['0', '1', '-1/2', '1/2', '2', '-3/4']
            : ['0', '1', '-1/2', '1/2', '2', '-3/4', '-1', '-3/2', '-2'],
        ),
        nu: pick(random, ['0', '1', '-1']),
        ...{ ell, decay, speed, kappa },
        h: pick(random, speed === '0' ? ['1', '1/4', '4'] : ['1/4', '1/8']),
        c: pick(random, ['1', '2', '10']),
      },
    }
  },
}
/** g = (1 + τ)^p log(3 + τ)^ν and f = g (ℓ + h τ^{−d} x) at τ = c + t, where x is 1, cos √τ or cos log τ but for its phase. */
const areas = setting({
  rule: velocity(
    { x: '-speed*(c + t)^(-kappa)*y', y: 'speed*(c + t)^(-kappa)*x' },
    { state: { x: '1', y: '0' } },
  ),
  moment: inTheLimit({ t: '1000000' }),
  variables: {
    ...{ p: 'real', nu: 'real', ell: 'real', decay: 'real', speed: 'real', kappa: 'real' },
    ...{ h: 'positive', c: 'positive' },
  },
  population: ratios,
})
const areasOf = {
  g: '(1 + c + t)^p*log(3 + c + t)^nu',
  f: 'g*(ell + h*(c + t)^(-decay)*x)',
  F: 'integral(f)',
  G: 'integral(g)',
}

const divergent: readonly Assumption[] = [
  { id: 'positive', says: 'f, g > 0', formula: 'min(f, g) > 0' },
  fDiverges,
  { id: 'g-diverges', says: '∫g = ∞', formula: 'lim(G) == inf' },
]
const stolzCesaro = (id: string, limit: '' | '∞'): Claim =>
  claim({
    id,
    source: 'App. K',
    says: `Integral Stolz–Cesàro: for f, g > 0 with finite integrals over finite intervals, F and G those from any c on, both divergent, f/g → ${limit || 'ℓ, finite,'} implies F/G → ${limit || 'ℓ'}.`,
    given: areas,
    where: areasOf,
    assume: [...divergent, limit ? ratioDiverges : ratioConverges],
    ...(limit
      ? {
          shows: 'lim(F/G) == inf',
          wrong: {
            'a finite limit': 'converges(F/G)',
            'the inverse': 'lim(G/F) == inf',
            'as fast as f/g, with the same constant': 'lim((F/G)/(f/g)) == 1',
            'faster than f/g': 'lim((F/G)/(f/g)) == inf',
          },
        }
      : {
          shows: 'lim(F/G) == lim(f/g)',
          wrong: {
            'twice the limit': 'lim(F/G) == 2*lim(f/g)',
            'the inverse': 'lim(G/F) == lim(f/g)',
            'equal at all times': 'F/G == f/g',
            'the difference F − ℓG vanishes': 'lim(F - lim(f/g)*G) == 0',
            'always 1': 'lim(F/G) == 1',
          },
        }),
  })
export const stolz: Claim = stolzCesaro('stolz', '')
export const stolzInfinite: Claim = stolzCesaro('stolz:inf', '∞')

const choices = { model: nets(), weights: swn }
const swnGradient = 'grad(L, v_u)'
const square = (v: string): string => `dot(${v}, ${v})`

export const swnLipschitzScaling: Claim = claim({
  id: 'swn-lipschitz:scaling',
  source: 'App. L',
  says: 'Under SWN ‖∇_{v_u}L‖ ‖v_u‖ does not change as v_u is scaled: where it is not 0, the gradient is unbounded near v_u = 0, and L is not locally Lipschitz there.',
  uses: [gradSwn],
  given: setting(choices),
  shows: `dot(v_u, grad(${square(`norm(v_u)*${swnGradient}`)}, v_u)) == 0`,
  wrong: {
    'the gradient itself does not change': `dot(v_u, grad(${square(swnGradient)}, v_u)) == 0`,
    '‖∇_{v_u}L‖ falls like 1/‖v_u‖²': `dot(v_u, grad(${square(`dot(v_u, v_u)*${swnGradient}`)}, v_u)) == 0`,
    'it does not change in any direction': `grad(${square(`norm(v_u)*${swnGradient}`)}, v_u) == 0*v_u`,
    'it does not change with γ_u': `grad(${square(`norm(v_u)*${swnGradient}`)}, gamma_u) == 0`,
  },
})

export const swnLipschitzGf: Claim = claim({
  id: 'swn-lipschitz:gf',
  source: 'App. L',
  says: 'Along gradient flow of SWN ‖v_u‖ does not decrease: it stays at or above its start.',
  uses: [vNormSwn],
  given: setting({ ...choices, rule: gradientFlow() }),
  shows: 'ddt(norm(v_u)) >= 0',
  wrong: {
    'strictly increasing': 'ddt(norm(v_u)) > 0',
    'the weight norm stays above its start too': 'ddt(norm(w_u)) >= 0',
    'faster than γ_u': 'ddt(norm(v_u)) >= ddt(gamma_u)',
    'as fast as v_u moves': 'ddt(norm(v_u)) >= norm(ddt(v_u))',
  },
})

export const swnLipschitzGd: Claim = claim({
  id: 'swn-lipschitz:gd',
  source: 'App. L',
  says: 'A step of gradient descent of SWN does not decrease ‖v_u‖: it stays at or above its start.',
  uses: [vGrowSwn],
  given: setting({ ...choices, rule: gradientDescent() }),
  shows: 'norm(v_u(t + 1)) >= norm(v_u)',
  wrong: {
    'never increases': 'norm(v_u(t + 1)) <= norm(v_u)',
    'strictly increasing': 'norm(v_u(t + 1)) > norm(v_u)',
    'the weight norm stays above its start too': 'norm(w_u(t + 1)) >= norm(w_u)',
    'increases by the length of the step': `norm(v_u(t + 1)) >= norm(v_u) + eta*norm(${swnGradient})`,
  },
})
