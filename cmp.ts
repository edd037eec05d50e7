import * as P from './properties/index.ts'
import { check } from './src/hunt/check.ts'
import { claimsOf } from './src/report/order.ts'
import { setting } from './src/setting/setting.ts'
import { nets } from './src/model/model.ts'
import { ewn, swn, unnorm } from './src/model/parameterization.ts'
import { gradientFlow, gradientDescent } from './src/motion/rule.ts'
const W: any = { ewn, swn, unnorm }
const ids = process.argv.slice(2)
for (const c of claimsOf(P) as any[]) {
  if (!W[c.given.name]) continue
  if (ids.length && !ids.includes(c.id)) continue
  if (/prop-5|prop-6|new-finite|new-balance|v-norm|new-margin|grad-|hom-/.test(c.id) && !ids.length) { }
  const texts = [...c.shows, ...Object.values(c.wrong).flat()].map((f: any) => f.source).join(' ') + c.assume.map((a: any) => a.formula ?? '').join(' ')
  const showsText = c.shows.map((f: any) => f.source).join(' ')
  const flow = /ddt/.test(showsText), steps = /\(t ?\+ ?1\)/.test(showsText)
  const rule = flow ? gradientFlow() : steps ? gradientDescent() : undefined
  const wrong = Object.fromEntries(Object.entries(c.wrong).filter(([_, fs]: any) => !fs.some((f: any) => (flow && /\(t ?\+ ?1\)/.test(f.source)) || (!flow && /ddt/.test(f.source)) || (!steps && /\(t ?\+ ?1\)/.test(f.source)))))
  const variables = /lambda/.test(texts) ? { lambda: 'positive' as const } : {}
  try {
    const given = setting({ model: nets(), weights: W[c.given.name], ...(rule && { rule }), variables } as any)
    const t0 = performance.now(); const old = check(c); const t1 = performance.now()
    const fresh = check({ ...c, given, wrong }); const t2 = performance.now()
    const surv = (v: any) => v.evidence.variants.filter((x: any) => !x.refuted && !x.implied).map((x: any) => x.name)
    console.log(c.id, old.verdict, old.cases, '→', fresh.verdict, fresh.cases, fresh.verdict !== old.verdict ? fresh.evidence.summary : '', JSON.stringify(old.evidence.identity?.degree), JSON.stringify(fresh.evidence.identity?.degree), surv(fresh).join('; '), ((t1 - t0) / 1000).toFixed(1), ((t2 - t1) / 1000).toFixed(1))
  } catch (e: any) { console.log(c.id, 'ERROR', e.message.slice(0, 300), e.stack?.split('\n')[1]) }
}
