/** Options of settings: what is misspelt or no such thing is refused by its name. */
import { expect, test } from 'vitest'
import { asymptotics } from '../../src/setting/asymptotics.ts'
import { dynamics } from '../../src/setting/dynamics.ts'
import { free } from '../../src/setting/free.ts'
import { paths } from '../../src/setting/paths.ts'

const settings = { asymptotics, dynamics, free, paths } as unknown as Record<
  string,
  (options?: unknown) => unknown
>

test.each<[name: string, options: unknown, message: string]>([
  ['dynamics', undefined, 'dynamics: expected options such as { normalization }, got nothing'],
  ['dynamics', {}, 'dynamics: normalization: expected "unnorm" or "swn" or "ewn", got nothing'],
  ['dynamics', { normalisation: 'ewn' }, 'dynamics: unknown field "normalisation"; expected normalization,'],
  [
    'dynamics',
    { normalization: 'EWN' },
    'dynamics: normalization: expected "unnorm" or "swn" or "ewn", got "EWN"',
  ],
  [
    'dynamics',
    { normalization: 'ewn', choose: 'u' },
    'dynamics: choose: expected a list of index letters, got "u"',
  ],
  ['dynamics', { normalization: 'ewn', choose: ['w'] }, 'dynamics: choose[0]: expected "u" or "v", got "w"'],
  ['dynamics', { normalization: 'ewn', layers: 0 }, 'dynamics: layers: expected a positive integer, got 0'],
  ['dynamics', { normalization: 'ewn', draw: 3 }, 'dynamics: draw: expected a function, got 3'],
  ['free', { x: 'real' }, 'free: unknown field "x"; expected variables, draw'],
  ['free', { variables: { x: 'Real' } }, 'free: variables.x: expected "real" or'],
  ['free', { variables: ['x'] }, 'free: variables: expected an object of kinds by name'],
  ['asymptotics', { normalization: 'ewn' }, 'asymptotics: unknown field "normalization"; expected flow,'],
  [
    'asymptotics',
    { flow: 'ewn', loss: 'squared' },
    'asymptotics: loss: expected "exponential" or "cross-entropy"',
  ],
  [
    'asymptotics',
    { flow: 'ewn', horizons: [1e6, -1] },
    'asymptotics: horizons[1]: expected a positive number',
  ],
  ['paths', 'evn', 'paths: expected "unnorm" or "swn" or "ewn", got "evn"'],
])('%s(%j)', (name, options, message) => {
  expect(() => settings[name]!(options)).toThrow(message)
})
