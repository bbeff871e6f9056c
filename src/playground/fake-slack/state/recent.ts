/** The newest so many of something, oldest first. A full one lets the oldest go at the cost of one write. */
export class Recent<T> {
  private readonly items: T[] = [];
  private readonly most: number;
  private oldest = 0;

  constructor(most: number) {
    this.most = most;
  }

  get length(): number {
    return this.items.length;
  }

  push(item: T): void {
    if (this.items.length < this.most) {
      this.items.push(item);
      return;
    }
    this.items[this.oldest] = item;
    this.oldest = (this.oldest + 1) % this.most;
  }

  toArray(): T[] {
    return [...this.items.slice(this.oldest), ...this.items.slice(0, this.oldest)];
  }
}
