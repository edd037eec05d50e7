/** lakatos: proofs and refutations for the theory of deep learning. */
export type { Field } from './program/field.ts'
export { parseRatio, printRatio, type Ratio } from './program/constant.ts'
export {
  newTrace,
  parseProgram,
  select,
  size,
  trace,
  type Expr,
  type Program,
  type Trace,
} from './program/program.ts'
export { run } from './program/run.ts'
export { grad } from './program/grad.ts'
export { formulaProgram, parseFormula, type Formula } from './program/formula.ts'
export { tex, text } from './program/print.ts'
export { claim, isClaim, type Assumption, type Claim, type ClaimDefinition } from './claim/claim.ts'
export type { Chart, Setting } from './claim/setting.ts'
export type { Counterexample, Status, Verdict } from './claim/verdict.ts'
export { dynamics, type DynamicsOptions } from './setting/dynamics.ts'
export type { DynamicsCase } from './setting/case.ts'
export { free, type FreeOptions } from './setting/free.ts'
export { isotropic, reparameterization } from './setting/reparameterization.ts'
export { near } from './setting/draw.ts'
export type { Probe } from './setting/probe.ts'
export type { Values } from './setting/variables.ts'
export { seeded, type Random } from './claim/random.ts'
export { etaOne, homogeneous, lossCe, lossExp, smooth, unitV } from './setting/assumptions.ts'
export { cases, casesOf } from './hunt/arbitrary.ts'
export { check, type CheckOptions } from './hunt/check.ts'
export { search } from './hunt/search.ts'
export { drop, type Drop } from './hunt/drop.ts'
