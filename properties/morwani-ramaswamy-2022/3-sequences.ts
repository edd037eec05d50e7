/** Section 3: the lemmas on sequences in the limit, Stolz–Cesàro, and the slopes of SWN near v = 0. */
import {
  bounded,
  section,
  diverges,
  fDiverges,
  gradientDescent,
  gradientFlow,
  integrals,
  nets,
  ratioConverges,
  ratioDiverges,
  setting,
  sums,
  swn,
  vanishes,
  type Assumption,
  type Claim,
} from '../../src/index.ts'
import { paper } from './paper.ts'
import { gradSwn, vGrowSwn, vNormSwn } from './1-identities.ts'
import { lemma10Bound, lemma9Bound } from './3-lemmas.ts'

const claim = section(paper, '3 Weights and gradients line up')

const vanishing: readonly Assumption[] = [
  { id: 'positive', says: 'a_k > 0', formula: 'a > 0' },
  diverges,
  vanishes,
]
const families = sums()

export const lemma9: Claim = claim({
  id: 'lemma-9',
  source: 'Lemma 9, App. J',
  says: 'For a_k > 0 with a_k → 0 and A = Σ a_k = ∞, S = Σ_k a_k/√(Σ_{j≤k} a_j²) = ∞; A and S are partial sums, peak the largest recent term.',
  uses: [lemma9Bound],
  given: families,
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
  says: 'For a as in Lemma 9 and increasing b with b_0 > 0 and b_{k+1}² ≤ b_k² + (a_k/b_k)², T = Σ a_k/b_k = ∞; A and T are partial sums, peak the largest recent term.',
  uses: [lemma9, lemma10Bound],
  given: families,
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
const areas = integrals()
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
