/** The command: what it prints, and how it refuses. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { papers, recordIn } from '../properties/loaded.ts'
import { lakatos, lakatosHere, newFolder } from './lakatos.ts'

interface Documents {
  readonly claims: readonly Record<string, unknown>[]
}
const documentIn = (out: string): Documents => JSON.parse(out) as Documents
const ids = (out: string): unknown[] => documentIn(out).claims.map(({ id }) => id)

const folder = newFolder()
afterAll(() => folder.remove())

describe('list and show', () => {
  test('list names every claim once, with its recorded verdict', async () => {
    const { code, out } = await lakatosHere(['list', '--json'])
    const { claims } = documentIn(out)
    const record = papers.flatMap(({ paper: { key } }) => recordIn(key))
    expect(code).toBe(0)
    expect(claims.map(({ id, expected }) => [id, expected])).toEqual(
      record.map(({ id, verdict }) => [id, verdict]),
    )
    expect(new Set(ids(out)).size).toBe(claims.length)
  })

  test('show prints the formula as text and TeX, with the verdict of what is used', async () => {
    const { code, out } = await lakatosHere(['show', 'thm-1-ewn'])
    expect(code).toBe(0)
    expect(out).toContain('d/dt w_u = −η ‖w_u‖² g_u')
    expect(out).toContain('\\lVert w_{u}\\rVert^{2}')
    expect(out).toContain('unit-v')
    expect(out).toContain('grad-ewn: proved')
  })

  test('an id that a claim has asks for this claim alone, whatever other ids begin with it', async () => {
    const { claims } = documentIn((await lakatosHere(['list', '--json'])).out)
    const all = claims.map(({ id }) => id as string)
    const exact = all.filter((id) => all.some((other) => other.startsWith(`${id}:`)))
    expect(exact).toContain('thm-4.ewn')
    for (const id of exact) expect(ids((await lakatosHere(['show', id, '--json'])).out)).toEqual([id])
    expect(ids((await lakatosHere(['list', 'thm-4.ewn', '--json'])).out)).toEqual(['thm-4.ewn'])
  })

  test('an id that none has asks for all its cases', async () => {
    const { out } = await lakatosHere(['show', 'v-norm', '--json'])
    expect(ids(out).toSorted()).toEqual(['v-norm:ewn', 'v-norm:swn'])
  })
})

describe('check', () => {
  test('prints one document with every field, and nothing else, on stdout', async () => {
    const { code, out } = await lakatos(['check', 'prop-6.invariant', '--json'])
    expect(code).toBe(0)
    const [claim] = documentIn(out).claims
    expect(Object.keys(claim!)).toEqual([
      ...[
        'paper',
        'id',
        'section',
        'source',
        'origin',
        'statement',
        'assumptions',
        'uses',
        'verdict',
        'expected',
      ],
      ...['evidence', 'cases', 'discarded', 'seconds'],
    ])
    expect(claim).toMatchObject({ id: 'prop-6.invariant', verdict: 'proved', expected: 'proved' })
  })

  test('gives the same for any number of workers, in claim order', async () => {
    const asked = ['check', 'new-isotropic*', 'thm-3.cone', 'thm-3.cone*', 'new-isotropic', '--json']
    const runs = [
      await lakatosHere([...asked, '--workers', '1']),
      await lakatosHere([...asked, '--workers', '3']),
    ]
    const [one, three] = runs.map(({ out }) =>
      documentIn(out).claims.map(({ seconds: _, ...claim }) => claim),
    )
    expect(one).toEqual(three)
    expect(ids(runs[0]!.out)).toEqual(['thm-3.cone', 'thm-3.cone*', 'new-isotropic', 'new-isotropic*'])
    expect(runs.map(({ code }) => code)).toEqual([0, 0])
  })

  test('prints the counterexample of a refuted claim that was asked for', async () => {
    const { code, out } = await lakatosHere(['check', 'thm-3.cone'])
    expect(code).toBe(0)
    expect(out).toMatch(/thm-3\.cone is refuted:/)
    expect(out).toMatch(/^ {2}left +\S/m)
  })

  test('a section is asked for by its number or its name', async () => {
    const byNumber = await lakatosHere(['show', '2', '--json'])
    const byName = await lakatosHere(['show', '2 Loss goes to zero', '--json'])
    expect(ids(byNumber.out)).toContain('prop-2.descent')
    expect(byName.out).toBe(byNumber.out)
  })
})

describe('drop', () => {
  test('a needed assumption has a counterexample, with the reason why it fails there', async () => {
    const { code, out } = await lakatosHere(['drop', 'thm-3.cone', 'unit-vectors'])
    expect(code).toBe(0)
    expect(out).toContain('thm-3.cone without unit-vectors')
    expect(out).toMatch(/fails: left \S+, right \S+/)
    expect(out).toMatch(/slack +−/)
  })

  test('without a name every assumption is dropped in turn', async () => {
    const { out } = await lakatosHere(['drop', 'thm-3.cone', '--json', '--cases', '20'])
    const { drops } = JSON.parse(out) as { drops: { assumption: string; says: string; cases: number }[] }
    expect(drops.map(({ assumption }) => assumption)).toContain('unit-vectors')
    expect(drops.length).toBeGreaterThan(2)
  })

  test('an assumption with weaker forms is weakened too, and each outcome is named', async () => {
    const { out } = await lakatosHere(['drop', 'new-gibbs', 'loss-exp', '--cases', '60'])
    expect(out).toContain('new-gibbs without loss-exp (the loss is exponential): needed\n')
    expect(out).toContain('new-gibbs with exp-or-ce in place of loss-exp')
    expect(out).toContain('new-gibbs with exp-or-squared in place of loss-exp')
  })

  test('an assumption that the claim does not make is refused by name', async () => {
    const { code, err } = await lakatosHere(['drop', 'thm-3.cone', 'unit-w'])
    expect(code).toBe(2)
    expect(err).toContain('unit-vectors')
  })
})

describe('replay', () => {
  const stored = 'properties/morwani-ramaswamy-2022/corpus/thm-3.cone.json'

  test('a stored counterexample still refutes its claim, with the stored numbers', async () => {
    const byId = await lakatosHere(['replay', 'thm-3.cone'])
    const byFile = await lakatosHere(['replay', stored])
    const { left, right } = JSON.parse(readFileSync(stored, 'utf8')) as { left: string; right: string }
    expect(byId.code).toBe(0)
    expect(byId.out).toBe(byFile.out)
    expect(byId.out).toContain(left.replaceAll('-', '−'))
    expect(byId.out).toContain(right.replaceAll('-', '−'))
  })

  test('a case that does not refute is exit 1; one that is no case is exit 2', async () => {
    const counterexample = JSON.parse(readFileSync(stored, 'utf8')) as { case: object }
    const harmless = join(folder.path, 'harmless.json')
    const broken = join(folder.path, 'broken.json')
    writeFileSync(harmless, JSON.stringify({ ...counterexample, claim: 'thm-3.cone*' }))
    writeFileSync(broken, JSON.stringify({ ...counterexample, case: { dimension: 'x' } }))
    const runs = [await lakatosHere(['replay', harmless]), await lakatosHere(['replay', broken])]
    expect(runs.map(({ code }) => code)).toEqual([1, 2])
    expect(runs[0]!.out).toContain('no longer refuted')
  })

  test('a claim that is not refuted has nothing to replay', async () => {
    const { code, err } = await lakatosHere(['replay', 'hom-1'])
    expect(code).toBe(2)
    expect(err).toContain('hom-1: proved')
  })
})

describe('wrong usage is exit 2, one clear line, and nothing on stdout', () => {
  const wrong: [args: string[], hint: string][] = [
    [['check', 'thm-1-enw'], 'nearest: thm-1-ewn'],
    [['show', 'v-nrom'], 'v-norm'],
    [['chekc'], 'nearest: check'],
    [['check', '--sead', '1'], '--seed'],
    [['check', '--seed', 'x'], '--seed: expected an integer'],
    [['check', '--cases', '0'], '--cases: expected an integer from 1'],
    [['check', '--cases', '1.5'], 'got "1.5"'],
    [['check', '--workers'], 'got nothing'],
    [['check', '--json=yes'], 'takes no value'],
    [['check', '--profile', 'fast'], '--profile: expected default or full, got "fast"'],
    [['docs', '--profile'], '--profile: expected default or full, got nothing'],
    [['show', 'hom-1', '--profile', 'full'], 'unknown option --profile'],
    [['list', '--seed', '1'], 'unknown option --seed'],
    [['show'], 'expected 1 argument'],
    [
      ['docs', 'hom-1'],
      `expected claim files such as claims.ts, or papers such as ${papers[0]!.paper.key}, got hom-1`,
    ],
    [['docs', 'mine.ts'], 'expected a folder to write to, got none; add --out'],
    [['docs', '--out', 'pages'], 'expected claim files beside --out'],
    [['verify', 'x.json', '--record', 'nowhere.json'], 'no such file'],
    [['certify', 'v-norm'], 'expected one claim, got morwani-ramaswamy-2022/v-norm:'],
    [['check', 'no-such-file.ts'], 'no such file: no-such-file.ts'],
    [['replay', 'no-such-file.json'], 'no such file'],
    [['toString'], 'unknown command'],
  ]
  test.each(wrong)('lakatos %j', async (args, hint) => {
    const { code, out, err } = await lakatosHere(args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(hint)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  })
})

test('help names every command, and the version is that of the package', async () => {
  const help = await lakatos(['help'])
  const flag = await lakatosHere(['check', '--help'])
  const version = await lakatosHere(['--version'])
  const none = await lakatosHere([])
  for (const name of ['list', 'check', 'show', 'drop', 'replay', 'docs'])
    expect(help.out).toContain(`lakatos ${name}`)
  expect(flag.out).toBe(help.out)
  expect(version.out.trim()).toBe(
    (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version,
  )
  expect([help.code, version.code, none.code]).toEqual([0, 0, 2])
})
