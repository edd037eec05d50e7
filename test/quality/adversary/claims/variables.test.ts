/** Verdicts on planted claims about free variables. */
import { checkAll } from './check.ts'
import { variables } from './variables.ts'

checkAll(variables)
