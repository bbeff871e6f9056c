/** Something that may be meant, as a choice. */
export type Near = { of: { kind: 'objective' | 'key-result'; id: number }; title: string };
