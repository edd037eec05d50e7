import { claim } from './src/claim/claim.ts'
import { check } from './src/hunt/check.ts'
import { nets, objective } from './src/model/model.ts'
import { ewn, parameterization } from './src/model/parameterization.ts'
import { gradientFlow, gradientDescent, next, velocity } from './src/motion/rule.ts'
import { setting } from './src/setting/setting.ts'
import { unitVectors } from './src/setting/unit.ts'
const base = { section: '1', source: 't', says: 't' }
const positive = { id: 'w>0', says: 'w has positive entries', formula: 'min(w) > 0', aim: (d: any) => d.set({ w: 'abs(w)' }) }
const mirror = setting({ model: objective({ w: 'vector' }, '(dot(w, x) - y)^2/2'), rule: velocity({ w: '-w.*g' }), variables: { x: 'vector', y: 'real' } })
const squares = parameterization({ parameters: { p: 'vector', n: 'vector' }, w: 'p.^2 - n.^2' })
const pn = setting({ model: objective({ w: 'vector' }, '(dot(w, x) - y)^2/2'), weights: squares, rule: gradientFlow(), variables: { x: 'vector', y: 'real' } })
const sign = setting({ model: nets(), rule: next({ w_u: 'w_u - eta*sign(g_u)' }) })
const signM = setting({ model: nets(), rule: next({ m_u: 'b*m_u + (1-b)*g_u', w_u: 'w_u - eta*sign(m_u(t+1))' }, { state: { m_u: '0*w_u' } }), variables: { b: 'fraction' } })
const heavy = setting({ model: nets(), rule: next({ p_u: 'b*p_u - eta*g_u', w_u: 'w_u + p_u(t+1)' }, { state: { p_u: '0*w_u' } }), variables: { b: 'fraction' } })
const decay = setting({ model: nets(), weights: ewn, rule: next({ theta: 'theta - eta*(batch(grad(L, theta)) + lambda*theta)' }, { batch: { size: 1, order: 'shuffled' } }), variables: { lambda: 'positive' } })
const uv = setting({ rule: next({ u: 'u - h*u*v^2', v: 'v - h*v*u^2' }), variables: { u: 'real', v: 'real', h: 'positive' } })
const radial = parameterization({ parameters: { alpha: 'real', v: 'vector' }, functions: { f: { of: 'alpha', among: ['exp(alpha)', 'exp(-alpha)', '-exp(alpha)', 'alpha', 'alpha^2', '1 + exp(alpha)'] } }, w: 'f(alpha)*v/norm(v)' })
const iso = setting({ model: objective({ w: 'vector' }, 'dot(w, c)'), weights: radial, rule: gradientFlow(), variables: { c: 'vector' } })
const freeV = setting({ variables: { a: 'vector', b: 'vector', phi: 'angle' } })
const tests: [string, any][] = [
  ['mirror dual', { given: mirror, assume: [positive], shows: 'ddt(log(w[a])/x[a] - log(w[b])/x[b]) == 0' }],
  ['mirror dual -g', { given: mirror, assume: [positive], shows: 'ddt(log(w[a])) == -g[a]' }],
  ['mirror false', { given: mirror, assume: [positive], shows: 'ddt(log(w[a])) == -2*g[a]' }],
  ['pn conserved', { given: pn, assume: [], shows: 'ddt(p[a]*n[a]) == 0' }],
  ['pn velocity', { given: pn, assume: [], shows: 'ddt(w) == -4*eta*sqrt(w.^2 + 4*(p.*n).^2).*g' }],
  ['pn false', { given: pn, assume: [], shows: 'ddt(p[a]/n[a]) == 0' }],
  ['sign step', { given: sign, assume: [], shows: 'max(abs(w_u(t+1) - w_u)) <= eta' }],
  ['sign step false', { given: sign, assume: [], shows: 'max(abs(w_u(t+1) - w_u)) <= eta/2' }],
  ['sign momentum', { given: signM, assume: [], shows: 'max(abs(w_u(t+1) - w_u)) <= eta' }],
  ['heavy', { given: heavy, assume: [], shows: 'w_u(t+1) == w_u + b*p_u - eta*g_u' }],
  ['heavy false', { given: heavy, assume: [], shows: 'w_u(t+1) == w_u - b*p_u - eta*g_u' }],
  ['decay', { given: decay, assume: [], shows: 'alpha_u(t+1) == (1 - eta*lambda)*alpha_u - eta*batch(grad(L, alpha_u))' }],
  ['decay whole', { given: decay, assume: [], shows: 'alpha_u(t+1) == (1 - eta*lambda)*alpha_u - eta*grad(L, alpha_u)' }],
  ['uv', { given: uv, assume: [], shows: 'abs(u(t+1)^2 - v(t+1)^2) <= abs(u^2 - v^2)' }],
  ['uv exact', { given: uv, assume: [], shows: 'u(t+1)^2 - v(t+1)^2 == (1 - h^2*u^2*v^2)*(u^2 - v^2)' }],
  ['iso', { given: iso, assume: [unitVectors('v')], shows: 'ddt(w) == -eta*(f(alpha)^2*c + (fprime(alpha)^2 - f(alpha)^2)*dot(c, v)*v)/1' }],
  ['iso2', { given: iso, assume: [unitVectors('v')], shows: 'ddt(w) == -eta*(c + (fprime(alpha)^2 - 1)*dot(c, v)*v)' }],
  ['cs', { given: freeV, assume: [unitVectors('a', 'b')], shows: 'dot(a, b) <= 1' }],
  ['cs eq', { given: freeV, assume: [unitVectors('a')], shows: 'norm(perp(a, b))^2 + dot(a, b)^2 == norm(b)^2' }],
]
const only = process.argv.slice(2)
for (const [name, d] of tests) {
  if (only.length && !only.some((o) => name.startsWith(o))) continue
  const t = performance.now()
  try {
    const v = check(claim({ ...base, id: 'x', wrong: {}, ...d }) as any, { cases: 60 })
    console.log(name, v.verdict, v.evidence.summary.slice(0, 200), ((performance.now() - t) / 1000).toFixed(1))
  } catch (e: any) { console.log(name, 'ERROR', e.message.slice(0, 200), e.stack.split('\n').slice(1, 4).join(' | ')) }
}
