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
  type Op,
  type Program,
  type Trace,
} from './program/program.ts'
export { run } from './program/run.ts'
export { grad } from './program/grad.ts'
export { jacobian } from './program/jacobian.ts'
export { compile, type Compiled } from './program/compile.ts'
export { formulaProgram, parseFormula, type Formula } from './program/formula.ts'
export type { Scope, Value } from './program/indices.ts'
export { tex, text } from './program/print.ts'
export { NotExact, Undefined } from './number/conventions.ts'
export type { NumberField, Sign } from './number/field.ts'
export { float64 } from './number/float64.ts'
export { rational, type Rational } from './number/rational.ts'
export { decimal } from './number/decimal.ts'
export { contains, endpoints, interval, type Interval } from './number/interval.ts'
export { describe, wiring, type Architecture, type Layer } from './net/architecture.ts'
export { network } from './net/network.ts'
export { order } from './net/order.ts'
export { clockedField, type Clock, type ClockedField, type GradientFlow } from './flow/clock.ts'
export { denseOutput, integrate, type Solution } from './flow/integrate.ts'
export { longRun, type LongRun, type LongRunOptions } from './flow/longrun.ts'
export { point, type Dataset, type Point } from './data/dataset.ts'
export { parseCsv, parseJson, printCsv, printJson } from './data/codec.ts'
export { checkWitness, separate, type Separability } from './data/separability.ts'
export {
  claim,
  isClaim,
  type Assumption,
  type Claim,
  type ClaimDefinition,
  type Flaw,
} from './claim/claim.ts'
export { section, type Paper, type Section, type Statement } from './claim/paper.ts'
export { seeded, type Random } from './claim/random.ts'
export type { Assumed, Chart, Coverage, Setting, SymbolEntry } from './claim/setting.ts'
export type { Box, Counterexample, Status, Verdict } from './claim/verdict.ts'
export { setting, type SettingDefinition } from './setting/setting.ts'
export {
  asymptotics,
  dynamics,
  free,
  integrals,
  paths,
  reparameterization,
  sequence,
  sums,
  trajectory,
} from './setting/former.ts'
export { nets, objective, type Model } from './model/model.ts'
export { crossEntropy, exponential, logistic, squared } from './model/loss.ts'
export {
  ewn,
  parameterization,
  swn,
  unnorm,
  type FunctionKind,
  type Parameterization,
} from './model/parameterization.ts'
export { everyMoment, everywhere, inTheLimit, type Horizon, type Moment } from './motion/moment.ts'
export {
  anySequence,
  gradientDescent,
  gradientFlow,
  next,
  velocity,
  type Batch,
  type Rule,
  type RuleOptions,
  type Time,
} from './motion/rule.ts'
export type { Aim, Draft } from './claim/draft.ts'
export { only, type Population, type Start } from './setting/point/population.ts'
export { identically } from './setting/point/identically.ts'
export type { PointCase } from './setting/point/case.ts'
export { draws, generic } from './setting/limit/generic.ts'
export {
  butForBiases,
  continuous,
  etaConstant,
  etaOne,
  expOrCe,
  expOrSquared,
  gammaPositive,
  homogeneous,
  labelsPositive,
  lossCe,
  lossExp,
  lossIs,
  noBiases,
  onePoint,
  smooth,
  unitStart,
  unitV,
  zPositive,
  type DynamicsAssumption,
} from './setting/assumptions.ts'
export { near } from './setting/draw.ts'
export { unitVectors } from './setting/unit.ts'
export type { Exact, Kind } from './setting/point/kinds.ts'
export { claimsOf } from './report/order.ts'
export { verify, type Answer } from './certify/verify.ts'
export { bytesOf, type Certificate, type Proof, type Refutation } from './certify/certificate.ts'
export { cases, casesOf } from './hunt/arbitrary.ts'
export { proofOf, refutationOf, type Checker } from './hunt/certify.ts'
export { boxAround } from './hunt/box.ts'
export { simplest, type ShrinkOptions } from './hunt/shrink.ts'
export { check, type CheckOptions } from './hunt/check.ts'
export { drop, type Drop, type DropOptions } from './hunt/drop.ts'
export {
  hunt,
  type Find,
  type HuntOptions,
  type HuntResult,
  type NearMiss,
  type Progress,
  type StrategyReport,
} from './hunt/hunt.ts'
export type { Strategy } from './hunt/strategy.ts'
export { judgeOf, type Judge, type Judgement } from './hunt/judge.ts'
export { search, type SearchOptions, type SearchResult } from './hunt/search.ts'
