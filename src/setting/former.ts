/** Names of the first edition, each with one error that says its new form. */

const former =
  (name: string, now: string) =>
  (..._: readonly unknown[]): never => {
    throw new TypeError(`${name}: expected the form of this edition: ${now} (CHANGELOG.md has all names)`)
  }

/** @throws TypeError always: settings of nets are made of four choices. */
export const dynamics: (...options: readonly unknown[]) => never = former(
  'dynamics',
  'setting({ model: nets(), weights: ewn, rule: gradientFlow() }), or gradientDescent() for steps',
)

/** @throws TypeError always: variables alone are a setting without a model. */
export const free: (...options: readonly unknown[]) => never = former(
  'free',
  "setting({ variables: { x: 'real' } }), with unitVectors('v') assumed of unit vectors",
)

/** @throws TypeError always: a reparameterisation is one of an objective. */
export const reparameterization: (...options: readonly unknown[]) => never = former(
  'reparameterization',
  "setting({ model: objective({ w: 'vector' }, 'dot(w, c)'), weights: parameterization({ … }), rule: gradientFlow() })",
)

/** @throws TypeError always: sequences are a rule, and their steps a run. */
export const sequence: (...options: readonly unknown[]) => never = former(
  'sequence',
  "setting({ rule: anySequence({ a: 'real' }), moment: everyMoment({ steps: 3 }) }), with a(t+1), a(r) and sum(r <= t, a(r)) in formulas",
)

/** @throws TypeError always: a trajectory is a flow at every moment. */
export const trajectory: (...options: readonly unknown[]) => never = former(
  'trajectory',
  "setting({ model: nets({ loss: exponential }), weights: ewn, rule: gradientFlow({ rate: '1' }), moment: everyMoment() })",
)

/** @throws TypeError always: long runs are a flow in the limit. */
export const asymptotics: (...options: readonly unknown[]) => never = former(
  'asymptotics',
  "setting({ model: nets({ loss: exponential }), weights: ewn, rule: gradientFlow({ rate: '1' }), moment: inTheLimit() }), with a population where the starts are not generic",
)

/** @throws TypeError always: a sequence is a rule of steps, and sums are written in formulas. */
export const sums: (...options: readonly unknown[]) => never = former(
  'sums',
  "setting({ rule: next({ b: '…' }), moment: inTheLimit({ steps: 1000000 }) }), with sum(r <= t, a(r)) in formulas",
)

/** @throws TypeError always: an integral is one along a flow. */
export const integrals: (...options: readonly unknown[]) => never = former(
  'integrals',
  "setting({ rule: velocity({}), moment: inTheLimit({ t: '1000000' }), variables: { … } }), with integral(e) in formulas",
)

/** @throws TypeError always: another flow from the same start is a function of formulas. */
export const paths: (...options: readonly unknown[]) => never = former(
  'paths',
  "setting({ model: nets(), weights: ewn, rule: gradientFlow({ rate: ['1', 'exp(-t)'] }), moment: everyMoment({ t: ['1/4'] }) }), with path(w_u, velocity) in formulas",
)
