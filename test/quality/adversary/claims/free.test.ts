/** Verdicts on planted claims about free numbers and vectors. */
import { checkAll } from './check.ts'
import { free } from './free.ts'

checkAll(free)
