/** Collect: the part of vitest that tests declare themselves with, without a runner; `expect` is vitest's own. */
import * as vitest from 'vitest'

/** A declared test. */
export interface Declared {
  readonly name: string
  readonly body: () => unknown
}

/** What stands in for the package `vitest`, and what was declared since it was made or last emptied. */
export interface Collector {
  readonly module: object
  readonly tests: Declared[]
  /** What is to be done after each test. */
  readonly after: (() => unknown)[]
}

type Body = (...args: readonly unknown[]) => unknown

/** A collector without tests. */
export function collector(): Collector {
  const tests: Declared[] = []
  const after: (() => unknown)[] = []
  const path: string[] = []

  const test = (name: string, ...rest: readonly unknown[]): void => {
    const body = rest.find((part) => typeof part === 'function') as Body
    tests.push({ name: [...path, name].join(' > '), body: () => body() })
  }
  const describe = (name: string, ...rest: readonly unknown[]): void => {
    path.push(name)
    ;(rest.find((part) => typeof part === 'function') as Body)()
    path.pop()
  }
  const each =
    (declare: typeof test) =>
    (rows: readonly unknown[]) =>
    (name: string, ...rest: readonly unknown[]): void => {
      const body = rest.find((part) => typeof part === 'function') as Body
      rows.forEach((row, i) => declare(`${name} [${i}]`, () => body(...(Array.isArray(row) ? row : [row]))))
    }

  const kept = new Map<string, unknown>()
  const vi = {
    stubGlobal(name: string, value: unknown): void {
      if (!kept.has(name)) kept.set(name, Reflect.get(globalThis, name))
      Reflect.set(globalThis, name, value)
    },
    unstubAllGlobals(): void {
      for (const [name, value] of kept) Reflect.set(globalThis, name, value)
      kept.clear()
    },
  }
  const module = {
    ...{ expect: vitest.expect, vi, afterEach: (body: () => unknown) => void after.push(body) },
    ...{ test: Object.assign(test, { each: each(test) }), it: Object.assign(test, { each: each(test) }) },
    describe: Object.assign(describe, { each: each(describe) }),
  }
  return { module, tests, after }
}
