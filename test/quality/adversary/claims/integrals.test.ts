/** Verdicts on planted claims about integrals and paths. */
import { checkAll } from './check.ts'
import { integralClaims } from './integrals.ts'

checkAll(integralClaims)
