import { identically } from './src/setting/point/identically.ts'
console.log(identically({ formulas: { f: 'exp(alpha)' } }, 'fprime(alpha)^2 == f(alpha)^2'), identically({ formulas: { f: 'alpha^2' } }, 'fprime(alpha)^2 == f(alpha)^2'), identically({ formulas: { f: '-exp(-alpha)/3' } }, 'fprime(alpha)^2 == f(alpha)^2'))
