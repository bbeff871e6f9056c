/** What somebody carries in sums: how many rocks, their weights together, and the sum that is enough for them. */
export type Load = { rocks: number; load: number; limit: number };

/** Whether it is more than enough. */
export function isOver({ load, limit }: Pick<Load, 'load' | 'limit'>): boolean {
  return load > limit;
}
