/** Outputs of a net at weights and a point of the author's own: Φ_j(w, x) and its gradient in the weights. */
import { wiring, type Architecture } from '../../net/architecture.ts'
import { network } from '../../net/network.ts'
import type { Value } from '../../program/indices.ts'
import { grad } from '../../program/grad.ts'
import { newTrace, type Expr, type Program, type Trace } from '../../program/program.ts'
import { run } from '../../program/run.ts'

const programs = new Map<string, Program>()

/** One output of a net as a Program of all weights and of x, or its gradient in the trained weights. */
function outputProgram(net: Architecture, output: number, gradient: boolean): Program {
  const key = JSON.stringify([net, output, gradient])
  const known = programs.get(key)
  if (known) return known
  const { nodes } = wiring(net)
  const t = newTrace()
  const names = nodes.map(({ fanIn }, u) => Array.from({ length: fanIn }, (_, i) => `w_${u + 1}_${i + 1}`))
  const w = names.map((node) => node.map((name) => t.input(name)))
  const x = Array.from({ length: net.inputs }, (_, i) => t.input(`x_${i + 1}`))
  const value = t.program([network(t, net, w, x)[output]!])
  const program = gradient
    ? grad(
        value,
        names.flatMap((node, u) => (nodes[u]!.frozen ? [] : node)),
      )
    : value
  programs.set(key, program)
  return program
}

const isVector = (value: Value | undefined, length: number): value is readonly Expr[] =>
  Array.isArray(value) && value.length === length

/** `Phi_j(w, x)` and `gradPhi_j(w, x)` at all trained weights in a row, frozen ones as in `own`; else `undefined`. */
export function outputAt(
  F: Trace,
  net: Architecture,
  own: readonly (readonly Expr[])[],
  base: string,
  index: readonly number[],
  args: readonly Value[],
): Value | undefined {
  if ((base !== 'Phi' && base !== 'gradPhi') || index.length !== 1) return undefined
  const { nodes, outputs } = wiring(net)
  if (index[0]! >= outputs) return undefined
  const trainedEntries = nodes.reduce((n, { frozen, fanIn }) => (frozen ? n : n + fanIn), 0)
  const [weight, point] = args
  if (args.length !== 2 || !isVector(weight, trainedEntries) || !isVector(point, net.inputs))
    throw new SyntaxError(
      `${base}: expected ${base}_j(w, x) of all ${trainedEntries} trained weights in a row and a point of ${net.inputs} entries`,
    )
  const names = (u: number): string[] => own[u]!.map((_, i) => `w_${u + 1}_${i + 1}`)
  const trained = nodes.flatMap(({ frozen }, u) => (frozen ? [] : names(u)))
  const at = new Map(trained.map((key, i) => [key, weight[i]!]))
  nodes.forEach(({ frozen }, u) => {
    if (frozen) names(u).forEach((key, i) => at.set(key, own[u]![i]!))
  })
  point.forEach((e, i) => at.set(`x_${i + 1}`, e))
  const program = outputProgram(net, index[0]!, base === 'gradPhi')
  const value = run(
    program,
    F,
    program.inputs.map((key) => at.get(key)!),
  )
  return base === 'Phi' ? value[0]! : value
}
