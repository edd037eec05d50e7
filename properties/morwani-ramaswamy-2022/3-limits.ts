/** Section 3, long runs: the directions of weights and gradients. */
import { section, type Claim } from '../../src/index.ts'
import { paper } from './paper.ts'
import { flowOf, A1, A2, gradientPart, grow, inLimit } from './premises.ts'
import { growing } from './populations.ts'
import { thm1Ewn, thm1Swn } from './1-identities.ts'

const claim = section(paper, '3 Weights and gradients line up')

const aligned = (flow: 'ewn' | 'swn', loss: 'exponential' | 'cross-entropy'): Claim =>
  claim({
    id: `thm-3:${flow}:gf${loss === 'exponential' ? '' : ':ce'}`,
    source: loss === 'exponential' ? 'Theorem 3; proof in App. C' : 'Theorem 12',
    says: `Gradient flow of ${flow.toUpperCase()} under A1 and A2: for a node with ‖g̃_u‖ > 0 whose norm grows without bound, w̃_u exists and is a positive multiple of g̃_u.`,
    uses: [flow === 'ewn' ? thm1Ewn : thm1Swn],
    given: inLimit(flow, loss, { choose: ['u'], population: { ...growing(loss), starts: 32 } }),
    assume: [...flowOf(flow, loss), A1, A2, gradientPart('u'), grow('u')],
    shows: ['converges(w_u/norm(w_u))', 'wtilde_u == gtilde_u/norm(gtilde_u)'],
    wrong: {
      'λ < 0': 'wtilde_u == -gtilde_u/norm(gtilde_u)',
      'λ = 1': 'wtilde_u == gtilde_u',
      'orthogonal in the limit': 'dot(wtilde_u, gtilde_u) == 0',
      'lined up at all times': 'norm(perp(w_u, g_u)) == 0',
      'lined up at the start': 'dot(w_u(t_0), gtilde_u) == norm(w_u(t_0))*norm(gtilde_u)',
    },
  })

export const thm3Ewn: Claim = aligned('ewn', 'exponential')
export const thm3Swn: Claim = aligned('swn', 'exponential')
export const thm3EwnCe: Claim = aligned('ewn', 'cross-entropy')
export const thm3SwnCe: Claim = aligned('swn', 'cross-entropy')
