/** Exit codes with a meaning of their own; 0 is success, and 1 any error (docs/guides/exit-codes.md). */
export const exitCodes = { different: 2, limitExceeded: 3, otherPlan: 4, rehearsalFailed: 5 } as const;
