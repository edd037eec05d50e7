/** Verdicts on planted claims about choices put together. */
import { checkAll } from './check.ts'
import { choices } from './choices.ts'

checkAll(choices)
