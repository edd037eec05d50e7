/** All planted claims. */
import { asymptotics } from './asymptotics.ts'
import { choices } from './choices.ts'
import { chosen } from './chosen.ts'
import { dynamics } from './dynamics.ts'
import { free } from './free.ts'
import { growth } from './growth.ts'
import { integralClaims } from './integrals.ts'
import { motions } from './motions.ts'
import { rootClaims } from './roots.ts'
import { sequence } from './sequence.ts'
import { infinite } from './sums.ts'
import { trajectory } from './trajectory.ts'
import { variables } from './variables.ts'
import type { Planted } from './planted.ts'

export const PLANTED: readonly Planted[] = [
  ...free,
  ...rootClaims,
  ...variables,
  ...chosen,
  ...choices,
  ...sequence,
  ...dynamics,
  ...trajectory,
  ...motions,
  ...asymptotics,
  ...growth,
  ...infinite,
  ...integralClaims,
]
