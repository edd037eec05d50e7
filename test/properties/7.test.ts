/** The claims of section 7. */
import { verifySection } from './section.ts'

verifySection('7')
