/** Section 3: weights and gradients line up; the steps of the proof that hold at one point or one step. */
import {
  section,
  ewn,
  gammaPositive,
  gradientDescent,
  gradientFlow,
  near as nearest,
  nets,
  setting,
  swn,
  unitV,
  unitVectors,
  type Aim,
  type Assumption,
  type Claim,
  type ClaimDefinition,
  type Draft,
  type Flaw,
} from '../../src/index.ts'
import { paper } from './paper.ts'
import { vGrowEwn, vGrowSwn } from './1-identities.ts'

const claim = section(paper, '3 Weights and gradients line up')

/** τ < κ. */
export const ordered: Assumption = { id: 'tau<kappa', says: '0 < τ < κ', formula: 'tau < kappa' }
/** κ < Δ for the angle Δ between v_u(t₂) and ĝ, which is at most π. */
export const belowDelta: Assumption = {
  id: 'kappa<pi',
  says: 'κ < Δ ≤ π, Δ the angle between v_u(t₂) and ĝ',
  formula: 'kappa < pi',
}

/** tan(φ/4), rounded so that the angle is not below (up) or not above (down) φ. */
const quarter = (angle: number, direction: 'up' | 'down'): string =>
  nearest(Math.tan(angle / 4), 1024, direction)

/** The assumptions that say how far g_u and v_u are from ĝ, and that a numerator is not negative. */
interface Cones {
  readonly near: Assumption
  readonly far: Assumption
  readonly ahead?: Assumption
}

/**
 * Angles with cos τ <= p and cos κ >= q and τ < κ as far as the claim assumes them: τ from the angle of
 * p, κ up to that of q or, where κ may exceed π, from its reflection 2π − arccos q.
 */
function angles(
  draft: Draft,
  [p, q]: readonly [number, number],
  { near, far }: Cones,
): { readonly tau: string; readonly kappa: string } | undefined {
  const [a, b] = [Math.acos(Math.min(1, Math.max(-1, p))), Math.acos(Math.min(1, Math.max(-1, q)))]
  const share = (): number => draft.random.integer(0, 8) / 8
  const anything = (): string => quarter(0.1 + 6 * share(), 'up')
  const wide = !draft.assumes(belowDelta) && draft.random.integer(1, 2) === 1
  if (!wide && draft.assumes(ordered) && b < a + 0.02) return undefined
  const [low, high] = wide ? [2 * Math.PI - b, 2 * Math.PI - 0.02] : [0.02, b]
  const tau = draft.assumes(near)
    ? quarter(a + 0.002 + share() * (wide ? Math.PI - a : b - a), 'up')
    : anything()
  const kappa = draft.assumes(far)
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
  if (draft.assumes(near) && cosine(tau) > p) return undefined
  if (draft.assumes(far) && cosine(kappa) < q) return undefined
  if (draft.assumes(ordered) && value(tau) >= value(kappa)) return undefined
  if (draft.assumes(belowDelta) && value(kappa) >= 1) return undefined
  return { tau, kappa }
}

/** Draws angles between those whose cosines are given; `ahead`, if given, must come out non-negative. */
const drawAngles =
  (cones: Cones, toG: string, toV: string, ahead?: string): Aim =>
  (draft) => {
    const [p, q] = draft.evaluate(`[${toG}, ${toV}]`)
    if (!Number.isFinite(p) || !Number.isFinite(q)) return undefined
    const drawn = angles(draft, [p!, q!], cones)
    const all = drawn && draft.set(drawn)
    if (all && ahead !== undefined && draft.assumes(cones.ahead!) && !(all.evaluate(ahead)[0]! > 1e-9))
      return undefined
    return all
  }

const coneLeft = 'dot(ghat, perp(v, nhat))'
const coneWrong = {
  'without cos κ': `${coneLeft} >= cos(tau)`,
  'twice the difference': `${coneLeft} >= 2*(cos(tau) - cos(kappa))`,
  'sum instead of difference': `${coneLeft} >= cos(tau) + cos(kappa)`,
  reversed: `${coneLeft} <= cos(tau) - cos(kappa)`,
}
const coneVariables = {
  ...({ ghat: 'vector', nhat: 'vector', v: 'vector' } as const),
  ...({ tau: 'angle', kappa: 'angle' } as const),
}
const nearCone: Assumption = {
  id: 'near',
  says: 'n̂ is within τ of ĝ',
  formula: 'dot(ghat, nhat) >= cos(tau)',
}
const farCone: Assumption = {
  id: 'far',
  says: 'v is at least κ away from ĝ',
  formula: 'dot(ghat, v) <= cos(kappa)',
}
const farFromLine: Assumption = {
  id: 'far',
  says: 'v is at least κ away from ĝ and from −ĝ',
  formula: 'abs(dot(ghat, v)) <= cos(kappa)',
}
const unit = unitVectors('ghat', 'nhat', 'v')

export const thm3Cone: Claim = claim({
  id: 'thm-3.cone',
  source: '(16), (17), App. C: the step behind (16), (20), (26), (30)',
  says: 'For unit vectors, projecting off v keeps a share cos τ − cos κ of n̂ along ĝ (with β for κ in (17), (27)).',
  given: setting({
    variables: coneVariables,
    aim: drawAngles({ near: nearCone, far: farCone }, 'dot(ghat, nhat)', 'dot(ghat, v)'),
  }),
  assume: [unit, ordered, belowDelta, nearCone, farCone],
  shows: `${coneLeft} >= cos(tau) - cos(kappa)`,
  wrong: coneWrong,
  flaw: {
    printed:
      'ĝᵀ(I − vvᵀ)n̂ ≥ cos τ − cos κ for unit vectors with ĝᵀn̂ ≥ cos τ, ĝᵀv ≤ cos κ and 0 < τ < κ < Δ ≤ π.',
    breaks:
      'ĝᵀ(I − vvᵀ)n̂ = ĝᵀn̂ − (ĝᵀv)(vᵀn̂), so that (ĝᵀv)(vᵀn̂) ≤ cos κ is needed. From ĝᵀv ≤ cos κ this does not follow: the factor vᵀn̂ may be negative, and two negative factors have a positive product, up to 1. With v = −ĝ and n̂ = ĝ the left side is 0, whatever τ < κ < π are.',
  },
})

export const thm3ConeAmended: Claim = claim({
  id: 'thm-3.cone*',
  source: 'amends (16), (17), App. C',
  says: 'As thm-3.cone, with v at least κ away from the line of ĝ, not only from ĝ.',
  given: setting({
    variables: coneVariables,
    aim: drawAngles({ near: nearCone, far: farFromLine }, 'dot(ghat, nhat)', 'abs(dot(ghat, v))'),
  }),
  assume: [unit, ordered, belowDelta, nearCone, farFromLine],
  shows: `${coneLeft} >= cos(tau) - cos(kappa)`,
  wrong: coneWrong,
  amends: { claim: thm3Cone, how: 'bounds |ĝᵀv| by cos κ in place of ĝᵀv' },
})

/** The bound along flow and the two on one step of descent, printed and mended, for one normalisation. */
function descentSteps(
  name: 'ewn' | 'swn',
  radius: string,
  grows: Claim,
  sources: readonly [string, string, string, string],
) {
  const radiusText = name === 'ewn' ? 'e^{α_u}' : 'γ_u'
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
  const given = (cones: Cones, far: string, ahead?: string) =>
    setting({
      model: nets(),
      weights: { ewn, swn }[name],
      rule: gradientDescent(),
      choose: ['u'],
      variables: { ghat: 'vector', tau: 'angle', kappa: 'angle' },
      aim: drawAngles(cones, '-dot(ghat, g_u)/norm(g_u)', far, ahead),
    })
  const printed = given({ near, far }, 'dot(ghat, v_u)/norm(v_u)')
  const mended = given(
    { near, far: farBoth, ahead },
    'abs(dot(ghat, v_u))/norm(v_u)',
    `dot(v_u, ghat) + ${gain}`,
  )
  const dotSides = ['dot(v_u(t+1), ghat)', 'dot(v_u, ghat)'] as const
  const dotWrong = {
    'sum instead of difference': `${dotSides[0]} >= ${dotSides[1]} + (cos(tau) + cos(kappa))*${chi}`,
    'without cos κ': `${dotSides[0]} >= ${dotSides[1]} + cos(tau)*${chi}`,
    reversed: `${dotSides[0]} <= ${dotSides[1]} + ${gain}`,
    'twice the gain': `${dotSides[0]} >= ${dotSides[1]} + 2*${gain}`,
  }
  const stepLeft = 'dot(v_u(t+1), ghat)/norm(v_u(t+1))'
  const stepRight = `(dot(v_u, ghat) + ${gain})/sqrt(norm(v_u)^2 + (${chi})^2)`
  const stepWrong = {
    'norm not updated': `${stepLeft} >= (dot(v_u, ghat) + ${gain})/norm(v_u)`,
    'without cos κ': `${stepLeft} >= (dot(v_u, ghat) + cos(tau)*${chi})/sqrt(norm(v_u)^2 + (${chi})^2)`,
    reversed: `${stepLeft} <= ${stepRight}`,
    'sum instead of difference': `${stepLeft} >= (dot(v_u, ghat) + (cos(tau) + cos(kappa))*${chi})/sqrt(norm(v_u)^2 + (${chi})^2)`,
  }
  const common = [
    ...[unitVectors('ghat'), ordered, belowDelta, near],
    ...(name === 'swn' ? [gammaPositive] : []),
  ]
  const case0 = name === 'swn' ? ' In the case γ_u → ∞, that is γ_u > 0.' : ''
  const dotFlaw: Flaw = {
    printed:
      'v_u(t+1)ᵀĝ ≥ v_u(t)ᵀĝ + (cos τ − cos κ)χ(t), where −ĝᵀg_u/‖g_u‖ ≥ cos τ and ĝᵀv_u/‖v_u‖ ≤ cos κ.',
    breaks: `With n̂ = −g_u/‖g_u‖ and v = v_u/‖v_u‖ the gain v_u(t+1)ᵀĝ − v_u(t)ᵀĝ is χ ĝᵀ(I − vvᵀ)n̂, and (16), which is put in for it, fails where ĝᵀv and vᵀn̂ are both negative (thm-3.cone): if v_u points along −ĝ and g_u along the same line, the step does not move v_u at all.`,
  }
  const stepFlaw: Flaw = {
    printed:
      'v_u(t+1)ᵀĝ/‖v_u(t+1)‖ ≥ (v_u(t)ᵀĝ + (cos τ − cos κ)χ(t))/√(‖v_u(t)‖² + χ(t)²), under the same conditions.',
    breaks: `Two steps. The numerator is the bound of thm-3.gd-dot on v_u(t+1)ᵀĝ, which fails. And ‖v_u(t+1)‖ is replaced by its upper bound √(‖v_u‖² + χ²): that lowers the quotient only if the numerator is not negative, and raises it otherwise, even where thm-3.gd-dot holds.`,
  }
  const define = (rest: Pick<ClaimDefinition<never>, 'id' | 'source' | 'says' | 'shows' | 'wrong'>) => ({
    ...rest,
  })
  const gdDot = claim({
    ...define({
      id: `thm-3.gd-dot:${name}`,
      source: sources[0],
      says: `One step of descent brings v_u towards ĝ by at least (cos τ − cos κ)χ, χ = η${radiusText}‖g_u‖/‖v_u‖.${case0}`,
      shows: `${dotSides[0]} >= ${dotSides[1]} + ${gain}`,
      wrong: dotWrong,
    }),
    ...{ given: printed, assume: [...common, far], uses: [thm3Cone], flaw: dotFlaw },
  })
  const gdDotAmended = claim({
    ...define({
      id: `thm-3.gd-dot:${name}*`,
      source: `amends ${sources[0]}`,
      says: 'As printed, with v_u at least κ away from the line of ĝ.',
      shows: `${dotSides[0]} >= ${dotSides[1]} + ${gain}`,
      wrong: dotWrong,
    }),
    ...{ given: mended, assume: [...common, farBoth], uses: [thm3ConeAmended] },
    amends: {
      claim: gdDot,
      how: 'bounds |ĝᵀv_u| in place of ĝᵀv_u',
    },
  })
  const gdStep = claim({
    ...define({
      id: `thm-3.gd-step:${name}`,
      source: sources[1],
      says: `One step of descent leaves the cosine of v_u and ĝ at this bound or above it.${case0} (With β < κ for κ and a strict inequality it is ${sources[2]}.)`,
      shows: `${stepLeft} >= ${stepRight}`,
      wrong: stepWrong,
    }),
    ...{ given: printed, assume: [...common, far], uses: [gdDot, grows], flaw: stepFlaw },
  })
  const gdStepAmended = claim({
    ...define({
      id: `thm-3.gd-step:${name}*`,
      source: `amends ${sources[1]}`,
      says: 'As printed, with v_u at least κ away from the line of ĝ and a numerator that is not negative.',
      shows: `${stepLeft} >= ${stepRight}`,
      wrong: stepWrong,
    }),
    ...{ given: mended, assume: [...common, farBoth, ahead], uses: [gdDotAmended, grows] },
    amends: {
      claim: gdStep,
      how: 'bounds |ĝᵀv_u| in place of ĝᵀv_u, and asks for a non-negative numerator',
    },
  })
  const turns = 'dot(ghat, ddt(v_u))'
  const speed = `eta*${radius}*norm(g_u)`
  const coneWrong = {
    'sum instead of difference': `${turns} >= ${speed}*(cos(tau) + cos(kappa))`,
    'without cos κ': `${turns} >= ${speed}*cos(tau)`,
    reversed: `${turns} <= ${speed}*(cos(tau) - cos(kappa))`,
    'twice the difference': `${turns} >= 2*${speed}*(cos(tau) - cos(kappa))`,
  }
  const flow = (cones: Cones, far: string) =>
    setting({
      model: nets(),
      weights: { ewn, swn }[name],
      rule: gradientFlow(),
      choose: ['u'],
      variables: { ghat: 'vector', tau: 'angle', kappa: 'angle' },
      aim: drawAngles(cones, '-dot(ghat, g_u)/norm(g_u)', far),
    })
  const gfCone = claim({
    ...define({
      id: `thm-3.gf-cone:${name}`,
      source: sources[3],
      says: `Gradient flow turns v_u towards ĝ: ĝᵀdv_u/dt ≥ η${radiusText}‖g_u‖(cos τ − cos κ).${case0} (With β for κ in ${name === 'ewn' ? '(17)' : '(27)'}.)`,
      shows: `${turns} >= ${speed}*(cos(tau) - cos(kappa))`,
      wrong: coneWrong,
    }),
    ...{ given: flow({ near, far }, 'dot(ghat, v_u)/norm(v_u)'), assume: [...common, unitV, far] },
    uses: [thm3Cone],
    flaw: {
      printed: `ĝᵀdv_u/dt ≥ η${radiusText}‖g_u‖(cos τ − cos κ), where −ĝᵀg_u/‖g_u‖ ≥ cos τ and ĝᵀv_u ≤ cos κ.`,
      breaks: `With n̂ = −g_u/‖g_u‖ the left side is η${radiusText}‖g_u‖ ĝᵀ(I − v_uv_uᵀ)n̂, and the bound on it is thm-3.cone, which fails where ĝᵀv_u and v_uᵀn̂ are both negative: if v_u and g_u point along −ĝ and ĝ, the flow does not turn v_u at all.`,
    },
  })
  const gfConeAmended = claim({
    ...define({
      id: `thm-3.gf-cone:${name}*`,
      source: `amends ${sources[3]}`,
      says: 'As printed, with v_u at least κ away from the line of ĝ.',
      shows: `${turns} >= ${speed}*(cos(tau) - cos(kappa))`,
      wrong: coneWrong,
    }),
    given: flow({ near, far: farBoth }, 'abs(dot(ghat, v_u))/norm(v_u)'),
    ...{ assume: [...common, unitV, farBoth], uses: [thm3ConeAmended] },
    amends: { claim: gfCone, how: 'bounds |ĝᵀv_u| in place of ĝᵀv_u' },
  })
  return { gfCone, gfConeAmended, gdDot, gdDotAmended, gdStep, gdStepAmended }
}

const ewnSteps = descentSteps('ewn', 'exp(alpha_u)', vGrowEwn, [
  'App. C.1.2, (20)',
  'App. C.1.2, display before (22)',
  '(23)',
  '(16), (17)',
])
const swnSteps = descentSteps('swn', 'gamma_u', vGrowSwn, [
  'App. C.2.2, (30)',
  'App. C.2.2, display before (32), where ϵ stands for cos τ − cos κ',
  '(33)',
  '(26), (27)',
])

export const thm3GfConeEwn: Claim = ewnSteps.gfCone
export const thm3GfConeEwnAmended: Claim = ewnSteps.gfConeAmended
export const thm3GfConeSwn: Claim = swnSteps.gfCone
export const thm3GfConeSwnAmended: Claim = swnSteps.gfConeAmended
export const thm3GdDotEwn: Claim = ewnSteps.gdDot
export const thm3GdDotEwnAmended: Claim = ewnSteps.gdDotAmended
export const thm3GdDotSwn: Claim = swnSteps.gdDot
export const thm3GdDotSwnAmended: Claim = swnSteps.gdDotAmended
export const thm3GdStepEwn: Claim = ewnSteps.gdStep
export const thm3GdStepEwnAmended: Claim = ewnSteps.gdStepAmended
export const thm3GdStepSwn: Claim = swnSteps.gdStep
export const thm3GdStepSwnAmended: Claim = swnSteps.gdStepAmended
