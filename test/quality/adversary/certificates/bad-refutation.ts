/** Bad refutations: well formed, and nothing is refuted. */
import { between, chain, holding, laborious, motion, RELATIONS, SIGNS } from './good.ts'
import { changed, type Bad } from './bad-shape.ts'
import { file, program, refutation, type Loose } from './sealed.ts'

const from = (aim: string, table: Record<string, Loose>): Bad[] =>
  Object.entries(table).map(([name, content]) => ({ name, aim, bytes: file(content) }))

/** Relations that hold, or do not certainly fail. */
const conclusions: Record<string, Loose> = {}
/** Assumptions that fail, or do not certainly hold. */
const assumptions: Record<string, Loose> = {}
/** 0 by the square of a root, as far as intervals can tell. */
const NOUGHT = 'input 0, sqrt 0, pow 1 2, sub 2 0, const 0'
const ABOVE = `${NOUGHT}, relu 3`
const BELOW = `${NOUGHT}, relu 3, neg 5`
for (const one of RELATIONS) {
  const signs = SIGNS[one] as readonly number[]
  for (const sign of [-1, 0, 1]) {
    const x = `${sign + 1}/2`
    if (signs.includes(sign)) conclusions[`${one} at sign ${sign}`] = between(one, x)
    else assumptions[`${one} at sign ${sign}`] = holding({ x, y: '1/2' }, 'input 0, input 1', `0 ${one} 1`)
  }
  const open: [string, string, number, readonly number[]][] = [
    ['around 0', NOUGHT, 3, [-1, 0, 1]],
    ['from 0 up', ABOVE, 5, [0, 1]],
    ['up to 0', BELOW, 6, [-1, 0]],
  ]
  for (const [what, ops, at, may] of open) {
    if (may.some((sign) => signs.includes(sign)))
      conclusions[`${one}, an interval ${what}`] = refutation(
        { relation: one, program: program(['x'], ops, [at, 4]) },
        { inputs: [['x', '2']] },
      )
    if (may.some((sign) => !signs.includes(sign)))
      assumptions[`${one}, an interval ${what}`] = holding({ x: '2' }, ops, `${at} ${one} 4`)
  }
}
const both: Record<string, Loose> = {
  'step(0) is 1/2': holding({ x: '2' }, 'input 0, sqrt 0, const 0, step 2, const 1/2', '3 > 4'),
  'the first of two relations fails': holding({ x: '1' }, 'input 0, const 0', '0 < 1, 0 > 1'),
  'the second of two relations fails': holding({ x: '1' }, 'input 0, const 0', '0 > 1, 0 < 1'),
  'the second assumption fails': changed(
    holding({ x: '1' }, 'input 0, const 0', '0 > 1'),
    ['statement', 'assumptions', 1],
    { id: 'b', formula: '', relations: ['<'], program: program(['x'], 'input 0, const 0', [0, 1]) },
  ),
}

/** Values that do not exist, or not certainly, beside relations that would hold. */
const values: Record<string, Loose> = {}
for (const [what, op] of [
  ['a division by 0', 'div 0 1'],
  ['0/0', 'div 1 1'],
  ['a square root of −1', 'sqrt 2'],
  ['a logarithm of 0', 'log 1'],
  ['a logarithm of −1', 'log 2'],
] as const) {
  values[what] = holding({ x: '2' }, `input 0, const 0, const -1, ${op}`, '0 > 1')
  values[`${what}, beside a root`] = holding(
    { x: '2' },
    `sqrt 3, const 0`.replace(/.*/, `input 0, const 0, const -1, ${op}, sqrt 0`),
    '4 > 1',
  )
  values[`${what}, by intervals`] = holding({ x: '2' }, `input 0, const 0, const -1, sqrt 0, ${op}`, '0 > 1')
}
for (const [what, op] of [
  ['a division by what may be 0', 'div 0 3'],
  ['a division by what may be 0 from above', 'relu 3, div 0 5'],
  ['a square root of what may be negative', 'sqrt 3'],
  ['a square root of what may be 0 from below', 'relu 3, neg 5, sqrt 6'],
  ['a logarithm of what may be 0', 'relu 3, log 5'],
  ['a logarithm of what may be negative', 'log 3'],
  [
    'a square root of exp(p) exp(-p) - 1 - 10^-30',
    'neg 0, exp 0, exp 5, mul 6 7, const 1, sub 8 9, const 1/1000000000000000000000000000000, sub 10 11, sqrt 12',
  ],
  [
    'a square root of exp(p) exp(-p) - 1 - 10^-70',
    `neg 0, exp 0, exp 5, mul 6 7, const 1, sub 8 9, const 1/1${'0'.repeat(70)}, sub 10 11, sqrt 12`,
  ],
] as const)
  values[what] = holding({ x: '2' }, `${NOUGHT}, ${op}`, '0 > 4')
Object.assign(values, {
  'a number above 2^65536': holding({ x: '2' }, 'input 0, sqrt 0, pow 0 1024, pow 2 65', '0 > 1'),
  'a number below −2^65536': holding({ x: '-2' }, 'input 0, const 2, sqrt 1, pow 0 1023, pow 3 65', '2 > 0'),
  'a number below 2^−65536': holding({ x: '1/2' }, 'input 0, const 2, sqrt 1, pow 0 1024, pow 3 65', '2 > 0'),
  'a number above −2^−65536': holding(
    { x: '-1/2' },
    'input 0, const 2, sqrt 1, pow 0 1023, pow 3 65',
    '2 > 0',
  ),
  'an end above 2^65536': holding(
    { x: '2' },
    `${NOUGHT}, pow 0 1024, pow 5 64, mul 3 6, pow 0 1000, mul 7 8`,
    '0 > 4',
  ),
  'the number 2^65536': holding({ x: '2' }, 'input 0, sqrt 0, pow 0 1024, pow 2 64, const 1', '3 > 4'),
  'the number 2^−65536': holding(
    { x: '1/2' },
    'input 0, const 2, sqrt 1, pow 0 1024, pow 3 64, const 1',
    '4 < 5',
  ),
  'exp of 10^6': holding({ x: '1000000' }, 'input 0, exp 0', '1 > 0'),
  'exp of −10^6': holding({ x: '-1000000' }, 'input 0, exp 0', '1 > 0'),
  'exp of 10^900': holding({ x: `1${'0'.repeat(900)}` }, 'input 0, exp 0', '1 > 0'),
  'exp of −10^900': holding({ x: `-1${'0'.repeat(900)}` }, 'input 0, exp 0', '1 > 0'),
  'a product of large numbers': holding(
    { x: '2' },
    'input 0, sqrt 0, pow 0 1023, pow 2 64, mul 3 3',
    '0 > 1',
  ),
  'a quotient of small ones': holding(
    { x: '2' },
    'input 0, sqrt 0, pow 0 1023, pow 2 64, const 1, div 4 3, div 3 5',
    '0 > 1',
  ),
  'a sum of large numbers': holding(
    { x: '2' },
    'input 0, sqrt 0, pow 0 1023, pow 2 64, pow 0 63, mul 3 4, add 5 5',
    '0 > 1',
  ),
  'a difference of large numbers': holding(
    { x: '2' },
    'input 0, sqrt 0, pow 0 1023, pow 2 64, pow 0 63, mul 3 4, neg 5, sub 5 6',
    '0 > 1',
  ),
})

/** False by less than 10^−60, or 10^−70. */
const ROOT2 = ['14142135623730950488016887242096980785696718753769480731766797379907324', 70] as const
const E = ['27182818284590452353602874713526624977572470936999595749669676277240766', 70] as const
const LOG2 = ['6931471805599453094172321214581765680755001343602552541206800094933936', 70] as const
const tight: Record<string, Loose> = {}
for (const [what, ops, [digits, places]] of [
  ['the root of 2', 'sqrt 0', ROOT2],
  ['e', 'const 1, exp 1', E],
  ['log 2', 'log 0', LOG2],
  ['2 as the square of its root', 'sqrt 0, pow 1 2, const 1, mul 2 3, sub 4 0, sqrt 0, add 5 6', ROOT2],
  ['the root of 2, divided by 1', 'sqrt 0, const 1, div 1 2', ROOT2],
] as const) {
  const at = ops.split(',').length
  const n = BigInt(digits)
  const below = `${n}/1${'0'.repeat(places)}`
  const above = `${n + 1n}/1${'0'.repeat(places)}`
  tight[`${what} below its first digits`] = holding(
    { x: '2' },
    `input 0, ${ops}, const ${below}`,
    `${at} <= ${at + 1}`,
  )
  tight[`${what} above its next digits`] = holding(
    { x: '2' },
    `input 0, ${ops}, const ${above}`,
    `${at} >= ${at + 1}`,
  )
}

/** False by less than 10^-95: a value of 2, 3 or 6, and its nearest decimal of 96 digits. */
for (const [x, op, relation, nearest] of [
  [
    2,
    'sqrt',
    '<=',
    '1.41421356237309504880168872420969807856967187537694807317667973799073247846210703885038753432764',
  ],
  [
    3,
    'sqrt',
    '>=',
    '1.73205080756887729352744634150587236694280525381038062805580697945193301690880003708114618675725',
  ],
  [
    2,
    'exp',
    '<=',
    '7.38905609893065022723042746057500781318031557055184732408712782252257379607905776338431248507912',
  ],
  [
    6,
    'exp',
    '>=',
    '403.428793492735122608387180543388279605899897357129202613967188325151180633993498305178886651213',
  ],
  [
    2,
    'log',
    '>=',
    '0.693147180559945309417232121458176568075500134360255254120680009493393621969694715605863326996419',
  ],
  [
    3,
    'log',
    '<=',
    '1.09861228866810969139524523692252570464749055782274945173469433363749429321860896687361575481373',
  ],
] as const) {
  const [whole, part] = nearest.split('.') as [string, string]
  const number = `${BigInt(whole + part)}/1${'0'.repeat(part.length)}`
  tight[`${op} ${x} ${relation} its nearest decimal`] = holding(
    { x: `${x}` },
    `input 0, ${op} 0, const ${number}`,
    `1 ${relation} 2`,
  )
}

const inputs: Record<string, Loose> = {
  'an input that nothing reads': changed(between('>=', '0'), ['inputs', 1], ['y', '0']),
  'an input that is missing': changed(between('>=', '0'), ['inputs'], []),
  'an input of a later assumption that is missing': changed(
    holding({ x: '1' }, 'input 0, const 0', '0 > 1'),
    ['statement', 'assumptions', 0, 'program', 'inputs'],
    ['x', 'y'],
  ),
  'an input that may not be 0': between('>=', '0', { nonzero: ['x'] }),
  'an input that may not be 0, written 0/3': between('>=', '0/3', { nonzero: ['x'] }),
  'an input that may not be 0 and is missing': between('>=', '1/4', { nonzero: ['x', 'y'] }),
  'a positive input that is 0': between('>=', '0', { positive: ['x'] }),
  'a positive input that is negative': between('>=', '-1', { positive: ['x'] }),
  'a positive input that is missing': between('>=', '1/4', { positive: ['x', 'y'] }),
}

const LINE: [string, string] = ['1', '2']
const STEPS = ['1/8', '1/8'] as const
const steady = motion('mul 0 1', '1', STEPS, LINE)
const motions: Record<string, Loose> = {
  'a bound that the motion has not reached': motion('mul 0 1', '1', STEPS, ['13/10', '2']),
  'a bound that the motion has passed': motion('mul 0 1', '1', STEPS, ['1', '128/100']),
  'without the remainder it would be true': motion('mul 0 1', '1', ['1/4'], ['1', '12813/10000'], 2),
  'the end of the Taylor polynomial': motion('mul 0 1', '1', ['1/4'], ['1', '12812/10000'], 2),
  'no box below a step': motion('const 0, sub 2 0, exp 3, neg 4', '0', ['1'], ['-1000000', '1000000']),
  'no box below a shorter step': motion(
    'const 0, sub 2 0, exp 3, neg 4',
    '0',
    ['9/10'],
    ['-1000000', '1000000'],
    2,
  ),
  'no box around a step': motion('mul 0 1', '1', ['1'], ['2', '3']),
  'a box after the last try': motion('mul 0 1', '1', ['9997/10000'], ['27/10', '28/10']),
  'blow-up during a step': motion('pow 0 2', '1', ['1'], ['0', '1000']),
  'blow-up before the end': motion('pow 0 2', '1', ['1/2', '1/2'], ['0', '1000']),
  'a kink that is crossed': motion('const -1, const 9/8, sub 0 3, relu 4, add 1 5', '1', ['1/4'], LINE),
  'a kink where it starts': motion('const -1, const 1, sub 0 3, relu 4, add 1 5', '1', ['1/4'], LINE),
  'a kink of abs that is crossed': motion('const 9/8, sub 0 2, abs 3, add 1 4', '1', ['1/4'], LINE),
  'a kink of step that is crossed': motion('const 9/8, sub 0 2, step 3, add 1 4', '1', ['1/4'], LINE),
  'a jump up where it starts': motion('const 1, sub 0 2, step 3, add 1 4', '1', ['1/4'], LINE),
  'a jump down where it starts': motion('const 1, sub 2 0, step 3, add 1 4', '1', ['1/4'], LINE),
  'a kink of max that is crossed': motion('const 9/8, max 0 2', '1', ['1/4'], LINE),
  'a kink of min that is crossed': motion('const 9/8, min 0 2', '1', ['1/4'], LINE),
  'a kink that comes to 0 from below': motion(
    'const -1, add 0 2, relu 3, neg 4, add 4 1',
    '1',
    ['1/4'],
    LINE,
  ),
  'a division by what comes to 0': motion(
    'const 5/4, sub 3 0, div 1 4'.replace('3 0', '2 0').replace('1 4', '1 3'),
    '1',
    ['1/2'],
    LINE,
  ),
  'a logarithm that leaves its domain': motion('const 9/8, sub 2 0, log 3', '1', ['1/2'], ['-9', '9']),
  'a square root that leaves its domain': motion('const 9/8, sub 2 0, sqrt 3', '1', ['1/2'], ['-9', '9']),
  'a state among the inputs': changed(steady, ['inputs', 2], ['x', '1']),
  'a state among the positive': changed(
    changed(steady, ['inputs', 2], ['x', '1']),
    ['statement', 'positive'],
    ['x'],
  ),
  'the time among the inputs': changed(steady, ['inputs', 2], ['t', '1']),
  'the time among the positive': changed(
    changed(steady, ['inputs', 2], ['t', '1']),
    ['statement', 'positive'],
    ['t'],
  ),
  'a start that is missing': changed(steady, ['inputs'], [['a', '1']]),
  'a constant that is missing': changed(steady, ['inputs'], [['x(t_0)', '1']]),
  'a step that is 0': motion('mul 0 1', '1', ['0', '1/4'], LINE),
  'a step backwards': motion('mul 0 1', '1', ['-1/4', '1/2'], LINE),
  'a step of 0 alone': motion('mul 0 1', '3/2', ['0'], LINE),
  'a velocity of the time': JSON.parse(
    JSON.stringify(steady).replaceAll('"x"', '"t"').replaceAll('"x(t_0)"', '"t(t_0)"'),
  ) as Loose,
  'more velocities than inputs': changed(steady, ['statement', 'field', 'outputs'], [2, 2, 2]),
  'more work than allowed': motion(
    chain('neg', 80)
      .replace(/neg 0, neg 1/, 'neg 0, neg 2')
      .replaceAll(/neg (\d+)/g, 'neg $1'),
    '1',
    STEPS,
    LINE,
    60,
  ),
  'many steps': motion(
    'mul 0 1',
    '1',
    Array.from({ length: 700 }, () => '1/4096'),
    LINE,
  ),
}

const work: Record<string, Loose> = { 'one operation too many': laborious(23) }

export const badRefutations: readonly Bad[] = [
  ...from('the relation certainly fails', conclusions),
  ...from('every assumption certainly holds', { ...assumptions, ...both }),
  ...from('every value exists', values),
  ...from('enclosures contain the truth', tight),
  ...from('the inputs are those that are read', inputs),
  ...from('the motion is enclosed', motions),
  ...from('the work is bounded', work),
]
