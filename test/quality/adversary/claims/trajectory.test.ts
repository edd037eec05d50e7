/** Verdicts on planted claims about trajectories. */
import { checkAll } from './check.ts'
import { trajectory } from './trajectory.ts'

checkAll(trajectory)
