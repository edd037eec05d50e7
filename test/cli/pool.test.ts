/** The queue hands out every task once, and keeps those of one group together. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { queueOf } from '../../src/cli/pool.ts'

const groups = fc.array(fc.constantFrom(undefined, 'a', 'b', 'c'), { maxLength: 30 })

test('every task that is not done is handed out once, whoever asks', () => {
  fc.assert(
    fc.property(
      groups,
      fc.array(fc.nat(3), { minLength: 40, maxLength: 40 }),
      fc.nat(5),
      (of, asking, most) => {
        const done = new Set(of.map((_, i) => i).slice(0, most))
        const queue = queueOf(of, done)
        const given = [...asking, ...of.map(() => 0)].flatMap((worker) => queue.next(worker) ?? [])
        expect(given.toSorted((a, b) => a - b)).toEqual(of.map((_, i) => i).filter((i) => !done.has(i)))
      },
    ),
  )
})

test('a worker stays with its group while there is other work for the others', () => {
  const queue = queueOf([undefined, 'a', 'a', 'b', undefined, 'a', 'b'], new Set())
  const order = [0, 1, 0, 1, 1, 1, 0, 0].map((worker) => queue.next(worker))
  expect(order).toEqual([1, 3, 2, 6, 0, 4, 5, undefined])
})

test('the last group is shared, rather than leave a worker idle', () => {
  const queue = queueOf(['a', 'a', 'a'], new Set())
  expect([0, 1, 0, 1].map((worker) => queue.next(worker))).toEqual([0, 1, 2, undefined])
})
