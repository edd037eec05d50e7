/** Long runs whose closed form is known: one linear neuron, and two points in the plane. */
import type { Population, Start } from '../../../../src/index.ts'
import type { Library, Shared } from './planted.ts'

/** Gradient flow of rate 1 in the limit, from the library under test. */
export function inLimit(
  lib: Library,
  flow: 'ewn' | 'unnorm' | 'swn',
  more: { readonly population?: Population; readonly loss?: string } = {},
): never {
  const { population, loss = lib.exponential } = more
  return lib.setting({
    model: lib.nets({ loss }),
    weights: lib[flow],
    rule: lib.gradientFlow({ rate: '1' }),
    moment: lib.inTheLimit(),
    ...(population && { population }),
  }) as never
}

/** One linear neuron w with one point 1 labelled +1, which it classifies: L = e^−w and s = w. */
const neuron = (starts: readonly string[]): Population => ({
  name: 'one neuron',
  starts: 20,
  refuses: () => undefined,
  draw: (random): Start => ({
    net: { inputs: 1, layers: [{ width: 1, activation: 'z' }] },
    loss: 'exponential',
    values: { w_1: [starts[random.integer(0, starts.length - 1)]!] },
    data: [{ x: ['1'], y: 1 }],
  }),
})
export const run = (
  flow: 'ewn' | 'unnorm' | 'swn',
  starts: readonly string[] = ['1/2', '1', '2', '3/4', '3/2', '5/4', '2/3', '4/3', '5/2', '3', '1/3', '7/4'],
): Shared => {
  const population = neuron(starts)
  return { given: (lib) => inLimit(lib, flow, { population }), cases: 20 }
}
export const ewn: Shared = run('ewn')
export const unnorm: Shared = run('unnorm')
export const swn: Shared = run('swn')

/** Two points (1, 0) and (1, b) of a linear model under unnormalised flow. */
export const plane: Population = {
  name: 'two points in the plane',
  starts: 12,
  draw: (random): Start => ({
    net: { inputs: 2, layers: [{ width: 1, activation: 'z' }] },
    loss: 'exponential',
    values: { w_1: [`${random.integer(2, 8)}/4`, `${random.integer(1, 4)}/4`] },
    data: [
      { x: ['1', '0'], y: 1 },
      { x: ['1', `${random.integer(1, 4)}/2`], y: 1 },
    ],
  }),
  refuses: ({ net, data }) =>
    net!.inputs === 2 && data!.length === 2 ? undefined : 'these are not two points in the plane',
}
