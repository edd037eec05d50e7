/** Arena: all certificates that checkers are tried on, and the files in which another language reads them. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { badJson } from './bad-json.ts'
import { badProofs } from './bad-proof.ts'
import { badRefutations } from './bad-refutation.ts'
import { badShapes, type Bad } from './bad-shape.ts'
import { good } from './good.ts'

export { good } from './good.ts'
export { hostile } from './hostile.ts'
export type { Bad } from './bad-shape.ts'

/** Each is rejected by each checker, with a reason. */
export const bad: readonly Bad[] = [...badJson, ...badShapes, ...badRefutations, ...badProofs]

/** Writes files to a folder, in order; gives their paths. */
export function filed(folder: string, files: readonly Uint8Array[]): string[] {
  mkdirSync(folder, { recursive: true })
  return files.map((bytes, i) => {
    const path = join(folder, `${i}.json`)
    writeFileSync(path, bytes)
    return path
  })
}

/** The good ones and the bad ones, as JSON that any language reads: name, whether it is good, and bytes in base 64. */
export const listed = (): string =>
  JSON.stringify(
    [
      ...[...good].map(([name, bytes]) => ({ name, good: true, bytes })),
      ...bad.map(({ name, aim, bytes }) => ({ name: `${aim}: ${name}`, good: false, bytes })),
    ].map(({ bytes, ...rest }) => ({ ...rest, bytes: Buffer.from(bytes).toString('base64') })),
  )
