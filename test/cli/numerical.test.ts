/** Claims decided along long runs: published as evidence, kept out of the corpus, followed again by replay. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lakatos, newFolder, packageWith, type Run } from './lakatos.ts'

const folder = newFolder()
const root = folder.path
afterAll(() => folder.remove())

/** One node with one weight on one point, from few starts: w grows like a power of s. */
const properties = `import { claim, exponential, gradientFlow, inTheLimit, nets, setting } from './section.js'
const net = { inputs: 1, layers: [{ width: 1, activation: 'z' }] }
const population = {
  name: 'one weight',
  refuses: () => undefined,
  draw(random) {
    const values = { w_1: [String(random.integer(1, 9))] }
    return { net, loss: 'exponential', values, data: [{ x: [random.integer(1, 3) + '/2'], y: 1 }] }
  },
}
const given = setting({
  model: nets({ loss: exponential }), rule: gradientFlow({ rate: '1' }), moment: inTheLimit({ s: '10000' }), population,
})
const base = {
  section: '1 Runs', source: 'test', says: 'Of one weight.', given,
  assume: [{ id: 'ends', says: 'the loss vanishes', formula: 'lim(L) == 0' }],
}
export const grows = claim({ ...base, id: 'grows', shows: 'converges(norm(w)) or lim(norm(w)) == inf',
  wrong: { 'it stays': 'converges(norm(w))' } })
export const stays = claim({ ...base, id: 'stays', shows: 'converges(norm(w))',
  wrong: { 'it vanishes': 'lim(norm(w)) == 0' } })\n`
beforeAll(() => packageWith(root, properties))

const run = (...args: string[]): Promise<Run> => lakatos(args, { root })
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

test('pages show counts, horizons, alternatives, rejections and the course of a run', async () => {
  const { code, out } = await run('docs')
  expect([code, out]).toEqual([0, expect.stringContaining('2 claims: 1 supported, 1 contradicted')])
  const page = read('docs/claims/sample/grows.md')
  expect(page).toMatch(/\| holds \| fails \| open \| cases judged \|\n\| --- .*\n\| (\d+) \| 0 \| 0 \| \1 \|/)
  expect(page).toMatch(/Decided from: \d+ limits, s to 10\^4\./)
  expect(page).toMatch(/\| `lim ‖w‖ = ∞` \| \d+ \|/)
  expect(page).toMatch(/refuted in (\d+) of \1 cases/)
  expect(page).toContain('(grows.svg)')
  const picture = read('docs/claims/sample/grows.svg')
  for (const tick of ['>10²<', '>10⁴<']) expect(picture).toContain(tick)
})

test('a contradicted claim shows its case without a certificate, and is not in the corpus', async () => {
  const page = read('docs/claims/sample/stays.md')
  expect(page).toContain('## Contradicting case')
  expect(page).toContain('**without a certificate**')
  expect(page).not.toContain('## Counterexample')
  expect(existsSync(join(root, 'properties/sample/corpus'))).toBe(false)
  const { code, out } = await run('replay', 'stays')
  expect(code).toBe(0)
  expect(out).toContain('stays is still contradicted by this case, in doubles and without a certificate')
  expect(out).toMatch(/left +∞, like s\^/)
})

test('the record holds, and the full profile agrees with it', async () => {
  expect((await run('docs', '--workers', '1')).out).toContain('0 files written')
  const { code, out } = await run('check', '--profile', 'full', '--cases', '30', '--json')
  expect(code).toBe(0)
  const { claims } = JSON.parse(out) as { claims: { cases: number }[] }
  expect(claims.map(({ cases }) => cases > 20)).toEqual([true, true])
})
