/** Flow worker: follows one system file in a thread of its own, so that the command stays attentive. */
import { parentPort, workerData } from 'node:worker_threads'
import { follow } from './engine.ts'
import { flowText, type Format } from './flow-text.ts'
import { parseSystem } from './system.ts'

/** What the worker is asked. */
export interface FlowOrder {
  readonly source: string
  readonly format: Format
}

/** What it answers: lines of progress, then the result. */
export type FlowAnswer = { readonly progress: string } | { readonly text: string; readonly reason: string }

const answer = (message: FlowAnswer): void => parentPort?.postMessage(message)

const { source, format } = workerData as FlowOrder
const file = parseSystem(source)
const found = follow(file, format === 'csv' || format === 'svg', (progress) => answer({ progress }))
answer(flowText(file, found, format))
