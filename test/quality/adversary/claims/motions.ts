/** Planted claims on runs of flows of one's own: what moves, when it is looked at, and how it starts. */
import { planted, type Library, type Planted, type Shared } from './planted.ts'

/** x' = −k x, x(0) > 0. */
const decay: Shared = {
  given: (lib) =>
    lib.setting({
      rule: lib.velocity({ x: '-k*x' }),
      moment: lib.everyMoment({ t: ['1/4', '1'] }),
      variables: { x: 'positive', k: 'positive' },
    }) as never,
  cases: 12,
}
/** u'' = −u' − u, with u'(0) = 2 u(0). */
const damped: Shared = {
  given: (lib) =>
    lib.setting({
      rule: lib.velocity({ p: '-p - u', u: 'p' }, { state: { p: '2*u' } }),
      moment: lib.everyMoment({ t: '1' }),
      variables: { u: 'positive' },
    }) as never,
  cases: 12,
}
/** x' = −2 t x, which is e^{−t²}. */
const timed: Shared = {
  given: (lib) =>
    lib.setting({
      rule: lib.velocity({ x: '-2*t*x' }),
      moment: lib.everyMoment({ t: '1' }),
      variables: { x: 'positive' },
    }) as never,
  cases: 12,
}
const squared = (rate?: string | readonly [string, ...string[]]): Shared => ({
  given: (lib) =>
    lib.setting({
      model: lib.nets({ loss: lib.squared }),
      rule: lib.gradientFlow(rate === undefined ? {} : { rate }),
      moment: lib.everyMoment({ t: ['1/8', '1/4'] }),
    }) as never,
  cases: 12,
})
const objective = (lib: Library) => lib.objective({ w: 'vector' }, '(dot(w, x) - y)^2/2')
/** w = p² − n², entry by entry. */
const squares: Shared = {
  given: (lib) =>
    lib.setting({
      model: objective(lib),
      weights: lib.parameterization({ parameters: { p: 'vector', n: 'vector' }, w: 'p.^2 - n.^2' }),
      rule: lib.gradientFlow({ rate: '1' }),
      moment: lib.everyMoment({ t: '1/64' }),
      variables: { x: 'vector', y: 'real' },
    }) as never,
  cases: 12,
}
/** A weight of a form of its own, followed in its parameters. */
const radial: Shared = {
  given: (lib) =>
    lib.setting({
      model: lib.nets({ loss: lib.exponential }),
      weights: lib.parameterization({
        parameters: { beta_u: 'real', v_u: 'vector' },
        w_u: 'exp(beta_u)*v_u/norm(v_u)',
      }),
      rule: lib.gradientFlow({ rate: '1' }),
      moment: lib.everyMoment({ t: '1/8' }),
    }) as never,
  cases: 8,
}
const clocked: Shared = {
  given: (lib) =>
    lib.setting({
      model: lib.nets({ loss: lib.exponential }),
      weights: lib.ewn,
      rule: lib.gradientFlow(),
      moment: lib.everyMoment(),
    }) as never,
  cases: 8,
}
const close = (a: string, b: string): string => `abs(${a} - ${b}) <= 10^(-9)`

/** A velocity of which a part cancels that need not exist. */
const cancelling: Shared = {
  given: (lib) =>
    lib.setting({
      rule: lib.velocity({ x: '1 + 0*log(x - 2)' }),
      moment: lib.everyMoment({ t: '1' }),
      variables: { x: 'real' },
    }) as never,
  cases: 12,
}

export const motions: readonly Planted[] = [
  ...planted(
    'flow',
    'undefined side',
    {
      given: (lib) =>
        lib.setting({
          rule: lib.velocity({ x: '1 + k*log(x - 2)' }),
          moment: lib.everyMoment({ t: '1' }),
          variables: { x: 'real', k: 'real' },
          population: { name: 'k = 0, x = 1', draw: () => ({ values: { k: '0', x: '1' } }) },
        }) as never,
      cases: 4,
    },
    { no: [['cancelled-by-value', 'x > x(t_0)', 'k = 0, x = 1: log(−1) does not exist']] },
  ),
  ...planted(
    'flow',
    'undefined side',
    {
      given: (lib) =>
        lib.setting({
          rule: lib.velocity({ p: '-p', u: 'p' }, { state: { p: 'u + ddt(u)' } }),
          moment: lib.everyMoment({ t: '1' }),
          variables: { u: 'positive' },
        }) as never,
      cases: 4,
    },
    { no: [['state-of-derivative', 'p(t_0) == u(t_0)', 'u′ is p, not 0, and has no value before p has']] },
  ),
  ...planted('flow', 'undefined side', cancelling, {
    no: [
      ['cancelled-log', 'x > x(t_0)', 'x = 1: log(−1) does not exist'],
      ['cancelled-log-time', 't > 0', 'x = 1: there is no such flow'],
    ],
  }),
  ...planted('flow', 'meaning', decay, {
    no: [
      ['twice-the-rate', close('x', 'x(t_0)*exp(-2*k*t)'), 'x = e^{−kt} x(0)'],
      ['rises', 'x >= x(t_0)', 'it falls'],
      ['stands-still', 'x == x(t_0)', 'it falls'],
      ['time-of-start', 't == t_0', 't > 0'],
      ['half-the-time', 't <= 1/2', 't = 1'],
      ['derivative', 'ddt(x) >= 0', 'it falls'],
    ],
    yes: [
      ['twice-the-rate', close('x', 'x(t_0)*exp(-k*t)'), 'x = e^{−kt} x(0)', { decided: true }],
      ['half-the-time', '0 < t <= 1', 'up to the horizon', { decided: true }],
      ['derivative', close('ddt(log(x))', '(-k)'), 'x′/x = −k', { decided: true }],
    ],
  }),
  ...planted('flow', 'unknown value', damped, {
    no: [
      ['state-at-start', 'p(t_0) == 0', 'it starts at 2u'],
      ['any-state', 'p == 2*u', 'at the start only'],
      ['grows', 'p^2 + u^2 >= p(t_0)^2 + u(t_0)^2', 'the energy falls'],
    ],
    yes: [
      ['state-at-start', 'p(t_0) == 2*u(t_0)', 'as the rule says', { decided: true }],
      ['grows', 'p^2 + u^2 < p(t_0)^2 + u(t_0)^2', 'its derivative is −2p²', { decided: true }],
    ],
  }),
  ...planted('flow', 'meaning', timed, {
    no: [
      ['frozen-time', close('x', 'x(t_0)'), 'the rate grows from 0'],
      ['time-squared', close('x', 'x(t_0)*exp(-2*t^2)'), 'e^{−t²}'],
      ['rate-at-end', close('x', 'x(t_0)*exp(-2*t*t)'), 'e^{−t²}'],
    ],
    yes: [['time-squared', close('x', 'x(t_0)*exp(-t^2)'), 'e^{−t²}', { decided: true }]],
  }),
  ...planted('flow', 'meaning', squared(['1', '1/(1 + t)']), {
    no: [
      ['rate-is-one', 'eta == 1', 'one of the rates falls'],
      ['loss-rises', 'L >= L(t_0)', 'it falls'],
    ],
    yes: [['loss-rises', 'L <= L(t_0)', 'it falls']],
  }),
  ...planted('flow', 'quiet', squared(), {
    no: [
      ['halves', 'L <= L(t_0)/2', 'not in so short a time'],
      ['norm-falls', 'norm(w) <= norm(w(t_0))', 'it may grow'],
    ],
    yes: [['halves', 'L <= L(t_0)', 'it falls']],
  }),
  ...planted('flow', 'meaning', squares, {
    no: [
      ['each-square', close('p[a]^2', 'at(p[a]^2, t_0)'), 'p moves'],
      ['difference', close('w[a]', 'at(w[a], t_0)'), 'w moves'],
    ],
    yes: [['each-square', close('p[a]*n[a]', 'at(p[a]*n[a], t_0)'), 'p n is conserved']],
  }),
  ...planted('flow', 'meaning', radial, {
    no: [
      ['radius-grows', 'beta_u >= beta_u(t_0)', 'some node shrinks'],
      ['direction-stays', 'dot(v_u, v_u(t_0)) >= norm(v_u(t_0))^2', 'v turns'],
    ],
    yes: [['direction-stays', close('norm(v_u)', 'norm(v_u(t_0))'), '‖v‖ is conserved']],
  }),
  ...planted('flow', 'unknown value', clocked, {
    no: [
      ['one-rate', 'eta == 1', 'η is any positive number'],
      ['time-at-least-1', 't >= 1', 'some runs are shorter'],
    ],
    yes: [
      ['one-rate', 'eta > 0', 'η is positive', { decided: true }],
      ['time-at-least-1', 't > 0', 'the moment is later'],
    ],
  }),
]
