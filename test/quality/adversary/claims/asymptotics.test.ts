/** Verdicts on planted claims about long runs. */
import { checkAll } from './check.ts'
import { asymptotics } from './asymptotics.ts'

checkAll(asymptotics)
