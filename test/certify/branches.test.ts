/** A proof's certificate states the branch of each identity, and holds on no other. */
import { expect, test } from 'vitest'
import { bytesOf, sealed, type Proof } from '../../src/certify/certificate.ts'
import { verify } from '../../src/certify/verify.ts'
import { proofOf } from '../../src/hunt/certify.ts'
import { claim, setting } from '../../src/index.ts'

const proof = (shows: string): Proof =>
  proofOf(
    claim({
      ...{ id: 'planted', section: '0', source: 'none', says: 'an identity', wrong: {}, shows },
      given: setting({ variables: { x: 'real', y: 'real' } }),
    }),
    (certificate) => {
      const answer = verify(bytesOf(certificate))
      return answer.accepted ? undefined : answer.reason
    },
  )

test.each([
  ['abs(x)*abs(y) == abs(x*y)', 4],
  ['max(x, y) == (x + y + abs(x - y))/2', 2],
  ['abs(x + 1000) == max(x + 1000, -x - 1000)', 2],
])('%s: %i branches, each with a side for each kink', (shows, count) => {
  const { statement } = proof(shows)
  expect(statement.identities).toHaveLength(count)
  const branches = new Set(statement.identities.map(({ branch }) => branch.join('')))
  expect(branches.size).toBe(count)
  for (const { branch, program } of statement.identities)
    expect(program.ops.filter(([name]) => name === 'relu' || name === 'step')).toHaveLength(branch.length)
})

test('with a side turned it is rejected', () => {
  const { format: _, statementHash: __, hash: ___, ...content } = proof('abs(x)*abs(y) == abs(x*y)')
  for (const [at, one] of content.statement.identities.entries())
    for (const k of one.branch.keys()) {
      const turned = { ...one, branch: one.branch.with(k, one.branch[k] === 1 ? 0 : 1) }
      const identities = content.statement.identities.with(at, turned)
      const forged = sealed<Proof>({ ...content, statement: { ...content.statement, identities } })
      expect(verify(bytesOf(forged)).accepted, `${at} ${k}`).toBe(false)
    }
})
