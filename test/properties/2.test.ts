/** The claims of section 2. */
import { verifySection } from './section.ts'

verifySection('2')
