/** Normalisations: the weight vector of a node as a function of its parameters. */
import type { Field } from '../program/field.ts'
import { ewn } from './ewn.ts'
import { swn } from './swn.ts'
import { unnorm } from './unnorm.ts'

/** The parameters of one node: a vector, and for SWN and EWN a scalar. */
export interface NodeParameters<T> {
  readonly radial?: T
  readonly vector: readonly T[]
}

/** A parameterisation w_u(θ_u) of the weights. */
export interface Normalization {
  readonly name: 'unnorm' | 'swn' | 'ewn'
  /** The names of the scalar and of the vector parameter. */
  readonly radial?: 'gamma' | 'alpha'
  readonly vector: 'w' | 'v'
  weight<T>(F: Field<T>, parameters: NodeParameters<T>): T[]
  /** ‖w_u‖ in closed form; it equals the norm of `weight` for every ‖v_u‖ > 0. */
  norm<T>(F: Field<T>, parameters: NodeParameters<T>): T
}

/** The normalisations by name. */
export const normalizations: Readonly<Record<Normalization['name'], Normalization>> = { unnorm, swn, ewn }
