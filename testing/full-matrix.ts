/**
 * Whether tests run in their full form, as in a nightly run: with PHONESTATE_FULL_MATRIX=1. Otherwise some run a selection,
 * so that the gate takes minutes.
 */
export const isFullMatrix = process.env.PHONESTATE_FULL_MATRIX === '1';
