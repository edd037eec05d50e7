/** The claims of section 5. */
import { verifySection } from './section.ts'

verifySection('5')
