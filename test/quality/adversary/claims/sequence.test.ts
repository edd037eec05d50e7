/** Verdicts on planted claims about finite sequences and reparameterisations. */
import { checkAll } from './check.ts'
import { sequence } from './sequence.ts'

checkAll(sequence)
