/** The paper: gradient descent on homogeneous nets maximises the margin. */
import type { Paper } from '../../src/index.ts'

/** What the letters of the paper mean; its θ is w, its L is H, and its loss 𝓛 is L. */
const notation: Readonly<Record<string, string>> = {
  rho: 'norm(w)',
  what: 'w/rho',
  gammabar: 'min(i, m_i)/rho^H',
  gammatilde: 's/rho^H',
}

export const paper: Paper = {
  key: 'lyu-li-2020',
  cite: 'K. Lyu and J. Li, Gradient Descent Maximizes the Margin of Homogeneous Neural Networks, ICLR 2020',
  notation,
  statements: [
    { id: 'additive', where: 'after (3)' },
    { id: 'eq6', where: '(6)' },
    { id: 'eq7', where: '(7)' },
    { id: 'lemma-5.1', where: 'Lemma 5.1' },
    { id: 'thm-4.1.1', where: 'Theorem 4.1 (1)' },
    { id: 'thm-4.1.2', where: 'Theorem 4.1 (2)' },
    { id: 'thm-4.1.3', where: 'Theorem 4.1 (3)' },
    {
      id: 'thm-4.2',
      where: 'Theorem 4.2, E.2',
      unchecked: 'all of it: the formula of γ̂, whose growth under descent it claims, is not at hand',
    },
    { id: 'thm-4.3', where: 'Theorem 4.3', unchecked: 'gradient descent, with T = Σ η' },
    {
      id: 'thm-4.4',
      where: 'Theorem 4.4',
      unchecked: 'limit points where w/‖w‖ does not converge; gradient descent',
    },
    {
      id: 'cor-4.5',
      where: 'Corollary 4.5',
      unchecked:
        'slackness, which is that of thm-4.4; limit points where w/‖w‖ does not converge; gradient descent',
    },
    { id: 'multi', where: '(5), App. G' },
    { id: 'losses', where: '§4.4', unchecked: 'Theorem 4.1 (3) and Theorem 4.4 for these losses' },
  ],
}
