/** All planted claims. */
import { asymptotics } from './asymptotics.ts'
import { chosen } from './chosen.ts'
import { dynamics } from './dynamics.ts'
import { free } from './free.ts'
import type { Planted } from './planted.ts'
import { sequence } from './sequence.ts'
import { sumsAndPaths } from './sums.ts'

export const PLANTED: readonly Planted[] = [
  ...free,
  ...chosen,
  ...sequence,
  ...dynamics,
  ...asymptotics,
  ...sumsAndPaths,
]
