/** A case of SWN in which steps leave most vectors where they are. */
import type { PointCase } from '../../../../src/index.ts'

/** One case of SWN whose slacks vanish under roots of exponentials. */
export const STILL: PointCase = {
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
  ...{ version: 2, dimension: 2, formulas: {} },
  nodes: [
    { gamma: '-3/2', v: ['-2/5', '3/10'] },
    { gamma: '-2', v: ['-3/2'] },
    { gamma: '-1', v: ['-4'] },
    { gamma: '-4', v: ['3', '0'] },
    { gamma: '2', v: ['-4'] },
    { gamma: '-1/4', v: ['3'] },
    { gamma: '-2', v: ['2'] },
  ],
  data: [
    { x: ['-2', '-1/4'], y: 2 },
    { x: ['-3/2', '-2'], y: 2 },
    { x: ['-2', '1'], y: 0 },
  ],
  chosen: {},
  values: { eta: '3' },
}
