/** The test runner: all tests, two at a time; under CI also a JSON report, which `.ci/run` counts. */
import { defineConfig, type ViteUserConfig } from 'vitest/config'

const report = 'node_modules/.cache/vitest-report.json'

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/cli/build.ts'],
    benchmark: { include: ['test/bench/**/*.bench.ts'] },
    pool: 'forks',
    maxWorkers: 2,
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: process.env['CI'] ? ['default', ['json', { outputFile: report }]] : ['default'],
  },
})

export default config
