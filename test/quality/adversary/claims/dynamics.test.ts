/** Verdicts on planted claims about training problems. */
import { checkAll } from './check.ts'
import { dynamics } from './dynamics.ts'

checkAll(dynamics)
