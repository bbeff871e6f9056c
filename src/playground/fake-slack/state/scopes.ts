/** The bot's scopes: those that manifest.yml asks for, less what was taken away since. */
export class Scopes {
  readonly asked: readonly string[];
  private readonly lost = new Set<string>();

  constructor(asked: readonly string[]) {
    this.asked = asked;
  }

  get granted(): string[] {
    return this.asked.filter((scope) => !this.lost.has(scope));
  }

  get taken(): string[] {
    return [...this.lost];
  }

  take(scope: string): void {
    this.lost.add(scope);
  }

  giveBack(scope: string): void {
    this.lost.delete(scope);
  }

  giveAllBack(): void {
    this.lost.clear();
  }
}
