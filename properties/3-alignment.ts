/** Section 3: weights and gradients line up; the steps of the proof that hold at one point or one step. */
import {
  claim,
  dynamics,
  free,
  near,
  type Assumption,
  type Claim,
  type ClaimDefinition,
  type Flaw,
  type Probe,
  type Random,
  type Values,
} from '../src/index.ts'
import { vGrowEwn, vGrowSwn } from './1-identities.ts'

const section = '3 Weights and gradients line up'

const unitVectors = (names: readonly string[]): Assumption => ({
  id: 'unit-vectors',
  says: `${names.length > 1 ? 'the vectors are' : 'ĝ is'} of norm 1`,
  formula: [...names.map((name) => `norm(${name})`), '1'].join(' == '),
})
const ordered: Assumption = { id: 'tau<kappa', says: '0 < τ < κ < 2π', formula: 'tau < kappa' }

/** tan(φ/4), rounded so that the angle is not below (up) or not above (down) φ. */
const quarter = (angle: number, direction: 'up' | 'down'): string =>
  near(Math.tan(angle / 4), 1024, direction)

/**
 * Angles with cos τ <= p and cos κ >= q and τ < κ as far as the claim assumes them: τ from the angle of
 * p, κ up to that of q or, on the far side, from its reflection 2π − arccos q.
 */
function angles(
  random: Random,
  [p, q]: readonly [number, number],
  assumed: ReadonlySet<string>,
): { readonly tau: string; readonly kappa: string } | undefined {
  const [a, b] = [Math.acos(Math.min(1, Math.max(-1, p))), Math.acos(Math.min(1, Math.max(-1, q)))]
  const share = (): number => random.integer(0, 8) / 8
  const anything = (): string => quarter(0.1 + 6 * share(), 'up')
  const wide = random.integer(1, 4) === 1
  if (!wide && assumed.has('tau<kappa') && b < a + 0.02) return undefined
  const [low, high] = wide ? [2 * Math.PI - b, 2 * Math.PI - 0.02] : [0.02, b]
  const tau = assumed.has('near')
    ? quarter(a + 0.002 + share() * (wide ? Math.PI - a : b - a), 'up')
    : anything()
  const kappa = assumed.has('far')
    ? wide
      ? quarter(low + share() * (high - low), 'up')
      : quarter(b - share() * (b - a), 'down')
    : anything()
  const value = (text: string): number =>
    text
      .split('/')
      .map(Number)
      .reduce((x, y) => x / y)
  const cosine = (tangent: string): number => Math.cos(4 * Math.atan(value(tangent)))
  if (value(tau) <= 0 || value(kappa) <= 0 || value(kappa) > 1000) return undefined
  if (assumed.has('near') && cosine(tau) > p) return undefined
  if (assumed.has('far') && cosine(kappa) < q) return undefined
  if (assumed.has('tau<kappa') && value(tau) >= value(kappa)) return undefined
  return { tau, kappa }
}

/** Draws angles between `near` and `far`; `ahead`, if given, must come out non-negative. */
const drawAngles =
  (near: string, far: string, ahead?: string) =>
  (random: Random, probe: Probe, values: Values, assumed: ReadonlySet<string>): Values | undefined => {
    const [p, q] = probe(`[${near}, ${far}]`)
    if (!Number.isFinite(p) || !Number.isFinite(q)) return undefined
    const drawn = angles(random, [p!, q!], assumed)
    const all = drawn && { ...values, ...drawn }
    if (all && ahead !== undefined && assumed.has('ahead') && !(probe(ahead, all)[0]! > 1e-9))
      return undefined
    return all
  }

const coneLeft = 'dot(ghat, perp(v, nhat))'
const coneWrong = {
  'no projection left over': `${coneLeft} >= cos(tau)`,
  'order of the difference': `${coneLeft} >= cos(kappa) - cos(tau)`,
  'sum instead of difference': `${coneLeft} >= cos(tau) + cos(kappa)`,
  reversed: `${coneLeft} <= cos(tau) - cos(kappa)`,
}
const coneVariables = { ghat: 'unit', nhat: 'unit', v: 'unit', tau: 'angle', kappa: 'angle' } as const
const nearCone: Assumption = {
  id: 'near',
  says: 'n̂ is within τ of ĝ',
  formula: 'dot(ghat, nhat) >= cos(tau)',
}

export const thm3Cone: Claim = claim({
  id: 'thm-3.cone',
  section,
  source: '(16), App. C',
  says: 'For unit vectors, projecting off v keeps a share cos τ − cos κ of n̂ along ĝ (angles up to 2π, as the paper allows).',
  given: free({ variables: coneVariables, draw: drawAngles('dot(ghat, nhat)', 'dot(ghat, v)') }),
  assume: [
    unitVectors(['ghat', 'nhat', 'v']),
    ordered,
    nearCone,
    { id: 'far', says: 'v is at least κ away from ĝ', formula: 'dot(ghat, v) <= cos(kappa)' },
  ],
  shows: `${coneLeft} >= cos(tau) - cos(kappa)`,
  wrong: coneWrong,
  flaw: {
    printed: 'ĝᵀ(I − vvᵀ)n̂ ≥ cos τ − cos κ for unit vectors with ĝᵀn̂ ≥ cos τ, ĝᵀv ≤ cos κ and 0 < τ < κ.',
    breaks:
      'ĝᵀ(I − vvᵀ)n̂ = ĝᵀn̂ − (ĝᵀv)(vᵀn̂), so that (ĝᵀv)(vᵀn̂) ≤ cos κ is needed. From ĝᵀv ≤ cos κ this does not follow: the factor vᵀn̂ may be negative, and two negative factors have a positive product, up to 1. With v = −ĝ and n̂ = ĝ the left side is 0, however small τ < κ ≤ π are.',
  },
})

export const thm3ConeAmended: Claim = claim({
  id: 'thm-3.cone*',
  section,
  source: '(16), App. C',
  says: 'As thm-3.cone, with v at least κ away from the line of ĝ, not only from ĝ.',
  given: free({ variables: coneVariables, draw: drawAngles('dot(ghat, nhat)', 'abs(dot(ghat, v))') }),
  assume: [
    unitVectors(['ghat', 'nhat', 'v']),
    ordered,
    nearCone,
    {
      id: 'far',
      says: 'v is at least κ away from ĝ and from −ĝ',
      formula: 'abs(dot(ghat, v)) <= cos(kappa)',
    },
  ],
  shows: `${coneLeft} >= cos(tau) - cos(kappa)`,
  wrong: coneWrong,
  amends: { claim: thm3Cone, how: 'bounds |ĝᵀv| by cos κ in place of ĝᵀv' },
})

/** The two one-step claims of the descent proof, printed and mended, for one normalisation. */
function descentSteps(name: 'ewn' | 'swn', radius: string, grows: Claim, sources: readonly [string, string]) {
  const chi = `eta*${radius}*norm(g_u)/norm(v_u)`
  const gain = `(cos(tau) - cos(kappa))*${chi}`
  const near: Assumption = {
    id: 'near',
    says: '−g_u is within τ of ĝ',
    formula: '-dot(ghat, g_u)/norm(g_u) >= cos(tau)',
  }
  const far: Assumption = {
    id: 'far',
    says: 'v_u is at least κ away from ĝ',
    formula: 'dot(ghat, v_u)/norm(v_u) <= cos(kappa)',
  }
  const farBoth: Assumption = {
    id: 'far',
    says: 'v_u is at least κ away from ĝ and from −ĝ',
    formula: 'abs(dot(ghat, v_u))/norm(v_u) <= cos(kappa)',
  }
  const ahead: Assumption = {
    id: 'ahead',
    says: 'the numerator on the right is not negative',
    formula: `dot(v_u, ghat) + ${gain} >= 0`,
  }
  const positiveRadius: readonly Assumption[] =
    name === 'swn' ? [{ id: 'gamma>0', says: 'γ_u > 0', formula: 'gamma_u > 0' }] : []
  const given = (far: string, ahead?: string) =>
    dynamics({
      normalization: name,
      choose: ['u'],
      variables: { ghat: 'unit', tau: 'angle', kappa: 'angle' },
      draw: drawAngles('-dot(ghat, g_u)/norm(g_u)', far, ahead),
    })
  const printed = given('dot(ghat, v_u)/norm(v_u)')
  const mended = given('abs(dot(ghat, v_u))/norm(v_u)', `dot(v_u, ghat) + ${gain}`)
  const dotSides = ['dot(v_u(t+1), ghat)', 'dot(v_u, ghat)'] as const
  const dotWrong = {
    'order of the difference': `${dotSides[0]} >= ${dotSides[1]} - ${gain}`,
    'without cos κ': `${dotSides[0]} >= ${dotSides[1]} + cos(tau)*${chi}`,
    reversed: `${dotSides[0]} <= ${dotSides[1]} + ${gain}`,
    'twice the gain': `${dotSides[0]} >= ${dotSides[1]} + 2*(1 - cos(kappa))*${chi}`,
  }
  const stepLeft = 'dot(v_u(t+1), ghat)/norm(v_u(t+1))'
  const stepRight = `(dot(v_u, ghat) + ${gain})/sqrt(norm(v_u)^2 + (${chi})^2)`
  const stepWrong = {
    'norm not updated': `${stepLeft} >= (dot(v_u, ghat) + ${gain})/norm(v_u)`,
    'without cos κ': `${stepLeft} >= (dot(v_u, ghat) + cos(tau)*${chi})/sqrt(norm(v_u)^2 + (${chi})^2)`,
    reversed: `${stepLeft} <= ${stepRight}`,
    'order of the difference': `${stepLeft} >= (dot(v_u, ghat) - ${gain})/sqrt(norm(v_u)^2 + (${chi})^2)`,
  }
  const common = [unitVectors(['ghat']), ordered, near]
  const negative = name === 'swn' ? ' Where γ_u < 0, χ is negative too, and turns the inequality round.' : ''
  const dotFlaw: Flaw = {
    printed:
      'v_u(t+1)ᵀĝ ≥ v_u(t)ᵀĝ + (cos τ − cos κ)χ(t), where −ĝᵀg_u/‖g_u‖ ≥ cos τ and ĝᵀv_u/‖v_u‖ ≤ cos κ.',
    breaks: `With n̂ = −g_u/‖g_u‖ and v = v_u/‖v_u‖ the gain v_u(t+1)ᵀĝ − v_u(t)ᵀĝ is χ ĝᵀ(I − vvᵀ)n̂, and (16), which is put in for it, fails where ĝᵀv and vᵀn̂ are both negative (thm-3.cone): if v_u points along −ĝ and g_u along the same line, the step does not move v_u at all.${negative}`,
  }
  const stepFlaw: Flaw = {
    printed:
      'v_u(t+1)ᵀĝ/‖v_u(t+1)‖ ≥ (v_u(t)ᵀĝ + (cos τ − cos κ)χ(t))/√(‖v_u(t)‖² + χ(t)²), under the same conditions.',
    breaks: `Two steps. The numerator is the bound of thm-3.gd-dot on v_u(t+1)ᵀĝ, which fails. And ‖v_u(t+1)‖ is replaced by its upper bound √(‖v_u‖² + χ²): that lowers the quotient only if the numerator is not negative, and raises it otherwise, even where thm-3.gd-dot holds.${negative}`,
  }
  const define = (rest: Pick<ClaimDefinition<never>, 'id' | 'source' | 'says' | 'shows' | 'wrong'>) => ({
    section,
    ...rest,
  })
  const gdDot = claim({
    ...define({
      id: `thm-3.gd-dot:${name}`,
      source: sources[0],
      says: 'One step of descent brings v_u towards ĝ by at least (cos τ − cos κ)χ, χ the length of the unprojected step.',
      shows: `${dotSides[0]} >= ${dotSides[1]} + ${gain}`,
      wrong: dotWrong,
    }),
    ...{ given: printed, assume: [...common, far], uses: [thm3Cone], flaw: dotFlaw },
  })
  const gdDotAmended = claim({
    ...define({
      id: `thm-3.gd-dot:${name}*`,
      source: sources[0],
      says: 'As printed, with v_u at least κ away from the line of ĝ.',
      shows: `${dotSides[0]} >= ${dotSides[1]} + ${gain}`,
      wrong: dotWrong,
    }),
    ...{ given: mended, assume: [...common, farBoth, ...positiveRadius], uses: [thm3ConeAmended] },
    amends: {
      claim: gdDot,
      how: `bounds |ĝᵀv_u| in place of ĝᵀv_u${name === 'swn' ? ', and asks for γ_u > 0' : ''}`,
    },
  })
  const gdStep = claim({
    ...define({
      id: `thm-3.gd-step:${name}`,
      source: sources[1],
      says: 'One step of descent turns v_u towards ĝ as stated.',
      shows: `${stepLeft} >= ${stepRight}`,
      wrong: stepWrong,
    }),
    ...{ given: printed, assume: [...common, far], uses: [gdDot, grows], flaw: stepFlaw },
  })
  const gdStepAmended = claim({
    ...define({
      id: `thm-3.gd-step:${name}*`,
      source: sources[1],
      says: 'As printed, with v_u at least κ away from the line of ĝ and a numerator that is not negative.',
      shows: `${stepLeft} >= ${stepRight}`,
      wrong: stepWrong,
    }),
    ...{ given: mended, assume: [...common, farBoth, ahead, ...positiveRadius], uses: [gdDotAmended, grows] },
    amends: {
      claim: gdStep,
      how: `bounds |ĝᵀv_u| in place of ĝᵀv_u, asks for a non-negative numerator${name === 'swn' ? ' and for γ_u > 0' : ''}`,
    },
  })
  return { gdDot, gdDotAmended, gdStep, gdStepAmended }
}

const ewnSteps = descentSteps('ewn', 'exp(alpha_u)', vGrowEwn, ['(20)', '(23)'])
const swnSteps = descentSteps('swn', 'gamma_u', vGrowSwn, ['(30)', '(33)'])

export const thm3GdDotEwn: Claim = ewnSteps.gdDot
export const thm3GdDotEwnAmended: Claim = ewnSteps.gdDotAmended
export const thm3GdDotSwn: Claim = swnSteps.gdDot
export const thm3GdDotSwnAmended: Claim = swnSteps.gdDotAmended
export const thm3GdStepEwn: Claim = ewnSteps.gdStep
export const thm3GdStepEwnAmended: Claim = ewnSteps.gdStepAmended
export const thm3GdStepSwn: Claim = swnSteps.gdStep
export const thm3GdStepSwnAmended: Claim = swnSteps.gdStepAmended

/** The claims of this section in the order of the paper. */
export const alignment: readonly Claim[] = [
  thm3Cone,
  thm3ConeAmended,
  thm3GdDotEwn,
  thm3GdDotEwnAmended,
  thm3GdDotSwn,
  thm3GdDotSwnAmended,
  thm3GdStepEwn,
  thm3GdStepEwnAmended,
  thm3GdStepSwn,
  thm3GdStepSwnAmended,
]
