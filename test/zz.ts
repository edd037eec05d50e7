import { check, claim, free, dynamics } from '../src/index.ts'
import { prove } from '../src/hunt/prove.ts'
const reals = free({ variables: { x: 'real', y: 'real', z: 'positive' } })
const mk = (shows: string, given: any = reals) => claim({ id: 'p', section: '0', source: 's', says: 'x', given, shows, wrong: {} })
for (const s of ['abs(x^2 - 1000) == abs(1000 - x^2)', 'sqrt(2) + sqrt(3) - sqrt(5 + 2*sqrt(6)) == 0']) { const v = check(mk(s)); console.log(s, v.verdict, v.evidence.summary) }
const swn = dynamics({ normalization: 'swn' })
const p = prove(mk('norm(w_u)^2 == gamma_u^2', swn), { seed: 1, casesPerStructure: 3 }); console.log(p.structures, p.gap?.reason)
