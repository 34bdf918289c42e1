/** Questions that are asked at about the same time, put to the database in one query. */

interface Waiting<Question, Answer> {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * While a query is in progress, further questions wait, and the next query asks all of them: an apply that writes ten objects
 * at a time reads them back by one or two queries and not by ten. An answer is never older than its question.
 */
export class Batch<Question, Answer> {
  #waiting: Waiting<Question, Answer>[] = [];
  #isAsking = false;

  /** @param askAll answers questions, in their order */
  constructor(private readonly askAll: (questions: readonly Question[]) => Promise<readonly Answer[]>) {}

  /** @throws what the query that had the question threw */
  ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ question, resolve, reject });
      if (!this.#isAsking) void this.#askWaiting();
    });
  }

  async #askWaiting(): Promise<void> {
    this.#isAsking = true;
    while (this.#waiting.length > 0) {
      const asked = this.#waiting;
      this.#waiting = [];
      try {
        const answers = await this.askAll(asked.map(({ question }) => question));
        // There is an answer for each question, in their order.
        asked.forEach(({ resolve }, index) => resolve(answers[index] as Answer));
      } catch (error) {
        for (const { reject } of asked) reject(error);
      }
    }
    this.#isAsking = false;
  }
}
