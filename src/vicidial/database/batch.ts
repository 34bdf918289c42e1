/** Questions that are asked at about the same time, put to the database in one query. */
import { isAscii } from '../../model/characters';

/**
 * A query costs both sides about a millisecond of work, and an engine that applies has ten objects under way: what it waits
 * for the others is less than what it saves.
 */
const collectingMs = 10;

interface Waiting<Question, Answer> {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * A query asks all questions of some milliseconds. It does not wait for the one before: where the database is far, that would
 * take as long as the answer. An answer is never older than its question.
 */
export class Batch<Question, Answer> {
  #waiting: Waiting<Question, Answer>[] = [];

  /** @param askAll answers questions, in their order */
  constructor(private readonly askAll: (questions: readonly Question[]) => Promise<readonly Answer[]>) {}

  /** @throws what the query that had the question threw */
  ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ question, resolve, reject });
      if (this.#waiting.length === 1) setTimeout(() => void this.#askWaiting(), collectingMs);
    });
  }

  async #askWaiting(): Promise<void> {
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
}

/**
 * The questions that each query asks. One about letters that the table cannot hold makes its whole query find nothing, so each
 * that may have such letters has a query of its own.
 *
 * @param textOf what a question compares with the table
 */
export function queryGroups<Question>(
  questions: readonly Question[],
  textOf: (question: Question) => string,
): Question[][] {
  const plain = questions.filter((each) => isAscii(textOf(each)));
  const others = questions.filter((each) => !isAscii(textOf(each)));
  return [...(plain.length > 0 ? [plain] : []), ...others.map((each) => [each])];
}
