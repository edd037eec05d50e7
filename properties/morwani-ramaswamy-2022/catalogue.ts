/** Catalogue: every statement of the paper and every conjecture of ours, in the order of the pages, and what of it no claim checks. */
import type { Statement } from '../../src/index.ts'

const row = (id: string, where: string, unchecked?: string): Statement => ({
  id,
  ...(where !== '' && { where }),
  ...(unchecked !== undefined && { unchecked }),
})

const IDENTITIES: readonly Statement[] = [
  row('hom-1', '§4.1, assumption 3'),
  row('hom-2', 'App. B; second half: H.1.1, display before (40)'),
  row('grad-swn', '(1), (2), A.2'),
  row('grad-ewn', '(3), (4), A.1'),
  row('v-norm', 'A.1, A.2'),
  row('v-grow', '(21), (31); C.1.2, C.2.2, H.2, App. L'),
  row('thm-1-ewn', 'Theorem 1 (5)'),
  row('thm-1-swn', 'Theorem 1 (6)'),
  row('norm-flow', '(9), (34)'),
  row('path', 'Theorem 1', 'horizons beyond those drawn, and rates other than those of the list'),
]

const LOSS: readonly Statement[] = [
  row(
    'loss-grad',
    '(11), (49), App. B, I.3',
    'cross-entropy, (49): the output of the class that a point has is no symbol',
  ),
  row('prop-2', 'Proposition 2', 'that the learning rate may vary: η = 1 is assumed'),
  row('gf-down', 'App. B, I.3'),
  row('prop-2.descent', 'App. B, (12)'),
  row('prop-2.margin', 'App. B'),
  row('prop-2.euler', 'App. B'),
  row('prop-2.slope', 'App. B, I.3'),
  row('prop-2.rate', '(13)'),
  row('prop-11', 'Proposition 11'),
  row('prop-11.descent', '(50)'),
  row('prop-11.margin', 'App. I.3'),
  row('prop-11.log', 'App. I.3'),
  row('prop-11.rate', '(51)'),
  row('thm-7.i', 'Theorem 7 (i), Theorem 15 (i)'),
  row('thm-7.ii', 'Theorem 7 (ii), Theorem 15 (ii)'),
]

const ALIGNMENT: readonly Statement[] = [
  row(
    'thm-3',
    'Theorem 3, 12',
    'gradient descent under B1–B3: limits along gradient descent are not followed',
  ),
  row('thm-3.cone', '(16), (17), App. C'),
  row('thm-3.sums', 'App. C', 'infinite sums and integrals along a run are not followed'),
  row(
    'thm-3.gf-cone',
    '(16), (17), (26), (27)',
    'the displays with β, (17) and (27), which are those with κ; γ_u → −∞',
  ),
  row(
    'thm-3.gf-up',
    'after (17), (27)',
    'not stated yet: it speaks of all moments after one that the limit g̃ determines',
  ),
  row('thm-3.gd-dot', '(20), (30)', 'γ_u → −∞, which “can be handled similarly”'),
  row(
    'thm-3.gd-step',
    'displays before (22) and (32) (SWN prints an undefined ϵ for cos τ − cos κ); with β: (23), (33)',
    'the displays with β, (23) and (33), which are those with κ, for a strict inequality; γ_u → −∞',
  ),
  row('thm-3.unroll', '(22); (32) with ϵ for cos τ − cos κ'),
  row('thm-3.lemma-9-use', 'C.1.2, C.2.2', 'not stated yet: it speaks of an infinite sum along descent'),
  row('thm-3.gd-small', 'after (23), (33)', 'that its right side tends to 0 with χ'),
  row('thm-3.gd-late', 'C.1.2, C.2.2', 'limits along gradient descent are not followed'),
  row('lemma-9', 'App. J', 'sequences other than those of the stated family, in the limit'),
  row('lemma-9.chain', 'App. J'),
  row('lemma-10', 'App. J', 'sequences other than those of the stated family, in the limit'),
  row('lemma-10.chain', 'App. J', 'its last steps, for k > k₃'),
  row('stolz', 'App. K', 'functions other than those of the stated family'),
  row('stolz-discrete', 'App. K', 'not stated yet: quoted from Muresan 2015'),
  row(
    'swn-lipschitz',
    'App. L',
    'the words “not locally Lipschitz”: what is stated is that the gradient grows like 1/‖v_u‖',
  ),
  row(
    'swn-hom',
    'fn. 2, App. L',
    'not stated yet: a part of it speaks of the limit of θ/‖θ‖, which is not followed',
  ),
]

const SPARSITY: readonly Statement[] = [
  row(
    'thm-4.swn',
    'Theorem 4 (i), 13 (i); Proposition 5 (ii), 14 (ii)',
    'gradient descent: limits along gradient descent are not followed',
  ),
  row(
    'thm-4.ewn',
    'Theorem 4 (ii), 13 (ii)',
    'gradient descent: limits along gradient descent are not followed',
  ),
  row('thm-4.k1', '§4.2', 'gradient descent: limits along gradient descent are not followed'),
  row('thm-4.swn-bounds', 'D.2.1', 'integrals along a run are not followed'),
  row('thm-4.swn-gd', 'D.2.2', 'limits along gradient descent are not followed'),
  row(
    'prop-5.i',
    'Proposition 5 (i), 14 (i)',
    'gradient descent: limits along gradient descent are not followed',
  ),
  row(
    'prop-5.iii.a',
    'Proposition 5 (iii)',
    'gradient descent: limits along gradient descent are not followed',
  ),
  row(
    'prop-5.iii.b',
    'Proposition 5 (iii)',
    'gradient descent: limits along gradient descent are not followed',
  ),
  row('prop-5.gf-step', '(10)/(35), (36)'),
  row('prop-5.gf-keep', '§7, D.1.1', 'not stated yet: it speaks of all moments after t₂'),
  row('prop-5.gf-sum', '§7, D.1.1', 'infinite integrals along a run are not followed'),
  row('prop-5.gd-step.a', 'D.1.2 (a)'),
  row('prop-5.gd-step.b', 'D.1.2 (b)'),
  row('prop-5.gd-stolz', 'D.1.2', 'limits along gradient descent are not followed'),
  row(
    'prop-5.interval',
    'D.1.1, D.1.2',
    'not stated yet: for flow it is thm-4.ewn with prop-5.iii; for descent, limits along gradient descent are not followed',
  ),
  row('prop-14.iii', 'Proposition 14 (iii)', 'not stated yet: prop-5.iii for cross-entropy, with 0 < δ < 2π'),
  row('prop-5.unstable', '§4.3', '“unstable convergent direction” is not defined in a formula yet'),
  row('prop-6', 'Proposition 6'),
  row('prop-6.flow', '(37), App. F', 'not stated yet: (37) and what is read off it'),
  row('prop-6.invariant', '(38)'),
  row('sparse-1', '§4.3', 'that ties have probability 0 under a continuous distribution of w(0)'),
  row('xor-4', '§4.3', 'not stated yet: a statement on all nets of three hidden units'),
]

const RATES: readonly Statement[] = [
  row('thm-h1-unnorm', 'H.1.1'),
  row('thm-h1-ewn', 'H.1.2'),
  row('rate-eq40', '(40), (43), (44)'),
  row('rate-h1.steps', 'H.1.1, H.1.2', 'not stated yet: steps on the way to thm-h1'),
  row('rate-h1.ode', '(41), (42) ff.; EWN (45), (46)', 'not stated yet: two differential inequalities'),
  row('rate-eq52', '(52)', 'not stated yet: rate-eq40 for cross-entropy'),
  row('thm-8', 'Theorem 8, 16', 'limits along gradient descent are not followed'),
  row('thm-8.constant', '§5', 'limits along gradient descent are not followed'),
  row('gd-v', 'before (47)', 'not stated yet: an identity of one step'),
  row('gd-increment', '(47)', 'not stated yet: an identity of one step'),
  row('gd-norm', '(47) ff.', 'not stated yet: an identity of one step; its limit needs descent in the limit'),
  row('gd-norm.limits', '(47) ff.', 'limits along gradient descent are not followed'),
  row('gd-g', 'H.2, (48)', 'limits along gradient descent are not followed'),
  row('b3-mild', '§4.1, I.2', 'not stated yet: “exponentially fast compared with” needs a formula'),
  row('rate-swn', '§5', 'gradient descent: limits along gradient descent are not followed'),
  row('rate-faster', '§8', 'not stated yet: it compares the rates of thm-h1-ewn and rate-swn'),
  row(
    'rate-depth',
    '§5; abstract of the first version (the ALT abstract says nothing on depth)',
    '“almost”: the sentence of §5 is on Fig. 4, an experiment; what is stated is the order of the loss at each depth',
  ),
]

const EXPERIMENTS: readonly Statement[] = [
  row('exp-linsep', 'Fig. 1, 7', 'an experiment on nets and data that are not trained here'),
  row('exp-traj', 'Fig. 2', 'an experiment on nets and data that are not trained here'),
  row('exp-xor-relu', 'Fig. 3', 'an experiment on nets and data that are not trained here'),
  row('exp-xor-relu2', 'Fig. 8, 9', 'an experiment on nets and data that are not trained here'),
  row('exp-depth', 'Fig. 4', 'an experiment on nets and data that are not trained here'),
  row('exp-mnist-2', 'Fig. 10', 'an experiment on nets and data that are not trained here'),
  row('exp-prune', 'Fig. 5, §6', 'an experiment on nets and data that are not trained here'),
  row('exp-prune-l21', 'Fig. 6, §6.1', 'an experiment on nets and data that are not trained here'),
  row('exp-assump', 'App. P, Fig. 13–17', 'an experiment on nets and data that are not trained here'),
  row('sgd', 'abstract', 'stochastic gradient descent over a whole training is not followed'),
  row('exp-prune-rate', 'App. O, Fig. 11, 12', 'an experiment on nets and data that are not trained here'),
  row('exp-prune-a', 'App. Q', 'an experiment on nets and data that are not trained here'),
]

const BEYOND: readonly Statement[] = [
  row('new-v-norm', ''),
  row('new-isotropic', ''),
  row('new-gibbs', ''),
  row(
    'new-balance-ewn',
    '',
    'batches other than the first point, and any number of steps: one step is stated',
  ),
  row('new-balance-l2', ''),
  row('new-margin-mono', ''),
  row('new-finite-time', ''),
  row('new-constant-a', ''),
  row('new-constant-b', ''),
  row('new-constant-l2', ''),
  row('new-growth', ''),
  row('new-race', ''),
  row('new-gd-rate', '', 'not stated yet: limits along gradient descent are not followed'),
  row('new-gd-rate-kappa', '', 'not stated yet: limits along gradient descent are not followed'),
  row('new-gd-premise', '', 'not stated yet: limits along gradient descent are not followed'),
  row('new-gd-edge', '', 'not stated yet: descent at large s'),
  row('new-gd-angle', '', 'not stated yet: limits along gradient descent are not followed'),
  row('new-gd-angle-all', '', 'not stated yet: limits along gradient descent are not followed'),
  row('new-gd-sum', '', 'not stated yet: a sum over the steps of descent'),
  row('new-gd-v', '', 'not stated yet: one step of descent'),
  row('new-gd-margin', '', 'not stated yet: every step of descent'),
  row('new-gd-race', '', 'not stated yet: every step of descent'),
  row('new-balance-l2-chain', '', 'not stated yet: one step of descent'),
  row('new-sgd-balance', '', 'not stated yet: new-balance-ewn:sgd states one step on a batch of one point'),
]

/** All statements in the order of the pages. */
export const statements: readonly Statement[] = [
  ...IDENTITIES,
  ...LOSS,
  ...ALIGNMENT,
  ...SPARSITY,
  ...RATES,
  ...EXPERIMENTS,
  ...BEYOND,
]
