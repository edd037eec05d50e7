/** A claim file with mistakes: each costs the claim that it is in, is named with its line, and is never a pass. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lakatos, lakatosHere, newFolder, type Run } from './lakatos.ts'

const folder = newFolder()
afterAll(() => folder.remove())

/** What every claim of these tests has, but for its faults. */
const HEAD = `import { claim, dynamics, ewn, nets, setting } from 'lakatos'
const given = setting({ variables: { x: 'real', y: 'real' } })
const base = { section: '1', source: 'test', says: 'Of x and y.', given, wrong: { sign: 'x^2 < 0' }, shows: 'x^2 >= 0' }
`
const good = (id: string): string => `export const ${id} = claim({ ...base, id: '${id}' })\n`

function check(name: string, source: string, ...more: string[]): Promise<Run> {
  writeFileSync(join(folder.path, name), HEAD + source)
  return lakatosHere(['check', join(folder.path, name), '--cases', '20', ...more])
}

interface Document {
  readonly claims: readonly { readonly id: string; readonly verdict: string }[]
  readonly errors: readonly { readonly line?: number; readonly id?: string; readonly message: string }[]
}
const documentIn = ({ out }: Run): Document => JSON.parse(out) as Document

const FAULTS: [what: string, fault: string, message: string][] = [
  ['a formula that cannot be read', `shows: 'x^2 >='`, 'formula: expected mathjs syntax'],
  ['a wrong variant that cannot be read', `wrong: { a: '(x' }`, 'formula: expected mathjs syntax'],
  ['a symbol without a meaning', `shows: 'x^2 + z^2 >= 0'`, 'unknown symbol "z"'],
  ['such a symbol in a wrong variant', `wrong: { a: 'z < 0' }`, 'unknown symbol "z"'],
  [
    'such a symbol in an assumption',
    `assume: [{ id: 'p', says: 'p', formula: 'z >= 0' }]`,
    'unknown symbol "z"',
  ],
  ['no relation', `shows: 'x^2'`, 'expected a relation'],
  ['a misspelt field', `asume: []`, 'unknown field "asume"; expected id, section'],
  ['no setting', `given: undefined`, 'given: expected a setting'],
  ['half a setting', `given: { name: 'x' }`, 'given: expected a setting'],
  ['a number as conclusion', `shows: 3`, 'shows: expected the text of a formula, or a list of such, got 3'],
  ['no conclusion', `shows: []`, 'expected a conclusion, got none'],
  [
    'nothing in a list',
    `shows: ['x >= x', undefined]`,
    'shows[1]: expected the text of a formula, got nothing',
  ],
  ['no words', `says: undefined`, 'says: expected a text, got nothing'],
  ['an id in place of a claim', `uses: ['hom-1']`, 'uses[0]: expected a claim'],
  ['a claim in place of a list', `uses: base`, 'uses: expected a list of claims, got an object'],
  ['an id in place of an assumption', `assume: ['unit-v']`, 'assume[0]: expected an assumption'],
  [
    'nothing in place of one',
    `assume: [base.nothing]`,
    'assume[0]: expected an assumption { id, says, formula }, got nothing',
  ],
  ['a misspelt field of one', `assume: [{ id: 'p', say: 'p' }]`, 'assume[0]: unknown field "say"'],
  [
    'a formula that is none',
    `assume: [{ id: 'p', says: 'p', formula: 3 }]`,
    'assume[0]: formula: expected the text',
  ],
  ['wrong variants as text', `wrong: 'x < 0'`, 'wrong: expected an object of formulas'],
  ['a number as wrong variant', `wrong: { a: 3 }`, 'wrong.a: expected the text of a formula'],
  ['an empty wrong variant', `wrong: { a: [] }`, 'wrong.a: expected a formula, got none'],
  ['a flaw without its reason', `flaw: { printed: 'x' }`, 'flaw: breaks: expected a text, got nothing'],
  ['an id as what is amended', `amends: { claim: 'hom-1', how: 'x' }`, 'amends: claim: expected a claim'],
  [
    'no parameterisation',
    `given: setting({ model: nets(), weights: 'ewn' })`,
    'setting: weights: expected a parameterization such as ewn, swn',
  ],
  [
    'a misspelt option',
    `given: setting({ model: nets(), weight: ewn })`,
    'setting: unknown field "weight"; expected model, weights',
  ],
  ['an unknown kind', `given: setting({ variables: { x: 'reel' } })`, 'variables.x: expected "real"'],
  ['variables not in their place', `given: setting({ x: 'real' })`, 'setting: unknown field "x"'],
  [
    'a name of the first edition',
    `given: dynamics({ normalization: 'ewn' })`,
    'expected the form of this edition: setting({ model: nets(), weights: ewn',
  ],
  ['a throw', `says: JSON.parse('{')`, 'JSON'],
  ['what is not defined', `says: nothing.at.all`, 'nothing is not defined'],
  ['a claim that is defined later', `uses: [last]`, `Cannot access 'last' before initialization`],
]

describe('one malformed claim among others', () => {
  let run: Run
  beforeAll(async () => {
    const faulty = FAULTS.map(
      ([, fault], i) => `export const f${i} = claim({ ...base, id: 'f${i}', ${fault} })\n`,
    )
    run = await check('faults.ts', good('first') + faulty.join('') + good('last'), '--json')
  })

  test('costs no other its verdict, and is exit 2', () => {
    expect(documentIn(run).claims.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['first', 'certified'],
      ['last', 'certified'],
    ])
    expect([run.code, documentIn(run).errors.length]).toEqual([2, FAULTS.length])
  })

  test.each(FAULTS.map((fault, i) => [...fault, i] as const))('%s, %s: is named', (_, __, message, i) => {
    const errors = documentIn(run).errors.filter(({ id }) => id === `f${i}`)
    expect(errors.map((error) => error.message)).toEqual([expect.stringContaining(message)])
    const lines = run.err.split('\n').filter((line) => line.includes(`claim f${i}: `))
    expect(lines).toEqual([
      expect.stringMatching(new RegExp(`^lakatos: .*faults\\.ts(:${i + 5})?: claim f${i}: `)),
    ])
  })

  test('wherever it is written: in a list, from a function, as the default, under another name', async () => {
    const source = `import { claim as made } from 'lakatos'
import * as all from 'lakatos'
const of = (id, more) => claim({ ...base, id, ...more })
export const list = [of('a'), of('b', { shows: 3 }), ...['c', 'd'].map((id) => of(id, { says: id === 'd' ? 4 : id }))]
export const e = made({ ...base, id: 'e', shows: 5 })
export const f = all.claim({ ...base, id: 'f', shows: 6 })
export default claim({ ...base, id: 'g' })\n`
    const { claims, errors } = documentIn(await check('spread.ts', source, '--json'))
    expect(claims.map(({ id }) => id)).toEqual(['a', 'c', 'g'])
    expect(errors.map(({ message }) => /^claim (\w)/.exec(message)?.[1])).toEqual(['b', 'd', 'e', 'f'])
  })

  test('what uses it is judged all the same', async () => {
    const source = `export const bad = claim({ ...base, id: 'bad', shows: 3 })
export const upon = claim({ ...base, id: 'upon', uses: [bad] })\n`
    const { claims, errors } = documentIn(await check('upon.ts', source, '--json'))
    expect([claims.map(({ id }) => id), errors.map(({ id }) => id)]).toEqual([['upon'], ['bad']])
  })

  test('a file that is asked for one claim says nothing of the others', async () => {
    writeFileSync(
      join(folder.path, 'asked.ts'),
      `${HEAD}${good('fine')}export const bad = claim({ ...base, id: 'bad', shows: 3 })\n`,
    )
    const [fine, bad, none] = await Promise.all(
      ['fine', 'bad', 'fin'].map((id) =>
        lakatosHere(['check', `${join(folder.path, 'asked.ts')}#${id}`, '--json']),
      ),
    )
    expect([fine!.code, documentIn(fine!).errors]).toEqual([0, []])
    expect([bad!.code, documentIn(bad!).claims, documentIn(bad!).errors.length]).toEqual([2, [], 1])
    expect([none!.code, none!.out, none!.err]).toEqual([2, '', expect.stringContaining('nearest: fine')])
  })
})

const ALONE: [what: string, source: string, message: string][] = [
  ['an id of the package', good('p').replace(`'p'`, `'hom-1'`), 'claim hom-1: expected an id of its own'],
  ['an id twice', good('q') + good('r').replace(`'r'`, `'q'`), 'expected distinct ids, got q twice'],
  ['a definition in no claim', `export const s = { ...base, id: 's' }`, 'expected claim({ … })'],
  ['a promise', `export const t = Promise.resolve(claim({ ...base, id: 't' }))`, 'got a promise; await it'],
  [
    'a claim that is not exported',
    `const u = claim({ ...base, id: 'u' })`,
    'claim u: expected it to be exported',
  ],
  [
    'a cycle',
    `export const a = { ...claim({ ...base, id: 'a' }) }\na.uses = [{ ...a, id: 'b', uses: [a] }]`,
    'expected no cycle, got a → b → a',
  ],
  ['a claim made to use itself', `${good('v')}v.uses.push(v)`, 'not extensible'],
  [
    'a setting that throws',
    `export const w = setting({ weights: ewn })`,
    'w: setting: expected a model nets()',
  ],
]

describe('what is no claim at all', () => {
  let run: Run
  beforeAll(async () => {
    run = await check('alone.ts', ALONE.map(([, source]) => `${source}\n`).join('') + good('other'))
  })

  test.each(ALONE)('%s is refused', (_, __, message) => {
    expect(run.err).toContain(message)
  })

  test('and what is one is judged', () => {
    expect([run.code, run.out]).toEqual([2, expect.stringMatching(/^other .* certified/m)])
  })
})

test('one id in two files is refused in the second', async () => {
  for (const name of ['left.ts', 'right.ts']) writeFileSync(join(folder.path, name), HEAD + good('same'))
  const { code, out, err } = await lakatosHere([
    'list',
    ...['left.ts', 'right.ts'].map((name) => join(folder.path, name)),
    '--json',
  ])
  expect([code, documentIn({ code, out, err }).claims.length]).toEqual([2, 1])
  expect(err).toMatch(/right\.ts: claim same: expected distinct ids, got that of a claim in .*left\.ts/)
})

describe('no wrong variant that could fail', () => {
  test('none at all is said, and exit 3', async () => {
    const { code, out } = await check('bare.ts', `export const a = claim({ ...base, id: 'a', wrong: {} })`)
    expect([code, out]).toEqual([3, expect.stringContaining('a: it has no wrong variant, so nothing shows')])
  })

  test('the claim itself as its wrong variant survives, and is exit 1', async () => {
    const { code, out } = await check(
      'same.ts',
      `export const a = claim({ ...base, id: 'a', wrong: { same: base.shows } })`,
    )
    expect([code, out]).toEqual([1, expect.stringContaining('the wrong variant "same" survived')])
  })
})

describe('a file that ends the process, or is no end itself, is no pass', () => {
  const ends: [what: string, source: string, message: string][] = [
    ['exits', 'process.exit(0)', 'ends the process with code 0'],
    [
      'exits in the main thread',
      `import { isMainThread } from 'node:worker_threads'\nif (isMainThread) process.exit(0)`,
      'exit with code 0 before',
    ],
    ['throws', `throw new Error('not today')`, 'not today'],
    ['throws later', `setTimeout(() => { throw new Error('too late') }, 2)`, 'too late'],
    ['rejects', `Promise.reject(new Error('lost'))`, 'lost'],
    ['waits for ever', 'await new Promise(() => {})', 'ends the process'],
    ['has no claims', '', 'expected it to export claims'],
  ]
  test.each(ends)('%s', async (what, source, message) => {
    const claims = what === 'has no claims' ? '' : good('a')
    writeFileSync(join(folder.path, 'ends.ts'), HEAD + claims + source)
    const { code, out, err } = await lakatos(['check', 'ends.ts', '--workers', '1'], { cwd: folder.path })
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(message)
  })

  test('a claim that exits, throws or rejects while it is judged costs itself', async () => {
    const own = (id: string, act: string): string =>
      `export const ${id} = claim({ ...base, id: '${id}', given: { ...given, generate(...all) { ${act}; return given.generate(...all) } } })\n`
    const source =
      own('exits', 'process.exit(0)') +
      own('throws', `throw new Error('here')`) +
      own('rejects', `void Promise.reject(new Error('there'))`) +
      good('well')
    const { code, out, err } = await check('judged.ts', source, '--json', '--workers', '1')
    const { claims, errors } = documentIn({ code, out, err })
    expect([code, claims.map(({ id }) => id)]).toEqual([2, ['well']])
    expect(errors.map(({ id, message }) => `${id}: ${message}`)).toEqual([
      'exits: ended its thread with code 0',
      'rejects: threw where nothing catches it: there',
      'throws: here',
    ])
  })

  test('an endless loop can be interrupted', async () => {
    writeFileSync(join(folder.path, 'loop.ts'), `${HEAD}console.log('looping')\nfor (;;);`)
    const { code, out, err } = await lakatos(['check', 'loop.ts'], {
      cwd: folder.path,
      during: (child) =>
        child.stderr!.on(
          'data',
          (text: Buffer) => text.toString().includes('looping') && child.kill('SIGINT'),
        ),
    })
    expect([code, out]).toEqual([130, ''])
    expect(err).toContain('interrupted: nothing is kept; begin anew with: ')
  })
})
