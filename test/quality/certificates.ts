/** Certificates: `npm run certificates` writes those of the record again, and their hashes into it; `npm start` writes pages as well. */
import { readFileSync } from 'node:fs'
import * as properties from '../../properties/index.ts'
import { withCertificates } from '../../src/cli/certify.ts'
import { CERTIFICATES } from '../../src/report/certificate.ts'
import { prettyJson } from '../../src/report/json.ts'
import { claimsOf } from '../../src/report/order.ts'
import { RECORD } from '../../src/report/publication.ts'
import { parseDocument } from '../../src/report/record.ts'
import { writeFiles } from '../../src/report/write.ts'

const record = parseDocument(readFileSync(RECORD, 'utf8'))
const { entries, files } = withCertificates(claimsOf(properties), record.claims)
const { written, removed } = writeFiles(
  '.',
  new Map([...files, [RECORD, prettyJson({ ...record, claims: entries })]]),
  [{ folder: CERTIFICATES, pattern: /\.json$/ }],
)
console.log([...written, ...removed.map((path) => `removed ${path}`)].join('\n') || 'nothing has changed')
