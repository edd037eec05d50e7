/** The paper: weight normalisation in homogeneous nets, and what gradient descent prefers there. */
import type { Paper } from '../../src/index.ts'
import { statements } from './catalogue.ts'

/** What the letters of the paper mean in the limit. */
const notation: Readonly<Record<string, string>> = {
  wtilde: 'lim(w/norm(w))',
  wtilde_u: 'lim(w_u/norm(w_u))',
  gtilde: 'lim(-g/norm(g))',
  gtilde_u: 'lim(-g_u/norm(g))',
  rho: 'lim(min(i, m_i)/norm(w)^H)',
  gbar: 'lim(s/norm(w)^H)',
  xi_u: 'lim(a_u/s)',
  active: 'sum(u, step(xi_u - 1/1000))',
  z: 'x_1',
  z_u: 'x_1[u]',
  phi_u: 'angle(w_u, z)',
}

export const paper: Paper = {
  key: 'morwani-ramaswamy-2022',
  cite: 'D. Morwani and H. G. Ramaswamy, Inductive Bias of Gradient Descent for Weight Normalized Smooth Homogeneous Neural Nets, ALT 2022',
  notation,
  statements,
}
