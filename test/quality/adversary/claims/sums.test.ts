/** Verdicts on planted claims about infinite sequences. */
import { checkAll } from './check.ts'
import { infinite } from './sums.ts'

checkAll(infinite)
