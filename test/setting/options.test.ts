/** Options of settings: what is misspelt or no such thing is refused by its name. */
import { expect, test } from 'vitest'
import { nets } from '../../src/model/model.ts'
import { ewn } from '../../src/model/parameterization.ts'
import { squared } from '../../src/model/loss.ts'
import { inTheLimit } from '../../src/motion/moment.ts'
import { anySequence, gradientDescent, gradientFlow, velocity } from '../../src/motion/rule.ts'
import { setting } from '../../src/setting/setting.ts'

const settings = { setting, inTheLimit } as unknown as Record<string, (options?: unknown) => unknown>

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
  ['inTheLimit', { s: '-1' }, 'inTheLimit: expected { t: "1/4" }, { s: "2" } or { steps: 3 }'],
  ['inTheLimit', { horizon: '10' }, 'inTheLimit: expected { t: "1/4" }'],
  [
    'setting',
    { model: nets({ loss: squared }), rule: gradientFlow({ rate: '1' }), moment: inTheLimit({ s: '10' }) },
    'setting: moment: expected a horizon { t } in the limit, got one in s',
  ],
  [
    'setting',
    { model: nets(), rule: gradientDescent({ batch: { size: 1, order: 'cyclic' } }), moment: inTheLimit() },
    'setting: moment: expected a rule without a batch in the limit',
  ],
  [
    'setting',
    { rule: anySequence({ a: 'real' }), moment: inTheLimit() },
    'setting: moment: expected everyMoment({ steps }) for a sequence of any values',
  ],
  [
    'setting',
    { rule: velocity({ x: '-x' }), variables: { x: 'real' }, moment: inTheLimit(), aim: (d: unknown) => d },
    'setting: aim: expected none in the limit',
  ],
])('%s(%j)', (name, options, message) => {
  expect(() => settings[name]!(options)).toThrow(message)
})
