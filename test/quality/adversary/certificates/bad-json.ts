/** Bad as JSON: texts that some readers take for a certificate that holds. */
import { canonical, FORMAT } from '../../../../src/certify/format.ts'
import { sha256 } from '../../../../src/program/hash.ts'
import type { Bad } from './bad-shape.ts'
import { between, identity } from './good.ts'
import { bytes, file, refutation, seal, type Loose } from './sealed.ts'

const content = between('>=', '0', { unchecked: [] })
const plain = new TextDecoder().decode(file(content))

/** The good text with one place, which is there, replaced. */
const replacing = (place: string | RegExp, by: string): string => {
  const text = plain.replace(place, by)
  if (text === plain) throw new Error(`expected ${place} in the text`)
  return text
}
const HASH = /"hash":"(.)/

const texts: Record<string, string> = {
  'a field twice, with one value': replacing('"at":[]', '"at":[],"at":[]'),
  'a field twice, the first one false': replacing('"relation":">="', '"relation":"<","relation":">="'),
  'a field twice, the second escaped': replacing('"at":[]', '"at":[],"\\u0061t":[]'),
  'a field twice, at the top': replacing('"inputs":', '"inputs":[],"inputs":'),
  'an object after it': `${plain}{}`,
  'a bracket after it': `${plain}}`,
  'a word after it': `${plain} x`,
  'a mark before it': `\uFEFF${plain}`,
  'a wide space before it': `\u00A0${plain}`,
  'a form feed before it': `\f${plain}`,
  'a vertical tab before it': `\v${plain}`,
  'a comment': `/**/${plain}`,
  'a comma at the end of a list': replacing('[["x","0"]]', '[["x","0"],]'),
  'a comma at the start of a list': replacing('[["x","0"]]', '[,["x","0"]]'),
  'two commas in a list': replacing('["x","0"]', '["x",,"0"]'),
  'no comma in a list': replacing('["x","0"]', '["x" "0"]'),
  'a colon in a list': replacing('["x","0"]', '["x":"0"]'),
  'a comma at the end of an object': replacing(/}$/, ',}'),
  'no colon': replacing('"at":[]', '"at" []'),
  'an equals sign for a colon': replacing('"at":[]', '"at"=[]'),
  'a key without quotes': replacing('"at":', 'at:'),
  'single quotes': replacing('"at":', "'at':"),
  'a number as a key': replacing('"at":[]', '0:[]'),
  'a bracket of another kind': replacing('"at":[]', '"at":[}'),
  'no end': plain.slice(0, -1),
  'the first half': plain.slice(0, plain.length / 2),
  'no end of a text': '"x',
  'no end of an escape': '"x\\',
  'a line break in a text': replacing('what it says', 'what it\nsays'),
  'a tab in a text': replacing('what it says', 'what it\tsays'),
  'an unknown escape': replacing('what it says', 'what it \\says'),
  'a short escape': replacing('what it says', 'what it says\\u12'),
  'an escape with a sign': replacing('what it says', 'what it says\\u+123'),
  'a lone surrogate': replacing('what it says', 'what it says\\ud800'),
  'a lone surrogate as a key': replacing('"at":[]', '"at":[],"\\udc00":0'),
  'the number 0.0': replacing('["input",0]', '["input",0.0]'),
  'the number 0e0': replacing('["input",0]', '["input",0e0]'),
  'the number 00': replacing('["input",0]', '["input",00]'),
  'the number +0': replacing('["input",0]', '["input",+0]'),
  'the number -': replacing('["input",0]', '["input",-]'),
  'the number 0x0': replacing('["input",0]', '["input",0x0]'),
  'the number 0n': replacing('["input",0]', '["input",0n]'),
  'the number ٠': replacing('["input",0]', '["input",٠]'),
  'false for 0': replacing('["input",0]', '["input",false]'),
  'true for 1': replacing('"outputs":[0,1]', '"outputs":[0,true]'),
  'null for 0': replacing('["input",0]', '["input",null]'),
  'null for a list': replacing('"at":[]', '"at":null'),
  NaN: replacing('["input",0]', '["input",NaN]'),
  Infinity: replacing('["input",0]', '["input",Infinity]'),
  'a large integer': replacing('["input",0]', '["input",18446744073709551616]'),
  'an integer of 5000 digits': replacing('["input",0]', `["input",${'1'.repeat(5000)}]`),
  empty: '',
  space: ' \n',
  'a list': '[]',
  'a text': '"certificate"',
  'a number': '7',
  'no fields': '{}',
}

const encoded = (before: string, raw: readonly number[], after: string): Uint8Array =>
  Uint8Array.from([...bytes(before), ...raw, ...bytes(after)])
const [head, tail] = plain.split('what it says') as [string, string]
const raws: Record<string, Uint8Array> = {
  'a byte that is no UTF-8': encoded(head, [0xff], tail),
  'a long form of a letter': encoded(head, [0xc1, 0xa1], tail),
  'a surrogate in UTF-8': encoded(head, [0xed, 0xa0, 0x80], tail),
  'the start of a letter': encoded(head, [0xc3], tail),
  'UTF-16': Uint8Array.from([...plain].flatMap((c) => [c.charCodeAt(0), 0])),
}

/** Certificates of their own hashes, which do not fit or are not there. */
const good: Loose = seal(content)
const sealedBy = (change: (all: Loose) => Loose): string => JSON.stringify(change(structuredClone(good)))
const withHash = ({ hash: _, statement, ...rest }: Loose): Loose => ({
  ...{ statement, ...rest },
  hash: sha256(canonical(rest as never)),
})
const other = '0'.repeat(64)
const seals: Record<string, string> = {
  'another hash': plain.replace(HASH, (_, c: string) => `"hash":"${c === '0' ? '1' : '0'}`),
  'no hash': sealedBy(({ hash: _, ...all }) => all),
  'a hash in capitals': sealedBy((all) => ({ ...all, hash: all.hash.toUpperCase() })),
  'a shorter hash': sealedBy((all) => ({ ...all, hash: all.hash.slice(0, 63) })),
  'an input changed without the hash': sealedBy((all) => ({ ...all, inputs: [['x', '1/4']] })),
  'another hash of the statement': sealedBy((all) => withHash({ ...all, statementHash: other })),
  'no hash of the statement': sealedBy(({ statementHash: _, ...all }) => withHash(all)),
  'a statement changed without its hash': sealedBy((all) =>
    withHash({ ...all, statement: { ...all.statement, claim: 'another' } }),
  ),
  'format 1': sealedBy((all) => withHash({ ...all, format: 'lakatos-certificate-1' })),
  'no format': sealedBy(({ format: _, ...all }) => withHash(all)),
  'a format as a list': sealedBy((all) => withHash({ ...all, format: [FORMAT] })),
  'no statement': sealedBy(({ statement: _, ...all }) => withHash({ ...all, statementHash: sha256('""') })),
  'a text for a statement': sealedBy((all) =>
    withHash({ ...all, statement: '', statementHash: sha256('""') }),
  ),
  'a statement in a list': sealedBy((all) =>
    withHash({ ...all, statement: [all.statement], statementHash: sha256(canonical([all.statement])) }),
  ),
}
/** Fields beside the statement that belong to the other kind. */
const beside: Record<string, Loose> = {
  'inputs in a proof': { ...(identity('neg 0', 0, 0) as object), inputs: [] },
  'a motion without a field': { ...(content as object), motion: { steps: ['1'], order: 1 } },
  'a field without a motion': refutation({
    ...(content as { statement: object }).statement,
    field: { inputs: [], ops: [], outputs: [] },
  }),
  'errorBits of format 1': { ...(content as object), errorBits: 100 },
  'claimed bounds of format 1': { ...(content as object), claimed: { slack: ['-1', '-1'] } },
}

const entry = (aim: string, table: Record<string, Uint8Array>): Bad[] =>
  Object.entries(table).map(([name, raw]) => ({ name, aim, bytes: raw }))
const map = <T>(table: Record<string, T>, f: (one: T) => Uint8Array): Record<string, Uint8Array> =>
  Object.fromEntries(Object.entries(table).map(([name, one]) => [name, f(one)]))

export const badJson: readonly Bad[] = [
  ...entry('one way to read JSON', map(texts, bytes)),
  ...entry('UTF-8', raws),
  ...entry('the seal', map(seals, bytes)),
  ...entry('no field is unknown', map(beside, file)),
]
