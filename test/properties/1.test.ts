/** The claims of section 1. */
import { verifySection } from './section.ts'

verifySection('1')
