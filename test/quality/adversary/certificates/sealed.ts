/** Sealed: certificates put together by hand, sealed with hashes that fit, whatever they say. */
import { canonical, FORMAT, type Json } from '../../../../src/certify/format.ts'
import { sha256 } from '../../../../src/program/hash.ts'

/** JSON that may be changed, and may be no JSON of a certificate at all. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Loose = any

/** Operations as text, 'input 0, const 1/2, add 0 1', as a certificate has them. */
export const parse = (source: string): Loose[] =>
  source.split(', ').map((op) => {
    const [name, ...rest] = op.split(' ')
    return [name, ...(name === 'const' ? rest : rest.map(Number))]
  })

/** A Program by its parts. */
export const program = (inputs: Loose[], ops: string, outputs: Loose[]): Loose => ({
  ...{ inputs, ops: parse(ops), outputs },
})

const named = { claim: 'claim', says: 'what it says', unchecked: [] }

/** A refutation without its seal; `parts` replaces what it names, in the statement or beside it. */
export function refutation(statement: Loose, beside: Loose = {}): Loose {
  return {
    statement: {
      ...{
        kind: 'refutation',
        ...named,
        formula: 'x ≥ 1',
        at: [],
        assumptions: [],
        positive: [],
        nonzero: [],
      },
      ...statement,
    },
    ...{ inputs: [], ...beside },
  }
}

/** A proof without its seal. */
export function proof(...identities: Loose[]): Loose {
  const all = identities.map((one) => ({ case: 'all', branch: [], roots: [], logs: [], ...one }))
  return { statement: { kind: 'proof', ...named, formulas: ['x = x'], identities: all } }
}

/** The canonical text, also of what no certificate may hold. */
function text(value: Loose): string {
  try {
    return canonical(value as Json)
  } catch {
    return JSON.stringify(value)
  }
}

/** The content with its format and both hashes, which fit. */
export function seal(content: Loose): Loose {
  const { format = FORMAT, statement, ...beside } = content as { format?: string; statement: Loose }
  const rest = { format, statementHash: sha256(text(statement)), ...beside }
  return { statement, ...rest, hash: sha256(text(rest)) }
}

export const bytes = (source: string): Uint8Array => new TextEncoder().encode(source)

/** The bytes of a sealed content. */
export const file = (content: Loose): Uint8Array => bytes(JSON.stringify(seal(content)))
