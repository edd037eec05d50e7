/** Bad proofs: well formed, and what they state is false, not shown, or not there. */
import type { Bad } from './bad-shape.ts'
import { identity, towers } from './good.ts'
import { file, program, proof, type Loose } from './sealed.ts'

const from = (aim: string, table: Record<string, Loose>): Bad[] =>
  Object.entries(table).map(([name, content]) => ({ name, aim, bytes: file(content) }))

const identities: Record<string, Loose> = {
  'x = y': identity('neg 0', 0, 1),
  'x + y = x': identity('add 0 1', 2, 0),
  'x - y = y - x': identity('sub 0 1, sub 1 0', 2, 3),
  '-x = x': identity('neg 0', 2, 0),
  'x y = x': identity('mul 0 1', 2, 0),
  'x/y = y/x': identity('div 0 1, div 1 0', 2, 3),
  'x^2 = x': identity('pow 0 2', 2, 0),
  'x^3 = x^2 y': identity('pow 0 3, pow 0 2, mul 3 1', 2, 4),
  'x^1 = 1': identity('pow 0 1, const 1', 2, 3),
  'x^0 = x': identity('pow 0 0', 2, 0),
  '1 = 2': identity('const 1, const 2', 2, 3),
  '1/2 = 2': identity('const 1/2, const 2', 2, 3),
  'x + 1 = x': identity('const 1, add 0 2', 3, 0),
  '(x + y)^2 = x^2 + y^2': identity('add 0 1, pow 2 2, pow 0 2, pow 1 2, add 4 5', 3, 6),
  'x + 10^-900 = x': identity(`const 1/1${'0'.repeat(900)}, add 0 2`, 3, 0),
  'the second output fails': proof({ program: program(['x'], 'input 0, const 0', [1, 0]) }),
  'the first output fails': proof({ program: program(['x'], 'input 0, const 0', [0, 1]) }),
  'the second identity fails': proof(
    { program: program(['x'], 'input 0, sub 0 0', [1]) },
    { program: program(['x'], 'input 0', [0]) },
  ),
  '0 x = x/y': identity('const 0, mul 0 2, div 0 1', 3, 4),
  'a product of 60 differences': identity(
    Array.from(
      { length: 60 },
      (_, i) => `const ${i}, sub 0 ${3 * i + 2}, ${i === 0 ? 'neg 3' : `mul ${3 * i + 1} ${3 * i + 3}`}`,
    ).join(', '),
    181,
    180,
  ),
}

const kinks: Record<string, Loose> = {
  '|y| = y on the other side': identity('abs 1', 2, 1, { branch: [0] }),
  '|y| = −y on the other side': identity('abs 1, neg 1', 2, 3, { branch: [1] }),
  'relu(y) = y on the other side': identity('relu 1', 2, 1, { branch: [0] }),
  'relu(y) = 0 on the other side': identity('relu 1, const 0', 2, 3, { branch: [1] }),
  'step(y) = 1 on the other side': identity('step 1, const 1', 2, 3, { branch: [0] }),
  'step(y) = 0 on the other side': identity('step 1, const 0', 2, 3, { branch: [1] }),
  'max(y, x) = x on the other side': identity('max 1 0', 2, 0, { branch: [1] }),
  'max(y, x) = y on the other side': identity('max 1 0', 2, 1, { branch: [0] }),
  'min(y, x) = x on the other side': identity('min 1 0', 2, 0, { branch: [1] }),
  'min(y, x) = y on the other side': identity('min 1 0', 2, 1, { branch: [0] }),
  'kinks out of order': identity('relu 1, relu 0, add 2 3', 4, 0, { branch: [1, 0] }),
  'no branch is named': identity('const 1000, add 0 2, abs 3', 4, 3),
  'one side too few': identity('relu 1, relu 0, add 2 3', 4, 0, { branch: [0] }),
  'one side too many': identity('relu 1', 2, 1, { branch: [1, 1] }),
  'a side for what is no kink': identity('neg 0', 0, 0, { branch: [1] }),
}

const POW = 'pow 1 2, sqrt 2'
const roots: Record<string, Loose> = {
  'sqrt(y^2) = y': identity(POW, 3, 1, { roots: [1] }),
  'sqrt(x^2) is its own value': identity('pow 0 2, sqrt 2', 3, 0, { roots: [3] }),
  'a root whose value comes later': identity('pow 1 2, sqrt 2, pow 0 2', 3, 1, { roots: [4] }),
  'a root whose value contains it': identity('pow 1 2, sqrt 2, pow 3 1', 4, 1, { roots: [4] }),
  'two roots that name each other': identity('pow 1 2, sqrt 2, sqrt 2', 3, 4, { roots: [4, 3] }),
  'sqrt(y^2) = −y': identity('pow 1 2, neg 1, sqrt 2', 4, 3, { roots: [3] }),
  'sqrt(x^2) = −x': identity('pow 0 2, neg 0, sqrt 2', 4, 3, { roots: [3] }),
  'sqrt(x^2) = 0 - x': identity('pow 0 2, const 0, sub 3 0, sqrt 2', 5, 4, { roots: [4] }),
  'sqrt(x^2 y^2) = x y': identity('mul 0 1, pow 2 2, sqrt 3', 4, 2, { roots: [2] }),
  'sqrt(y^2 x^2) = y x': identity('mul 1 0, pow 2 2, sqrt 3', 4, 2, { roots: [2] }),
  'sqrt((x + y)^2) = x + y': identity('add 0 1, pow 2 2, sqrt 3', 4, 2, { roots: [2] }),
  'sqrt((y + x)^2) = y + x': identity('add 1 0, pow 2 2, sqrt 3', 4, 2, { roots: [2] }),
  'sqrt((x/y)^2) = x/y': identity('div 0 1, pow 2 2, sqrt 3', 4, 2, { roots: [2] }),
  'sqrt((y/x)^2) = y/x': identity('div 1 0, pow 2 2, sqrt 3', 4, 2, { roots: [2] }),
  'sqrt(y^6) = y^3': identity('pow 1 3, pow 2 2, sqrt 3', 4, 2, { roots: [2] }),
  'sqrt(1) = −1': identity('const 1, const -1, sqrt 2', 4, 3, { roots: [3] }),
  'sqrt(x^2) = 0': identity('pow 0 2, const 0, sqrt 2', 4, 3, { roots: [3] }),
  'sqrt(x) = x': identity('sqrt 0', 2, 0, { roots: [0] }),
  'sqrt(4) = 1': identity('const 4, const 1, sqrt 2', 4, 3, { roots: [3] }),
  'sqrt(max(−1, y)^2) = y': identity('const -1, max 2 1, pow 3 2, sqrt 4', 5, 1, { roots: [3], branch: [0] }),
  'sqrt(min(x, y)^2) = y': identity('min 0 1, pow 2 2, sqrt 3', 4, 1, { roots: [2], branch: [0] }),
  'a root of −1': identity('const -1, const 1, sqrt 2', 4, 3, { roots: [3] }),
  'a root that nothing uses has another value': identity('pow 0 2, pow 1 2, sqrt 2', 0, 0, { roots: [3] }),
  'a radicand that is not the square': identity('pow 0 2, const 1, add 2 3, sqrt 4', 5, 0, { roots: [0] }),
  'roots out of order': identity('pow 0 2, pow 0 4, sqrt 2, sqrt 3', 4, 0, { roots: [2, 0] }),
  'no value of a root': identity('pow 0 2, sqrt 2', 3, 0),
  'one value too few': identity('pow 0 2, sqrt 2, sqrt 2', 3, 4, { roots: [0] }),
  'one value too many': identity('pow 0 2, sqrt 2', 3, 0, { roots: [0, 0] }),
}

const domains: Record<string, Loose> = {
  'a division by 0': identity('const 0, div 0 2', 0, 0),
  'a division by x − x': identity('sub 0 0, div 1 2', 1, 1),
  'a logarithm of y': identity('neg 0', 0, 0, { logs: [1] }),
  'a logarithm of −x': identity('neg 0', 0, 0, { logs: [2] }),
  'a logarithm of 0': identity('const 0', 0, 0, { logs: [2] }),
  'a logarithm of (x − x)^2': identity('sub 0 0, pow 2 2', 0, 0, { logs: [3] }),
  'the second logarithm does not exist': identity('neg 0', 0, 0, { logs: [0, 1] }),
  'an exponential': identity('exp 0', 2, 2),
  'a logarithm': identity('log 0', 2, 2),
}
const sizes: Record<string, Loose> = {
  ...towers(1),
  'the degree of a denominator': identity(
    `const 1, div 2 0, pow 3 1024, pow 4 1024, pow 5 1024, pow 6 1024, pow 7 1024, pow 8 1024, pow 9 1024, pow 10 1024, pow 11 1024, pow 12 1024`,
    13,
    13,
  ),
}

export const badProofs: readonly Bad[] = [
  ...from('every identity holds', identities),
  ...from('the branch is named and taken', kinks),
  ...from('a root has the value that is stated', roots),
  ...from('both sides exist', domains),
  ...from('the chance of an error is bounded', sizes),
]
