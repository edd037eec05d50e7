/** Options of settings: what is misspelt or no such thing is refused by its name. */
import { expect, test } from 'vitest'
import { asymptotics } from '../../src/setting/asymptotics.ts'
import { nets } from '../../src/model/model.ts'
import { ewn } from '../../src/model/parameterization.ts'
import { gradientDescent } from '../../src/motion/rule.ts'
import { paths } from '../../src/setting/paths.ts'
import { setting } from '../../src/setting/setting.ts'

const settings = { asymptotics, paths, setting } as unknown as Record<string, (options?: unknown) => unknown>

test.each<[name: string, options: unknown, message: string]>([
  [
    'setting',
    undefined,
    'setting: expected choices such as { model: nets(), rule: gradientFlow() }, got nothing',
  ],
  ['setting', { weight: ewn }, 'setting: unknown field "weight"; expected model, weights, rule,'],
  [
    'setting',
    { model: nets(), normalization: 'ewn' },
    'setting: unknown field "normalization"; expected model,',
  ],
  ['setting', { model: 'nets' }, 'setting: model: expected a model such as nets()'],
  ['setting', { model: nets(), weights: 'ewn' }, 'setting: weights: expected a parameterization such as ewn'],
  ['setting', { model: nets(), weights: 'EWN' }, 'got "EWN"'],
  ['setting', { model: nets(), rule: 'flow' }, 'setting: rule: expected a rule such as gradientFlow()'],
  ['setting', { model: nets(), moment: 'always' }, 'setting: moment: expected a moment such as everywhere'],
  ['setting', { population: {} }, 'setting: population: expected a population { name, draw }'],
  ['setting', { model: nets(), choose: 'u' }, 'setting: choose: expected a list of index letters, got "u"'],
  ['setting', { model: nets(), choose: ['w'] }, 'setting: choose[0]: expected "u" or "v", got "w"'],
  ['setting', { model: nets(), aim: 3 }, 'setting: aim: expected a function, got 3'],
  ['setting', { x: 'real' }, 'setting: unknown field "x"; expected model,'],
  ['setting', { variables: { x: 'Real' } }, 'setting: variables.x: expected "real",'],
  ['setting', { variables: { v: 'unit' } }, 'setting: variables.v: expected "real",'],
  ['setting', { variables: ['x'] }, 'setting: variables: expected an object of kinds by name'],
  [
    'setting',
    { rule: gradientDescent({ batch: { size: 1, order: 'cyclic' } }) },
    'setting: rule: expected a model nets() for a batch of its data',
  ],
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
