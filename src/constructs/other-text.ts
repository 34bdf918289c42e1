/** Any string, because a token is one; editors complete the choices that a prop has besides. */
export type OtherText = string & Record<never, never>;
