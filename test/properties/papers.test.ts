/** No paper, no claim and no kind of evidence is left out. */
import { existsSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isClaim } from '../../src/claim/claim.ts'
import { addressOf } from '../../src/claim/paper.ts'
import { claims, papers, recordIn } from './loaded.ts'
import { shareOf, shares } from './papers.ts'

test('each folder with a paper is one, and the claims of all are dealt out once each', () => {
  const folders = readdirSync('properties').filter((name) => existsSync(`properties/${name}/paper.ts`))
  expect(papers.map(({ paper }) => paper.key)).toEqual(folders.toSorted())
  expect(shares).toEqual(shares.map((_, i) => i + 1))
  const dealt = shares.flatMap(shareOf).flat().map(addressOf)
  expect(dealt.toSorted()).toEqual(claims.map(addressOf).toSorted())
  expect(new Set(dealt).size).toBe(dealt.length)
})

describe.each(papers)('$paper.key', ({ paper: { key }, claims: own }) => {
  test('its door gives each of its claims by a name', async () => {
    const door = (await import(/* @vite-ignore */ resolve('properties', key, 'index.ts'))) as object
    const given = new Set((Object.values(door) as unknown[]).flat().filter(isClaim))
    expect(own.filter((claim) => !given.has(claim)).map(({ id }) => id)).toEqual([])
  })
})

test('there is something of every kind that the papers are tested by', () => {
  const entries = papers.flatMap(({ paper }) => recordIn(paper.key))
  const count = (of: (entry: (typeof entries)[number]) => unknown): number => entries.filter(of).length
  expect(count(({ verdict }) => verdict === 'refuted')).toBeGreaterThan(5)
  expect(count(({ verdict }) => verdict === 'contradicted')).toBeGreaterThan(0)
  expect(count(({ hunt }) => hunt?.mostViolated)).toBeGreaterThan(5)
  expect(count(({ drops = [] }) => drops.some(({ counterexample }) => counterexample))).toBeGreaterThan(20)
})
