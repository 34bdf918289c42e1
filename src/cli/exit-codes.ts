/** Exit codes with a meaning of their own; 0 is success, and 1 any error (docs/guides/reviews.md). */
export const exitCodes = { limitExceeded: 3, otherPlan: 4 } as const;
