/** The arena: both checkers accept every good certificate, reject every bad one with a reason, and end on hostile files. */
import { afterAll, describe, expect, test } from 'vitest'
import { verify } from '../../../../src/certify/verify.ts'
import { hasPython, python, scripted, VERIFIER } from '../../../certify/python.ts'
import { newFolder } from '../../../cli/lakatos.ts'
import { bad, filed, good, hostile } from './arena.ts'
import { readFileSync } from 'node:fs'

const folder = newFolder()
afterAll(() => folder.remove())
/** Processor time that a file may take: a second. */
const MOST = 1

test('there are at least 200 bad certificates, no two the same, aimed at many checks', () => {
  expect(new Set(bad.map(({ bytes }) => Buffer.from(bytes).toString('base64'))).size).toBeGreaterThan(600)
  expect(new Set(bad.map(({ aim }) => aim)).size).toBeGreaterThan(30)
})

describe('the first checker', () => {
  test('accepts the good ones', () => {
    expect([...good].filter(([, bytes]) => !verify(bytes).accepted).map(([name]) => name)).toEqual([])
  })
  test('rejects the bad ones, each with a reason', () => {
    for (const { name, bytes } of bad) {
      const answer = verify(bytes)
      expect(answer, name).toMatchObject({ accepted: false })
      expect(!answer.accepted && answer.reason, name).toMatch(/\w/)
    }
  })
  test.each(hostile.map(({ name, bytes }) => [name, bytes] as const))('ends on %s', (_, bytes) => {
    const before = process.cpuUsage()
    expect(verify(bytes)).toMatchObject({ accepted: false })
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1e6).toBeLessThan(MOST)
  })
})

describe.runIf(hasPython)('the second checker', () => {
  const lines = (name: string, files: readonly Uint8Array[]): string[] =>
    python([VERIFIER, ...filed(`${folder.path}/${name}`, files)]).lines.filter(
      (line) => !line.startsWith('arithmetic'),
    )
  test('accepts the good ones, and says the same of them', { timeout: 120_000 }, () => {
    const found = lines('good', [...good.values()])
    expect(found).toHaveLength(good.size)
    for (const [i, [name, bytes]] of [...good].entries()) {
      const answer = verify(bytes)
      const said = answer.accepted && `, statement ${answer.statementHash}: ${answer.shown}`
      expect(found[i], name).toMatch(/^accepted /)
      expect(found[i], name).toContain(said)
    }
  })
  test('rejects the bad ones', { timeout: 120_000 }, () => {
    const found = lines(
      'bad',
      bad.map(({ bytes }) => bytes),
    )
    expect(bad.filter((_, i) => !found[i]?.startsWith('rejected ')).map(({ name }) => name)).toEqual([])
  })
  test('ends on hostile ones', { timeout: 300_000 }, () => {
    const paths = filed(
      `${folder.path}/hostile`,
      hostile.map(({ bytes }) => bytes),
    )
    const script = `
import time
for path in json.load(sys.stdin):
    data, start = open(path, "rb").read(verify.MOST_BYTES + 1), time.process_time()
    try: print("accepted", verify.check(data))
    except Exception: print(time.process_time() - start)
`
    const times = scripted(script, JSON.stringify(paths), (text) => text, readFileSync(VERIFIER, 'utf8'))
    expect(times.map(Number)).toHaveLength(hostile.length)
    hostile.forEach(({ name }, i) => expect(Number(times[i]), name).toBeLessThan(MOST))
  })
})
