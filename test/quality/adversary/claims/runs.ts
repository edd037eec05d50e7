/** Long runs whose closed form is known: one linear neuron, and two points in the plane. */
import type { RunPopulation as Population, RunStart as Start } from '../../../../src/index.ts'
import type { Shared } from './planted.ts'

/** One linear neuron w with one point 1 labelled +1, which it classifies: L = e^−w and s = w. */
const neuron =
  (starts: readonly string[]): Population =>
  (random): Start => ({
    net: { inputs: 1, layers: [{ width: 1, activation: 'z' }] },
    loss: 'exponential',
    weights: [[starts[random.integer(0, starts.length - 1)]!]],
    data: [{ x: ['1'], y: 1 }],
  })
export const run = (
  flow: 'ewn' | 'unnorm' | 'swn',
  starts: readonly string[] = ['1/2', '1', '2', '3/4', '3/2', '5/4', '2/3', '4/3', '5/2', '3', '1/3', '7/4'],
): Shared => {
  const population = neuron(starts)
  return { given: (lib) => lib.asymptotics({ flow, population, starts: 20 }) as never, cases: 20 }
}
export const ewn: Shared = run('ewn')
export const unnorm: Shared = run('unnorm')
export const swn: Shared = run('swn')

/** Two points (1, 0) and (1, b) of a linear model under unnormalised flow. */
export const plane: Population = Object.assign(
  (random: Parameters<Population>[0]): Start => ({
    net: { inputs: 2, layers: [{ width: 1, activation: 'z' }] },
    loss: 'exponential',
    weights: [[`${random.integer(2, 8)}/4`, `${random.integer(1, 4)}/4`]],
    data: [
      { x: ['1', '0'], y: 1 },
      { x: ['1', `${random.integer(1, 4)}/2`], y: 1 },
    ],
  }),
  {
    refuses: ({ net, data }: Start): string | undefined =>
      net.inputs === 2 && data.length === 2 ? undefined : 'these are not two points in the plane',
  },
)
