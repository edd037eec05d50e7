/** A share of the claims of all papers. */
import { verifyShare } from './papers.ts'

verifyShare(6)
