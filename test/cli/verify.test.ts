/** `lakatos verify` and `certify`: what is accepted, what is rejected, and what is no certificate. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasPython, python, VERIFIER } from '../certify/python.ts'
import { changed, resealed, type Json } from '../certify/tamper.ts'
import { claimSource, HEAD, lakatos, lakatosHere, newFolder, packageWith, type Run } from './lakatos.ts'

const folder = newFolder()
const root = folder.path
const certificates = join(root, 'properties/sample/certificates')
const file = (name: string): string => join(certificates, name)
const here = (...args: string[]): Promise<Run> => lakatos(args, { root, cwd: certificates })
const json = (name: string): Json => JSON.parse(readFileSync(file(name), 'utf8')) as Json

afterAll(() => folder.remove())
beforeAll(async () => {
  packageWith(
    root,
    HEAD +
      claimSource('product', 'product', 'x*y >= x - 10') +
      claimSource('square', 'square:log', 'log(1 + x^2) <= x^2/2') +
      claimSource('binomial', 'binomial', '(x + y)^2 == x^2 + 2*x*y + y^2'),
  )
  first = await lakatos(['docs', '--workers', '1'], { root })
}, 120_000)
let first: Run

test('docs keeps a certificate of each refutation and short proof, the same each time', async () => {
  expect(first).toMatchObject({ code: 0 })
  const names = readdirSync(certificates)
  expect(names.toSorted()).toEqual(['binomial.json', 'product.json', 'square_log.json'])
  const again = await lakatos(['docs', '--workers', '1'], { root })
  expect(again.out).toContain('0 files written, 0 removed')
  const page = readFileSync(join(root, 'docs/claims/sample/square_log.md'), 'utf8')
  const { statementHash } = json('square_log.json') as { statementHash: string }
  expect(page).toContain(statementHash)
  expect(page).toContain('(../../../properties/sample/certificates/square_log.json)')
})

test('verify accepts them', async () => {
  const names = readdirSync(certificates).toSorted()
  const { code, out, err } = await here('verify', ...names)
  expect([code, err]).toEqual([0, ''])
  const lines = out.trimEnd().split('\n')
  expect(lines.map((line) => line.split(' statement ')[0])).toEqual([
    'accepted  binomial.json: proof of binomial,',
    'accepted  product.json: refutation of product,',
    'accepted  square_log.json: refutation of square:log,',
  ])
  expect(lines.every((line) => line.includes(' (the recorded statement): '))).toBe(true)
})

test.runIf(hasPython)('and so does the second verifier', () => {
  const record = join(root, 'docs/claims/sample/verdicts.json')
  const { code, lines } = python([VERIFIER, '--record', record, ...readdirSync(certificates).map(file)])
  expect([code, lines.filter((line) => !line.startsWith('accepted '))]).toEqual([0, []])
})

test('as JSON, too', async () => {
  const { code, out } = await here('verify', 'product.json', '--json')
  expect([code, JSON.parse(out)]).toMatchObject([
    0,
    { certificates: [{ path: 'product.json', accepted: true, claim: 'product', kind: 'refutation' }] },
  ])
})

test('certify prints the same certificate', async () => {
  for (const [id, name] of [
    ['square:log', 'square_log.json'],
    ['binomial', 'binomial.json'],
  ] as const) {
    const { code, out } = await here('certify', id)
    expect([code, out]).toEqual([0, readFileSync(file(name), 'utf8')])
  }
})

describe('rejected with exit code 1', () => {
  const forged = (name: string, value: Json): string => {
    const path = join(root, `${name}.json`)
    writeFileSync(path, JSON.stringify(value))
    return path
  }

  test('a changed number', async () => {
    const path = forged('number', changed(json('product.json'), ['inputs', 0, 1], '-12'))
    const { code, out } = await here('verify', 'product.json', path)
    expect([code, out]).toEqual([
      1,
      expect.stringContaining(`rejected  ${path}: the content is not the one of "hash"`),
    ])
    expect(out).toContain('accepted  product.json')
  })

  test('another statement whose hashes fit', async () => {
    const path = forged(
      'statement',
      resealed(changed(json('product.json'), ['statement', 'says'], 'Something else.')),
    )
    const { code, out } = await here('verify', path)
    expect([code, out]).toEqual([1, expect.stringContaining('not the recorded statement of product')])
  })

  test('a refutation of a claim that is recorded as proved', async () => {
    const path = forged(
      'verdict',
      resealed(changed(json('product.json'), ['statement', 'claim'], 'binomial')),
    )
    const { code, out } = await here('verify', path)
    expect([code, out]).toEqual([1, expect.stringContaining('not the recorded verdict: binomial is proved')])
  })

  test('though a claim that is not on record is left open', async () => {
    const path = forged('unknown', resealed(changed(json('product.json'), ['statement', 'claim'], 'else')))
    const { code, out } = await here('verify', path)
    expect([code, out]).toEqual([3, expect.stringContaining('(no claim of this name is on record)')])
    expect(out).toContain('\narithmetic accepted, statement not compared with a record\n')
  })
})

describe('a file that is no certificate is rejected, by both checkers', () => {
  const bad: [name: string, text: string][] = [
    ['cut', '{ "format": "lakatos-'],
    ['foreign', '{ "claim": "x" }'],
    ['list', '[]'],
    ['other', '{ "format": "lakatos-certificate-9" }'],
  ]
  test.each(bad)('%s', async (name, text) => {
    const path = join(root, `${name}.json`)
    writeFileSync(path, text)
    const { code, out, err } = await here('verify', 'product.json', path)
    expect([code, err]).toEqual([1, ''])
    expect(out).toMatch(/^accepted {2}product.json: .*\nrejected {2}.*: expected /)
    if (hasPython) expect(python([VERIFIER, path])).toMatchObject({ code: 1 })
  })
})

describe('one clear error with exit code 2, and nothing is verified', () => {
  test('no such file, a folder, no argument', async () => {
    expect(await lakatosHere(['verify', 'nowhere.json'])).toMatchObject({
      ...{ code: 2, out: '' },
      err: expect.stringContaining('no such file') as string,
    })
    expect(await lakatosHere(['verify', 'src'])).toMatchObject({
      ...{ code: 2, out: '' },
      err: expect.stringContaining('verify: src: expected') as string,
    })
    expect(await lakatosHere(['verify'])).toMatchObject({ code: 2, out: '' })
  })

  test('certify of what has no certificate', async () => {
    expect(await lakatosHere(['certify', 'thm-3.cone*'])).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining(
        'expected a claim recorded as refuted or proved, got morwani-ramaswamy-2022/thm-3.cone*: certified',
      ) as string,
    })
    expect(await lakatosHere(['certify', 'prop-2.margin'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('expected one claim') as string,
    })
  })
})
