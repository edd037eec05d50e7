/** Verdicts on planted claims whose author chooses the sample points. */
import { checkAll } from './check.ts'
import { chosen } from './chosen.ts'

checkAll(chosen)
