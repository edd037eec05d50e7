/** The paper: weight normalisation in homogeneous nets, and what gradient descent prefers there. */
import type { Paper } from '../../src/index.ts'
import { statements } from './catalogue.ts'

export const paper: Paper = {
  key: 'morwani-ramaswamy-2022',
  cite: 'D. Morwani and H. G. Ramaswamy, Inductive Bias of Gradient Descent for Weight Normalized Smooth Homogeneous Neural Nets, ALT 2022',
  statements,
}
