/** Trial worker: loads a claim file where it can do no harm, and says whether it could. */
import { parentPort, workerData } from 'node:worker_threads'
import { messageOf } from './exit.ts'
import { loadClaims } from './load.ts'

const message = await loadClaims(workerData as string).then(() => null, messageOf)
// Later, so that what was rejected meanwhile, and is caught nowhere, is heard first.
setTimeout(() => parentPort?.postMessage(message), 10)
