/** Verdicts on planted claims about roots. */
import { checkAll } from './check.ts'
import { rootClaims } from './roots.ts'

checkAll(rootClaims)
