/** The claims of section 4. */
import { verifySection } from './section.ts'

verifySection('4')
