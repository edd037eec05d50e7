/** Certificates: `npm run certificates` writes those of the records again, and their hashes into them; `npm start` writes pages as well. */
import { withCertificates } from '../../src/cli/certify.ts'
import { prettyJson } from '../../src/report/json.ts'
import { recordOf } from '../../src/report/publication.ts'
import { siteOf } from '../../src/report/site.ts'
import { writeFiles } from '../../src/report/write.ts'
import { papers, recordIn } from '../properties/loaded.ts'

for (const { paper, claims } of papers) {
  const { certificates } = siteOf(paper.key)
  const { entries, files } = withCertificates(claims, recordIn(paper.key), certificates)
  const { written, removed } = writeFiles(
    '.',
    new Map([...files, [recordOf(paper.key), prettyJson({ claims: entries })]]),
    [{ folder: certificates, pattern: /\.json$/ }],
  )
  const lines = [...written, ...removed.map((path) => `removed ${path}`)]
  console.log(lines.join('\n') || `${paper.key}: nothing has changed`)
}
