/** Verdicts on planted claims about slow growth and orders. */
import { checkAll } from './check.ts'
import { growth } from './growth.ts'

checkAll(growth)
