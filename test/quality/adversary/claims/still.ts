/** A case of SWN in which steps leave most vectors where they are. */
import type { DynamicsCase } from '../../../../src/index.ts'

/** One case of SWN whose slacks vanish under roots of exponentials. */
export const STILL: DynamicsCase = {
  net: {
    inputs: 2,
    layers: [
      { width: 1, activation: 'tanh(z)' },
      { width: 2, activation: 'relu(z)^2' },
      { width: 1, activation: 'relu(z)^2' },
      { width: 3, activation: 'z' },
    ],
  },
  loss: 'cross-entropy',
  normalization: 'swn',
  nodes: [
    { radial: '-3/2', vector: ['-2/5', '3/10'] },
    { radial: '-2', vector: ['-3/2'] },
    { radial: '-1', vector: ['-4'] },
    { radial: '-4', vector: ['3', '0'] },
    { radial: '2', vector: ['-4'] },
    { radial: '-1/4', vector: ['3'] },
    { radial: '-2', vector: ['2'] },
  ],
  data: [
    { x: ['-2', '-1/4'], y: 2 },
    { x: ['-3/2', '-2'], y: 2 },
    { x: ['-2', '1'], y: 0 },
  ],
  eta: '3',
  chosen: {},
  variables: {},
}
