/** The claims of section 3. */
import { verifySection } from './section.ts'

verifySection('3')
