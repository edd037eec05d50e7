/** Section 3: steps of descent from t₂ on, chained up, and small steps. */
import {
  anySequence,
  section,
  everyMoment,
  near,
  setting,
  unitVectors,
  type Aim,
  type Assumption,
  type Claim,
} from '../../src/index.ts'
import { paper } from './paper.ts'
import {
  belowDelta,
  ordered,
  thm3GdStepEwn,
  thm3GdStepEwnAmended,
  thm3GdStepSwn,
  thm3GdStepSwnAmended,
} from './3-alignment.ts'
import { count, div, double, mul, often, one, size, sub } from './numbers.ts'

const claim = section(paper, '3 Weights and gradients line up')

/** tan(φ/4), rounded so that the angle is not below (up) or not above (down) φ. */
const quarter = (angle: number, direction: 'up' | 'down'): string =>
  near(Math.tan(angle / 4), 1024, direction)

const unitG = unitVectors('ghat')

/** Descent of v under steps χ (I − vvᵀ/‖v‖²)n, and angles about v and n. */
const descending =
  ({ far, ahead }: { readonly far: Assumption; readonly ahead?: Assumption }): Aim =>
  (start) => {
    const { random } = start
    const n = start.evaluate('t')[0]! + 1
    const dimension = start.evaluate('ghat').length
    const holds = (assumption: Assumption): boolean => start.assumes(assumption) || often(random, 2)
    const sign = (): string => one(random, ['1', '-1'])
    const vector = (entry: () => string): string => `[${count(dimension).map(entry).join(', ')}]`
    const wide = one(random, ['narrow', 'wide']) === 'wide' ? ['1', '1/2', '3'] : ['0', '1/8', '1/4', '1/2']
    let draft = start.set({ 'v(0)': vector(() => mul(sign(), size(random))) })
    for (const r of count(n)) {
      // ĝ mirrored in the line of ĝ + e, for a small random e: at no great angle to ĝ.
      const axis = `(ghat + ${vector(() => mul(sign(), one(random, wide)))})`
      if (draft.evaluate(`norm(${axis})`)[0] === 0) return undefined
      // Of a ĝ of any length no mirror image is of norm 1: an axis is taken then.
      const mirrored = start.assumes(unitG)
        ? `2*dot(${axis}, ghat)/dot(${axis}, ${axis})*${axis} - ghat`
        : `[${count(dimension)
            .map((i) => (i === 0 ? sign() : '0'))
            .join(', ')}]`
      const moved = n > 2 ? div(size(random), '4') : size(random)
      draft = draft.set({
        [`n(${r})`]: holds(unitSteps) ? mirrored : `2*(${mirrored})`,
        [`chi(${r})`]: holds(positiveSteps) ? moved : sub('0', moved),
      })
      const off = holds(stepped) ? '0' : size(random)
      const [v, by] = [`v(${r})`, `n(${r})`]
      draft = draft.set({
        [`v(${r + 1})`]: `${v} + chi(${r})*(${by} - dot(${v}, ${by})/dot(${v}, ${v})*${v}) - [${count(
          dimension,
        )
          .map((i) => (i === 0 ? off : '0'))
          .join(', ')}]`,
      })
      if (draft.evaluate(`norm(v(${r + 1}))`)[0] === 0) return undefined
    }
    const at = (formula: (r: number) => string): number[] =>
      count(n).map((r) => draft.evaluate(formula(r))[0]!)
    const cosines = at((r) => `dot(ghat, v(${r}))/(norm(ghat)*norm(v(${r})))`)
    const turns = at((r) => `dot(ghat, n(${r}))`)
    const nearest = Math.acos(Math.max(-1, Math.min(1, ...turns)))
    const farthest = Math.acos(Math.min(1, Math.max(...cosines.map((q) => (ahead ? Math.abs(q) : q)))))
    const share = (): number => random.integer(0, 8) / 8
    const anything = (): string => quarter(0.1 + 6 * share(), 'up')
    const open = !start.assumes(belowDelta) && often(random, 2)
    if (start.assumes(ordered) && !open && farthest < nearest + 0.02) return undefined
    const tau = holds(nearSteps)
      ? quarter(nearest + 0.002 + share() * Math.max(0, farthest - nearest), 'up')
      : anything()
    const closest = open
      ? quarter(2 * Math.PI - farthest * share(), 'up')
      : quarter(farthest - 0.002 - 0.002 * share(), 'down')
    const kappa = holds(far) ? closest : anything()
    if (double(tau) <= 0 || double(kappa) <= 0 || double(kappa) > 1000) return undefined
    if (start.assumes(ordered) && double(tau) >= double(kappa)) return undefined
    if (start.assumes(belowDelta) && double(kappa) >= 1) return undefined
    const cosine = (tangent: string): number => Math.cos(4 * Math.atan(double(tangent)))
    if (start.assumes(nearSteps) && cosine(tau) > Math.cos(nearest)) return undefined
    if (start.assumes(far) && cosine(kappa) < Math.cos(farthest)) return undefined
    const [gain, along] = [cosine(tau) - cosine(kappa), draft.evaluate('dot(v(0), ghat)')[0]!]
    const moved = at((r) => `chi(${r})`).reduce((a, b) => a + b, 0)
    if (ahead && start.assumes(ahead) && along + gain * moved < 1e-9) return undefined
    return draft.set({ tau, kappa })
  }

const unrolled = (cones: { readonly far: Assumption; readonly ahead?: Assumption }) =>
  setting({
    rule: anySequence({ chi: 'real', n: 'vector', v: 'vector' }),
    moment: everyMoment({ steps: 4 }),
    variables: { ghat: 'vector', tau: 'angle', kappa: 'angle' },
    aim: descending(cones),
  })
const positiveSteps: Assumption = { id: 'positive', says: 'χ > 0', formula: 'all(r <= t, chi(r) > 0)' }
const unitSteps: Assumption = {
  id: 'unit',
  says: 'n = −g_u/‖g_u‖ is of norm 1',
  formula: 'all(r <= t, norm(n(r)) == 1)',
}
const stepped: Assumption = {
  id: 'step',
  says: 'v_u moves by χ times the part of n orthogonal to it',
  formula: 'all(r <= t, v(r+1) == v(r) + chi(r)*perp(v(r), n(r)))',
}
const nearSteps: Assumption = {
  id: 'near',
  says: '−g_u is within τ of ĝ at every step',
  formula: 'all(r <= t, dot(ghat, n(r)) >= cos(tau))',
}
const startsBeyond: Assumption = {
  id: 'kappa<Delta',
  says: 'κ < Δ, the angle between v_u(t₂) and ĝ',
  formula: 'dot(ghat, v(t_0))/norm(v(t_0)) < cos(kappa)',
}
const farSteps: Assumption = {
  id: 'far',
  says: 'v_u is at least κ away from ĝ at every step',
  formula: 'all(r <= t, dot(ghat, v(r))/norm(v(r)) <= cos(kappa))',
}
const farFromLine: Assumption = {
  id: 'far',
  says: 'v_u is at least κ away from ĝ and from −ĝ at every step',
  formula: 'all(r <= t, abs(dot(ghat, v(r)))/norm(v(r)) <= cos(kappa))',
}
const common: readonly Assumption[] = [
  ...[unitG, positiveSteps, unitSteps, stepped, ordered, belowDelta, startsBeyond, nearSteps],
]
const gained = '(cos(tau) - cos(kappa))*sum(r <= t, chi(r))'
const cosineAfter = 'dot(v(t+1), ghat)/norm(v(t+1))'
const sizeAfter = 'sqrt(norm(v(t_0))^2 + sum(r <= t, chi(r)^2))'
const numerator = `dot(v(t_0), ghat) + ${gained}`
const ahead: Assumption = {
  id: 'ahead',
  says: 'the numerator on the right is not negative',
  formula: `${numerator} >= 0`,
}
const unrolledWrong = {
  'norm not updated': `${cosineAfter} >= (${numerator})/norm(v(t_0))`,
  'without cos κ': `${cosineAfter} >= (dot(v(t_0), ghat) + cos(tau)*sum(r <= t, chi(r)))/${sizeAfter}`,
  'sum instead of difference': `${cosineAfter} >= (dot(v(t_0), ghat) + (cos(tau) + cos(kappa))*sum(r <= t, chi(r)))/${sizeAfter}`,
  reversed: `${cosineAfter} <= (${numerator})/${sizeAfter}`,
}

export const thm3Unroll: Claim = claim({
  id: 'thm-3.unroll',
  source: 'App. C.1.2, (22); App. C.2.2, (32), where ϵ stands for cos τ − cos κ',
  says: 'Steps of descent from t₂ = 0 on, all under the conditions of thm-3.gd-step, leave the cosine of v_u and ĝ at this bound or above it, for any directions n = −g_u/‖g_u‖ (in dimensions 1 to 4).',
  uses: [thm3GdStepEwn, thm3GdStepSwn],
  given: unrolled({ far: farSteps }),
  assume: [...common, farSteps],
  shows: `${cosineAfter} >= (${numerator})/${sizeAfter}`,
  wrong: unrolledWrong,
  flaw: {
    printed:
      'v_u(t+1)ᵀĝ/‖v_u(t+1)‖ ≥ (v_u(t₂)ᵀĝ + (cos τ − cos κ)Σχ)/√(‖v_u(t₂)‖² + Σχ²), if the conditions of a step hold from t₂ to t.',
    breaks:
      'The steps of thm-3.gd-step do not chain up. Their gains add up to (cos τ − cos κ)Σχ only if each is as thm-3.gd-dot has it, which fails; and the last norm is replaced by its upper bound √(‖v_u(t₂)‖² + Σχ²), which lowers the quotient only if the numerator is not negative: while v_u still points away from ĝ, it raises it.',
  },
})

export const thm3UnrollAmended: Claim = claim({
  id: 'thm-3.unroll*',
  source: 'amends (22), (32)',
  says: 'As printed, with v_u at least κ away from the line of ĝ and a numerator that is not negative.',
  uses: [thm3GdStepEwnAmended, thm3GdStepSwnAmended],
  given: unrolled({ far: farFromLine, ahead }),
  assume: [...common, farFromLine, ahead],
  shows: `${cosineAfter} >= (${numerator})/${sizeAfter}`,
  wrong: unrolledWrong,
  amends: {
    claim: thm3Unroll,
    how: 'bounds |ĝᵀv_u| in place of ĝᵀv_u, and asks for a non-negative numerator',
  },
})

const before = 'dot(v, ghat)/norm(v)'
const longer = 'sqrt(norm(v)^2 + chi^2)'
const after = (gain: string): string => `(dot(v, ghat) + ${gain}*chi)/${longer} > ${before}`
export const thm3GdSmall: Claim = claim({
  id: 'thm-3.gd-small',
  source: 'after (23), (33)',
  says: 'For cos τ > cos β and every χ > 0 so small that cos τ − cos β > (v_uᵀĝ/‖v_u‖)(√(‖v_u‖² + χ²) − ‖v_u‖)/χ: (v_uᵀĝ + (cos τ − cos β)χ)/√(‖v_u‖² + χ²) > v_uᵀĝ/‖v_u‖.',
  given: setting({
    variables: { v: 'vector', ghat: 'vector', tau: 'angle', beta: 'angle', chi: 'positive' },
  }),
  assume: [
    unitVectors('ghat'),
    { id: 'tau<beta', says: 'cos τ > cos β', formula: 'cos(tau) > cos(beta)' },
    {
      id: 'small',
      says: 'χ is small',
      formula: `cos(tau) - cos(beta) > ${before}*(${longer} - norm(v))/chi`,
    },
  ],
  shows: after('(cos(tau) - cos(beta))'),
  wrong: {
    'half of the gain': after('(cos(tau) - cos(beta))/2'),
    'without cos τ': after('(-cos(beta))'),
    reversed: `(dot(v, ghat) + (cos(tau) - cos(beta))*chi)/${longer} <= ${before}`,
    'a third more below': `(dot(v, ghat) + (cos(tau) - cos(beta))*chi)/${longer} > 4/3*${before}`,
  },
})
