/** A start that cannot succeed as things are, in words for the operator. */
export class StartRefusal extends Error {}
