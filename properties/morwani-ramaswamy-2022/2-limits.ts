/** Section 2, long runs: the loss goes to zero, and how fast. */
import { section, generic, type Claim, type PointCase, type Setting } from '../../src/index.ts'
import { paper } from './paper.ts'
import { flowOf, A1, inLimit } from './premises.ts'

const claim = section(paper, '2 Loss goes to zero')
const losses = { exp: 'exponential', ce: 'cross-entropy' } as const
const runs = (flow: 'ewn' | 'swn', loss: keyof typeof losses): Setting<PointCase> =>
  inLimit(flow, losses[loss], {
    population: { ...generic(losses[loss]), ...(flow === 'swn' && { starts: 28 }) },
  })
const settings = {
  'ewn exp': runs('ewn', 'exp'),
  'ewn ce': runs('ewn', 'ce'),
  'swn exp': runs('swn', 'exp'),
  'swn ce': runs('swn', 'ce'),
}

const vanishes = (id: string, source: string, flow: 'ewn' | 'swn', loss: keyof typeof losses): Claim =>
  claim({
    id: `${id}:${flow}`,
    source,
    says: `Once the loss is below ${loss === 'exp' ? '1' : 'log 2'}, gradient flow of ${flow.toUpperCase()} drives it to 0.`,
    given: settings[`${flow} ${loss}`],
    assume: [...flowOf(flow, losses[loss]), A1],
    shows: 'lim(L) == 0',
    wrong: {
      'to a positive limit': 'lim(L) > 0',
      'at least as fast as 1/t²': 'L == O(1/t^2)',
      'no faster than 1/log t': '1/log(t) == O(L)',
      'while ‖w‖ converges': 'converges(norm(w))',
    },
  })

export const prop2Ewn: Claim = vanishes('prop-2', 'Proposition 2; proof in App. B', 'ewn', 'exp')
export const prop2Swn: Claim = vanishes('prop-2', 'Proposition 2, quoted from Lyu & Li 2020', 'swn', 'exp')
export const prop11Ewn: Claim = vanishes('prop-11', 'Proposition 11; proof in App. I.3', 'ewn', 'ce')
export const prop11Swn: Claim = vanishes('prop-11', 'Proposition 11', 'swn', 'ce')

const growth = (loss: keyof typeof losses): { readonly printed: Claim; readonly amended: Claim } => {
  const about = {
    source: loss === 'exp' ? 'Theorem 7 (i)' : 'Theorem 15 (i)',
    given: settings[`ewn ${loss}`],
    assume: [...flowOf('ewn', losses[loss]), A1],
  }
  const printed = claim({
    ...about,
    id: `thm-7.i:${loss}`,
    says: 'EWN flow under A1: ‖w(t)‖ grows as o((log t)^{1/H}).',
    shows: 'norm(w) == o(log(t)^(1/H))',
    wrong: {
      bounded: 'norm(w) == O(1)',
      'power 1/H²': 'norm(w) == o(log(t)^(1/H^2))',
      'at least like t': 't == O(norm(w))',
      'power 1/(2H)': 'norm(w) == o(log(t)^(1/(2*H)))',
    },
    flaw: {
      printed: '‖w(t)‖ grows as o((log t)^{1/H}).',
      breaks:
        'The bound points the other way. By (ii) L = O(1/t), hence log 1/L ≥ log t − O(1); and log 1/L ≤ min_i m_i + O(1) ≤ C‖w‖^H + O(1) by homogeneity, C the greatest |Φ| (of classes, the greatest difference) over ‖w‖ = 1. So ‖w‖ ≥ c (log t)^{1/H} from some moment on, which ‖w‖ = o((log t)^{1/H}) excludes: (i) as printed contradicts (ii).',
    },
  })
  const amended = claim({
    ...about,
    source: `amends ${about.source}`,
    id: `thm-7.i:${loss}*`,
    says: 'EWN flow under A1: ‖w(t)‖ grows at least as (log t)^{1/H}.',
    shows: 'log(t)^(1/H) == O(norm(w))',
    wrong: {
      'at most (log t)^{1/(2H)}': 'norm(w) == O(log(t)^(1/(2*H)))',
      'at least (log t)^{2/H}': 'log(t)^(2/H) == O(norm(w))',
      'strictly faster': 'log(t)^(1/H) == o(norm(w))',
      'as an upper bound': 'norm(w) == O(log(t)^(1/H))',
    },
    amends: {
      claim: printed,
      how: 'bounds ‖w‖ by (log t)^{1/H} from below in place of from above',
    },
  })
  return { printed, amended }
}
const [growthExp, growthCe] = [growth('exp'), growth('ce')]
export const thm7iExp: Claim = growthExp.printed
export const thm7iExpAmended: Claim = growthExp.amended
export const thm7iCe: Claim = growthCe.printed
export const thm7iCeAmended: Claim = growthCe.amended

const rate = (loss: keyof typeof losses, uses: Claim): Claim =>
  claim({
    id: `thm-7.ii:${loss}`,
    source: loss === 'exp' ? 'Theorem 7 (ii)' : 'Theorem 15 (ii)',
    says: 'EWN flow under A1: L(t) = O(1/t).',
    uses: [uses],
    given: settings[`ewn ${loss}`],
    assume: [...flowOf('ewn', losses[loss]), A1],
    shows: 'L == O(1/t)',
    wrong: {
      'exactly 1/t': 'L == Theta(1/t)',
      'at least as fast as 1/t²': 'L == O(1/t^2)',
      'a third power of log t': 'L == O(1/(t*log(t)^3))',
      'no faster than 1/t': '1/t == O(L)',
    },
  })
export const thm7iiExp: Claim = rate('exp', prop2Ewn)
export const thm7iiCe: Claim = rate('ce', prop11Ewn)
