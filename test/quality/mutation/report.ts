/** Report: how many mutants the tests kill, and those that they do not, each with the reason read from the code. */
import { readFileSync } from 'node:fs'
import { LEFT_OUT, ROOMS } from './core.ts'
import type { Mutant } from './mutants.ts'

/** How the tests answered to one mutant. */
export interface Result {
  readonly key: string
  readonly status: 'killed' | 'timeout' | 'survived'
  /** The test that fails, and its first words. */
  readonly by?: string
  /** Of a survivor: whether any test reaches it, and how many lines of tests it stood. */
  readonly reached?: boolean
  readonly lines?: number
}

/** Why a mutant survives, as read from the code. */
export interface Reason {
  readonly kind: 'equivalent' | 'speed' | 'width' | 'text' | 'hole'
  readonly why: string
}

const KINDS: Readonly<Record<Reason['kind'], string>> = {
  equivalent: 'equivalent: no input tells it from the original',
  speed: 'only speed: the results are the same, later or sooner',
  width: 'only the width of an enclosure: a bound as valid, a little nearer or further',
  text: 'only a text of an error or for people',
  hole: 'a hole in the tests',
}

/** Reasons by the key of the mutant. */
const REASONS = JSON.parse(readFileSync(new URL('./reasons.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, Reason>
>

/** Whether the code of a mutant has been read for the reason why it survives. */
export const isRead = ({ key }: Mutant): boolean => Object.hasOwn(REASONS, key)

/** The page. */
export function mutationText(
  seed: string,
  all: readonly Mutant[],
  drawn: readonly Mutant[],
  results: ReadonlyMap<string, Result>,
): string {
  const is = (m: Mutant, ...status: Result['status'][]): boolean =>
    status.includes(results.get(m.key)!.status)
  const row = (name: string, of: (m: Mutant) => boolean): string => {
    const list = drawn.filter(of)
    const [killed, late] = [
      list.filter((m) => is(m, 'killed')).length,
      list.filter((m) => is(m, 'timeout')).length,
    ]
    const share = ((100 * (killed + late)) / list.length).toFixed(1)
    const places = all.filter(of).length
    return `| ${name} | ${places} | ${list.length} | ${killed} | ${late} | ${list.length - killed - late} | ${share} % |`
  }
  const survivors = drawn
    .filter((m) => is(m, 'survived'))
    .toSorted((a, b) => (a.file === b.file ? a.line - b.line || a.start - b.start : a.file < b.file ? -1 : 1))
  const kindOf = (m: Mutant): Reason['kind'] | undefined => REASONS[m.key]?.kind
  const counts = (Object.keys(KINDS) as Reason['kind'][]).map(
    (kind) => `- ${survivors.filter((m) => kindOf(m) === kind).length} ${KINDS[kind]}`,
  )
  const stood = survivors.filter((m) => results.get(m.key)!.lines === 2).length
  const unread = survivors.filter((m) => kindOf(m) === undefined).length
  return `# Mutation testing

The exact core is changed in one place at a time, and its tests have to notice. Written by \`npm run mutation\`, which resumes where it
was interrupted; the mutants are the first ${drawn.length} of ${all.length} in the order of a hash of the seed ${seed} and of the place. A mutant
is killed when a test fails, or takes more than 5 seconds of processor time and 5 times what it takes without the change.
Run are the tests of \`${ROOMS.join('`, `')}\` that reach it; if all pass, those of \`test/quality\` on false and true claims.
Texts of errors are not changed. Left out: ${LEFT_OUT.map((file) => `\`${file}\``).join(', ')}, which
hold the rule for limits and the doubles with error bounds that it computes in.

| room | mutants | drawn | killed | out of time | survive | killed in all |
| --- | --: | --: | --: | --: | --: | --: |
${ROOMS.map((room) => row(`\`${room}\``, (m) => m.file.startsWith(`src/${room}/`))).join('\n')}
${row('all', () => true)}

## Survivors

${[...counts, ...(unread > 0 ? [`- ${unread} not read yet`] : [])].join('\n')}

The second line of tests was run on ${stood} of these ${survivors.length}, with the same outcome.

| place | from | to | why it survives |
| --- | --- | --- | --- |
${survivors.map((m) => line(m, results.get(m.key)!)).join('\n')}
`
}

function line(m: Mutant, { reached }: Result): string {
  const reason = REASONS[m.key]
  const why = reason ? `${reason.kind}: ${reason.why.replaceAll('|', '\\|')}` : `not read yet (${m.key})`
  return `| ${m.file.slice(4)}:${m.line} | ${code(m.from)} | ${code(m.to) || '(removed)'} | ${reached ? '' : 'no test reaches it; '}${why} |`
}

function code(text: string): string {
  const one = text.replaceAll(/\s+/g, ' ')
  const cut = one.length > 70 ? `${one.slice(0, 69)}…` : one
  return cut === '' ? '' : `\`\`${cut.replaceAll('|', '\\|')}\`\``
}
