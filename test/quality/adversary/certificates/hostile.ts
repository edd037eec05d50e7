/** Hostile: files that aim at the time and the memory of a checker. */
import type { Bad } from './bad-shape.ts'
import { between, chain, holding, identity, motion } from './good.ts'
import { bytes, file, type Loose } from './sealed.ts'

const plain = new TextDecoder().decode(file(between('>=', '0')))
const inside = (json: string): Uint8Array => bytes(plain.replace('"at":[]', `"at":${json}`))
const towers = (n: number): string => Array.from({ length: n }, (_, i) => `pow ${i} 1024`).join(', ')
/** n operations on two numbers before. */
const products = (op: string, n: number, from = 1): string =>
  Array.from({ length: n }, (_, i) => `${op} ${i + from} ${i + from}`).join(', ')
const digits = '9'.repeat(1000)

const contents: Record<string, Loose> = {
  'a tower of powers in rationals': holding({ x: '3/2' }, `input 0, ${towers(50)}`, '0 > 50'),
  'a tower of powers in intervals': holding(
    { x: '2' },
    `input 0, sqrt 0, pow 1 2, ${towers(50).replaceAll(/pow (\d+)/g, (_, i: string) => `pow ${Number(i) + 2}`)}`,
    '0 > 50',
  ),
  'a tower of exponentials': holding({ x: '9' }, `input 0, ${chain('exp', 50)}`, '0 > 50'),
  'a tower of squares in rationals': holding(
    { x: digits },
    `input 0, input 0, ${products('mul', 8000)}`,
    '0 > 50',
  ),
  'a sum of fractions that grow': holding(
    { x: `1/${digits}` },
    `input 0, const 1/3, ${Array.from({ length: 8000 }, (_, i) => `add ${i} ${i + 1}`).join(', ')}`,
    '0 > 8000',
  ),
  'quotients of long fractions': holding(
    { x: `${digits.slice(0, 499)}/${digits.slice(0, 500)}` },
    `input 0, const 7/3, ${Array.from({ length: 8000 }, (_, i) => `div ${i} ${i + 1}`).join(', ')}`,
    '0 > 8000',
  ),
  'a motion of 10^6 steps': motion(
    'mul 0 1',
    '1',
    Array.from({ length: 1_000_000 }, () => '1'),
    ['0', '1'],
  ),
  'a motion of 10^5 steps': motion(
    'mul 0 1',
    '1',
    Array.from({ length: 100_000 }, () => '1/1000000'),
    ['0', '1'],
  ),
  'a motion of 8000 operations and order 60': motion(chain('neg', 8000), '1', ['1'], ['0', '1'], 60),
  'a degree of 2^10000': identity(towers(1000), 3, 3),
  'degrees by products': identity(products('mul', 8000), 3, 3),
  'degrees by sums of quotients': identity(`div 0 1, ${products('add', 8000, 2)}`, 3, 4),
  'a number of 10^6 digits': between('<', '1'.repeat(1_000_000)),
  'a constant of 10^6 digits': holding({ x: '1' }, `input 0, const ${'1'.repeat(1_000_000)}`, '0 < 1'),
  '10^5 operations in one program': holding({ x: '1' }, `input 0, ${chain('neg', 100_000)}`, '0 > 1'),
}
const many = (op: string, n: number): string => `[${Array.from({ length: n }, () => op).join(',')}]`
const raws: Record<string, Uint8Array> = {
  '10^5 brackets': inside(`${'['.repeat(100_000)}${']'.repeat(100_000)}`),
  '10^6 brackets': inside(`${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`),
  '10^7 open brackets': bytes('['.repeat(9_999_999)),
  '10^6 nested objects': inside(`${'{"a":'.repeat(1_000_000)}0${'}'.repeat(1_000_000)}`),
  '10^6 operations': bytes(plain.replace(/"ops":\[.*?\]\]/, `"ops":${many('["add",0,0]', 1_000_000)}`)),
  '10^6 short operations': bytes(plain.replace(/"ops":\[.*?\]\]/, `"ops":${many('["neg",0]', 990_000)}`)),
  '10^6 outputs': bytes(plain.replace('"outputs":[0,1]', `"outputs":${many('0', 1_000_000)}`)),
  '10^6 keys': inside(`{${Array.from({ length: 600_000 }, (_, i) => `"${i}":0`).join(',')}}`),
  'a text of 10^7 characters': bytes(plain.replace('what it says', 'x'.repeat(9_000_000))),
  '10^7 spaces': bytes(`${plain}${' '.repeat(12_000_000)}`),
  'a text of 5·10^6 backslashes': bytes(plain.replace('what it says', '\\'.repeat(4_000_001))),
  'the exponent 10^9 as an integer': bytes(plain.replace('["const","1/2"]', '["pow",0,1000000000]')),
  'the exponent 1e9': bytes(plain.replace('"1/2"', '"1e1000000000"')),
  'an integer of 10^6 digits': inside(`[["j",${'9'.repeat(1_000_000)}]]`),
}

/** They are rejected, and within a second. */
export const hostile: readonly Bad[] = [
  ...Object.entries(contents).map(([name, content]) => ({ name, aim: 'time', bytes: file(content) })),
  ...Object.entries(raws).map(([name, raw]) => ({ name, aim: 'time', bytes: raw })),
]
