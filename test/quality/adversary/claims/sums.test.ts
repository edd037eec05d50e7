/** Verdicts on planted claims about infinite sequences, integrals and paths. */
import { checkAll } from './check.ts'
import { sumsAndPaths } from './sums.ts'

checkAll(sumsAndPaths)
