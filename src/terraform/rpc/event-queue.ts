/** Events that are pushed by one side and read by the other, as they come. */
export class EventQueue<T> implements AsyncIterable<T> {
  readonly #events: T[] = [];
  #isEnded = false;
  #wake: () => void = () => {};

  push(event: T): void {
    this.#events.push(event);
    this.#wake();
  }

  end(): void {
    this.#isEnded = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      yield* this.#events.splice(0);
      if (this.#isEnded && this.#events.length === 0) return;
      if (this.#events.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
