/** System: the file of `lakatos flow`, read as a gradient flow; whatever does not fit is refused with its line. */
import { readJson, type Json } from '../data/json.ts'
import { clockedField, type Clock, type GradientFlow } from '../flow/clock.ts'
import { decimalText, fixedConstants } from '../flow/fixed.ts'
import { losses, separating } from '../loss/loss.ts'
import { wiring, type Architecture, type Connection, type Layer, type Wiring } from '../net/architecture.ts'
import { order } from '../net/order.ts'
import { normalizations } from '../normalization/normalization.ts'
import { Undefined } from '../number/conventions.ts'
import { float64 } from '../number/float64.ts'
import { interval } from '../number/interval.ts'
import { parseRatio } from '../program/constant.ts'
import { formulaProgram } from '../program/formula.ts'
import { run } from '../program/run.ts'
import { nearest } from './nearest.ts'

/** How the flow is followed: by Taylor series, by an enclosure, or by the long-run integrator in doubles. */
export type Engine = 'taylor' | 'enclosure' | 'doubles'

/** What a system file asks for. */
export interface SystemFile {
  readonly flow: GradientFlow
  readonly clock: Clock
  /** The clock to reach, an exact literal. */
  readonly until: string
  readonly digits: number
  readonly engine: Engine
}

const CLOCKS: readonly Clock[] = ['t', 'tau', 's']
const DIGITS = { default: 50, least: 16, most: 1000, rigorous: 200 }

/**
 * The system in a JSON text. All its numbers are exact: strings, or JSON integers.
 * @throws SyntaxError `line n: name: expected X, got Y` at the first thing amiss.
 */
export function parseSystem(text: string): SystemFile {
  const json = readRoot(text)
  bound(json, 'the file')
  const root = part(json, 'the file', {
    required: ['net', 'weights', 'data', 'loss', 'normalization', 'clock', 'until'],
    optional: ['digits', 'rate', 'rigorous'],
  })
  const net = netOf(root.get('net')!)
  const layers = weightLists(root.get('weights')!, net)
  const wires = located(root.get('net')!, () => wiring(net))
  const nodes = nodesOf(layers, net, wires)
  const normalization = choice(root.get('normalization')!, 'normalization', Object.keys(normalizations))
  const loss = choice(root.get('loss')!, 'loss', separating)
  checkNodes(root.get('weights')!, layers, wires, nodes, normalization)
  const points = pointsOf(root.get('data')!, net, wires, losses[loss as keyof typeof losses].labels, loss)
  const clock = choice(root.get('clock')!, 'clock', CLOCKS) as Clock
  const rate =
    root.get('rate') && textOf(root.get('rate')!, 'rate', 'a formula of t and L, such as "1/(1+t)"')
  const flow = {
    system: { net, loss, normalization, labels: points.map(({ y }) => y) },
    nodes: nodes.map((vector) => ({ vector })),
    data: points.map(({ x }) => x),
    ...(rate !== undefined && { rate }),
  } as GradientFlow
  const { digits, engine } = precision(root, clock)
  const until = exactText(root.get('until')!, 'until')
  checkStart(root, flow, clock, until, engine)
  return { flow, clock, until, digits, engine }
}

const refuse = ({ line }: Json, name: string, problem: string): never => {
  throw new SyntaxError(`line ${line}: ${name}: ${problem}`)
}

function readRoot(text: string): Json {
  try {
    return readJson(text)
  } catch (error) {
    throw new SyntaxError((error as Error).message.replace(/^data: /, ''), { cause: error })
  }
}

/** What another room refuses, with the line where it stands. */
function located<T>(json: Json, action: () => T): T {
  try {
    return action()
  } catch (error) {
    const known = [SyntaxError, RangeError, Undefined].some((kind) => error instanceof kind)
    if (!known) throw error
    const message = (error as Error).message
    const cut = message.length > MOST_MESSAGE ? `${message.slice(0, MOST_MESSAGE)}…` : message
    throw new SyntaxError(`line ${json.line}: ${cut}`, { cause: error })
  }
}

/** A number of 1000 digits fits into this many characters. */
const MOST_CHARACTERS = 4000
const MOST_EXPONENT = 10_000
const MOST_POWER = 1000
/** Literals of so many digits must not become longer than that by all powers of their formula. */
const [LONG, MOST_DIGITS] = [10, 100_000]
const MOST_MESSAGE = 400
/** Clocks τ and s end here; t, whose logarithm counts, may be larger. */
const MOST_CLOCK = '1e300'

/** Refuses long texts, and exponents and powers that would be long numbers once expanded, before anything is. */
function bound(json: Json, name: string): void {
  if (json.kind === 'list') return json.items.forEach((item) => bound(item, name))
  if (json.kind === 'object') {
    for (const [key, value] of json.entries) {
      checkLength(value, `the names of ${name}`, key)
      bound(value, key)
    }
    return
  }
  checkLength(json, name, json.text)
  for (const [literal, exponent] of json.text.matchAll(/[\d.]+[eE]([+-]?\d+)/g))
    if (Math.abs(Number(exponent)) > MOST_EXPONENT)
      refuse(json, name, `expected exponents of at most ${MOST_EXPONENT} in size, got ${brief(literal)}`)
  const powers = [...json.text.matchAll(/\^[\s(+-]*(\d+)/g)].map(([, power]) => Number(power))
  const longest = Math.max(
    0,
    ...[...json.text.matchAll(/[\d.]+(?:[eE][+-]?(\d+))?/g)].map(
      ([own, exponent]) => own.length + Number(exponent ?? 0),
    ),
  )
  if (longest >= LONG && longest * powers.reduce((a, b) => a * b, 1) > MOST_DIGITS)
    refuse(json, name, `expected powers of shorter numbers, got ${brief(json.text)}`)
  for (const [, power] of json.text.matchAll(/\^[\s(+-]*(\d+)/g))
    if (Number(power) > MOST_POWER)
      refuse(json, name, `expected powers of at most ${MOST_POWER}, got ^${brief(power!)}`)
}

function checkLength(json: Json, name: string, text: string): void {
  if (text.length > MOST_CHARACTERS)
    refuse(json, name, `expected at most ${MOST_CHARACTERS} characters, got ${text.length}: "${brief(text)}"`)
}

const brief = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text)

const shown = (json: Json): string =>
  json.kind === 'object' ? 'an object' : json.kind === 'list' ? 'a list' : quoted(json)
const quoted = (json: Json & { readonly text: string }): string =>
  json.kind === 'string' ? `"${brief(json.text)}"` : brief(json.text)

/** The entries of an object that has all of the required names and no unknown one. */
function part(
  json: Json,
  name: string,
  {
    required,
    optional = [],
  }: { readonly required: readonly string[]; readonly optional?: readonly string[] },
): ReadonlyMap<string, Json> {
  if (json.kind !== 'object') return refuse(json, name, `expected an object, got ${shown(json)}`)
  const known = [...required, ...optional]
  for (const [key, value] of json.entries)
    if (!known.includes(key))
      refuse(
        value,
        name,
        `expected the names ${known.join(', ')}, got "${key}"; nearest: ${nearest(key, known, 1).join()}`,
      )
  for (const key of required) if (!json.entries.has(key)) refuse(json, name, `expected "${key}", got none`)
  return json.entries
}

function items(json: Json, name: string, what: string): readonly Json[] {
  return json.kind === 'list' ? json.items : refuse(json, name, `expected ${what}, got ${shown(json)}`)
}

function textOf(json: Json, name: string, what: string): string {
  return json.kind === 'string' ? json.text : refuse(json, name, `expected ${what}, got ${shown(json)}`)
}

function truth(json: Json | undefined, name: string): boolean {
  if (json === undefined) return false
  if (json.kind === 'word' && json.text !== 'null') return json.text === 'true'
  return refuse(json, name, `expected true or false, got ${shown(json)}`)
}

function integer(json: Json, name: string, [least, most]: readonly [number, number]): number {
  const n = json.kind === 'number' || json.kind === 'string' ? Number(json.text) : NaN
  if (!Number.isInteger(n) || n < least || n > most)
    return refuse(json, name, `expected an integer from ${least} to ${most}, got ${shown(json)}`)
  return n
}

function choice(json: Json, name: string, known: readonly string[]): string {
  const all = known.map((word) => `"${word}"`).join(', ')
  if (json.kind !== 'string') return refuse(json, name, `expected one of ${all}, got ${shown(json)}`)
  if (known.includes(json.text)) return json.text
  const [near] = nearest(json.text, known, 1)
  return refuse(json, name, `expected one of ${all}, got "${json.text}"; nearest: "${near}"`)
}

/** An exact number: a string such as "3/8" or "0.1", or a JSON integer. */
function exactText(json: Json, name: string): string {
  if (json.kind === 'number' && !/^-?\d+$/.test(json.text))
    return refuse(
      json,
      name,
      `expected an exact number, got the JSON number ${json.text}; write it as a string, "${json.text}"`,
    )
  if (json.kind !== 'number' && json.kind !== 'string')
    return refuse(json, name, `expected an exact number such as "3/8", got ${shown(json)}`)
  try {
    parseRatio(json.text)
  } catch (error) {
    return refuse(json, name, (error as Error).message.replace(/^number: /, ''))
  }
  return json.text.trim()
}

const MOST = 100_000

function netOf(json: Json): Architecture {
  const net = part(json, 'net', { required: ['inputs', 'layers'] })
  const inputs = integer(net.get('inputs')!, 'net inputs', [1, MOST])
  const layers = items(net.get('layers')!, 'net layers', 'a list of layers').map((one, l): Layer => {
    const name = `net layer ${l + 1}`
    const layer = part(one, name, {
      required: ['width', 'activation'],
      optional: ['frozen', 'bias', 'connection', 'shared'],
    })
    const [connection, shared] = [layer.get('connection'), layer.get('shared')]
    return {
      width: integer(layer.get('width')!, `${name} width`, [1, MOST]),
      activation: activationOf(layer.get('activation')!, `${name} activation`),
      ...(layer.has('frozen') && { frozen: truth(layer.get('frozen'), `${name} frozen`) }),
      ...(layer.has('bias') && { bias: truth(layer.get('bias'), `${name} bias`) }),
      ...(connection && { connection: connectionOf(connection, `${name} connection`) }),
      ...(shared && { shared: integer(shared, `${name} shared, the number of an earlier layer`, [1, MOST]) }),
    }
  })
  if (layers.length === 0) refuse(net.get('layers')!, 'net layers', 'expected at least one layer, got none')
  return { inputs, layers }
}

function activationOf(json: Json, name: string): string {
  const text = textOf(json, name, 'a formula of z, such as "relu(z)^2"')
  let found: ReturnType<typeof order>
  try {
    found = order({ inputs: 1, layers: [{ width: 1, activation: text }] })
  } catch (error) {
    return refuse(json, name, `expected a formula of z, got "${text}": ${(error as Error).message}`)
  }
  if (typeof found === 'object' || found === 0)
    refuse(
      json,
      name,
      `expected a homogeneous formula of z, φ(cz) = c^k φ(z) for c > 0 with k > 0, such as "z^2" or "relu(z)", got "${text}": ${
        typeof found === 'object' ? found.reason : 'its order is 0'
      }`,
    )
  return text
}

function connectionOf(json: Json, name: string): Connection {
  if (json.kind !== 'object') return choice(json, name, ['dense', 'diagonal']) as Connection
  const entries = part(json, name, { required: ['convolution'] })
  return { convolution: integer(entries.get('convolution')!, `${name} convolution`, [1, MOST]) }
}

/** The list of weight vectors of each layer, as many as it has units of its own. */
function weightLists(json: Json, { layers }: Architecture): (readonly Json[])[] {
  const lists = items(json, 'weights', 'one list of weight vectors per layer')
  if (lists.length !== layers.length)
    refuse(json, 'weights', `expected one list per layer, ${layers.length} in all, got ${lists.length}`)
  return lists.map((own, l) => {
    const name = `weights of layer ${l + 1}`
    const vectors = items(own, name, 'a list of weight vectors')
    const { width, shared } = layers[l]!
    if (shared === undefined && vectors.length !== width)
      refuse(own, name, `expected ${width} vectors, one per unit (or kernel), got ${vectors.length}`)
    if (shared !== undefined && vectors.length !== 0)
      refuse(own, name, `expected [], as they are those of layer ${shared}, got ${vectors.length} vectors`)
    return vectors
  })
}

function nodesOf(lists: readonly (readonly Json[])[], net: Architecture, { nodes }: Wiring): string[][] {
  return lists.flatMap((vectors, l) =>
    vectors.map((vector, u) => {
      const name = `weights of layer ${l + 1}, vector ${u + 1}`
      const entries = items(vector, name, 'a list of numbers')
      const { fanIn } = nodes[lists.slice(0, l).flat().length + u]!
      if (entries.length !== fanIn) {
        const bias = net.layers[l]!.bias ? ', the bias last' : ''
        refuse(vector, name, `expected ${fanIn} numbers${bias}, got ${entries.length}`)
      }
      return entries.map((entry, i) => exactText(entry, `${name}, entry ${i + 1}`))
    }),
  )
}

/** Something is trained, and what is normalised has a direction. */
function checkNodes(
  json: Json,
  lists: readonly (readonly Json[])[],
  { nodes }: Wiring,
  vectors: readonly (readonly string[])[],
  normalization: string,
): void {
  if (nodes.every(({ frozen }) => frozen))
    refuse(json, 'net', 'expected a layer that is trained, got only frozen ones; nothing would move')
  if (normalization === 'unnorm') return
  const places = lists.flatMap((own, l) => own.map((vector, u) => ({ vector, l, u })))
  places.forEach(({ vector, l, u }, node) => {
    if (!nodes[node]!.frozen && vectors[node]!.every((entry) => parseRatio(entry).num === 0n))
      refuse(
        vector,
        `weights of layer ${l + 1}, vector ${u + 1}`,
        `expected a vector other than 0 under ${normalization}, which needs a direction, got 0`,
      )
  })
}

function pointsOf(
  json: Json,
  { inputs }: Architecture,
  { outputs }: Wiring,
  labels: 'sign' | 'class',
  loss: string,
): { readonly x: string[]; readonly y: number }[] {
  if (labels === 'sign' ? outputs !== 1 : outputs < 2)
    refuse(
      json,
      'loss',
      `expected a net with ${labels === 'sign' ? 'one output' : 'two outputs or more'} under the ${loss} loss, got ${outputs}`,
    )
  const points = items(json, 'data', 'a list of points { "x": […], "y": … }')
  if (points.length === 0) refuse(json, 'data', 'expected at least one point, got none')
  const known = labels === 'sign' ? [1, -1] : Array.from({ length: outputs }, (_, j) => j)
  return points.map((one, i) => {
    const name = `point ${i + 1}`
    const point = part(one, name, { required: ['x', 'y'] })
    const x = items(point.get('x')!, `${name} x`, 'a list of coordinates')
    if (x.length !== inputs)
      refuse(
        point.get('x')!,
        `${name} x`,
        `expected ${inputs} coordinates, as the net has inputs, got ${x.length}`,
      )
    const y = point.get('y')!
    const label = known.find(
      (k) =>
        (y.kind === 'number' || y.kind === 'string') && /^[+-]?\d+$/.test(y.text) && Number(y.text) === k,
    )
    return {
      x: x.map((c, j) => exactText(c, `${name} x${j + 1}`)),
      y: label ?? refuse(y, `${name} y`, `expected ${labelsText(labels, outputs)}, got ${shown(y)}`),
    }
  })
}

const labelsText = (labels: 'sign' | 'class', outputs: number): string =>
  labels === 'sign'
    ? 'a label 1 or -1 under the exponential loss'
    : `a class from 0 to ${outputs - 1} under the cross-entropy loss`

function precision(root: ReadonlyMap<string, Json>, clock: Clock): Pick<SystemFile, 'digits' | 'engine'> {
  const asked = root.get('digits')
  const rigorous = truth(root.get('rigorous'), 'rigorous')
  const digits = asked ? integer(asked, 'digits', [1, DIGITS.most]) : DIGITS.default
  if (rigorous && (digits < DIGITS.least || digits > DIGITS.rigorous))
    refuse(
      asked!,
      'digits',
      `expected ${DIGITS.least} to ${DIGITS.rigorous} for a rigorous enclosure, got ${digits}`,
    )
  if (digits >= DIGITS.least) return { digits, engine: rigorous ? 'enclosure' : 'taylor' }
  const range = `${DIGITS.least} to ${DIGITS.most}`
  if (clock !== 's')
    refuse(
      asked!,
      'digits',
      `expected ${range}, got ${digits}; fewer ask for the long-run integrator, which needs the clock "s"`,
    )
  if (root.has('rate'))
    refuse(
      root.get('rate')!,
      'rate',
      `expected none with ${digits} digits: long runs have η = 1; ask for ${range}`,
    )
  return { digits, engine: 'doubles' }
}

/** The flow exists at its start, its rate is positive there, and `until` does not lie before it. */
function checkStart(
  root: ReadonlyMap<string, Json>,
  flow: GradientFlow,
  clock: Clock,
  until: string,
  engine: Engine,
): void {
  const bits = 64
  if (engine === 'doubles')
    for (const [name, texts] of [
      ['weights', flow.nodes.flatMap(({ vector }) => vector)],
      ['data', flow.data.flat()],
    ] as const)
      located(root.get(name)!, () => texts.map((text) => float64.constant(text)))
  const size = parseRatio(until)
  if (clock !== 't' && size.num > parseRatio(MOST_CLOCK).num * size.den)
    refuse(
      root.get('until')!,
      'until',
      `expected a clock ${clock} of at most ${MOST_CLOCK}, got ${brief(until)}`,
    )
  const own = located(root.get('rate') ?? root.get('net')!, () => clockedField(flow, clock))
  const start = located(root.get('weights')!, () => fixedConstants(own.start, bits))
  const from = start.at(-1)!
  const { num, den } = parseRatio(until)
  const ahead = (num << BigInt(bits)) - from * den
  if (ahead < 0n || (engine === 'doubles' && ahead === 0n))
    refuse(
      root.get('until')!,
      'until',
      `expected a clock ${clock} after the start, where ${clock} = ${decimalText(from, bits, 6)}, got ${until}`,
    )
  if (flow.rate === undefined) return
  const F = interval(bits)
  const [at, rate] = [run(own.start, F, []), formulaProgram(flow.rate, ['t', 'L'])]
  const eta = located(root.get('rate')!, () =>
    run(rate, F, [F.constant('0'), at[own.field.inputs.indexOf('L')]!]),
  )
  if (F.sign(eta[0]!) !== 1)
    refuse(
      root.get('rate')!,
      'rate',
      `expected η > 0 at the start, where t = 0, got "${flow.rate}" = ${F.format(eta[0]!)}`,
    )
}
