/** The configuration under which the planted claims run. */
import { defineConfig, type ViteUserConfig } from 'vitest/config'

const config: ViteUserConfig = defineConfig({ test: { include: ['test/vitest/planted.ts'] } })

export default config
