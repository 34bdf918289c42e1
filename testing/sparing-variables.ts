/**
 * What spares a third of the processor time of a run of the engine with the executable, where the run takes less than a
 * second. None of it changes what is planned or applied. PHONESTATE_FULL_MATRIX=1 turns it off.
 */
import { isFullMatrix } from './full-matrix';

type Variables = Readonly<Record<string, string>>;

const inTests = (variables: Variables): Variables =>
  process.env.JEST_WORKER_ID !== undefined && !isFullMatrix ? variables : {};

/** For every run of an engine in tests; none outside of tests. */
export const engineVariables = inTests({
  // The engine, a program in Go, collects no garbage before it has this much.
  GOGC: 'off',
  GOMEMLIMIT: '256MiB',
});

/** For runs with the executable in tests, and for commands that start engines; none outside of tests. */
export const sparingVariables = inTests({
  ...engineVariables,
  // No certificates: each start of the provider needs two, and a run has three starts.
  TF_DISABLE_PLUGIN_TLS: '1',
  // Optimising what the executable compiles pays off in longer runs only.
  BUN_JSC_useDFGJIT: '0',
});
