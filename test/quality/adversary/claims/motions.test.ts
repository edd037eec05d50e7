/** Verdicts on planted claims about runs of flows. */
import { checkAll } from './check.ts'
import { motions } from './motions.ts'

checkAll(motions)
