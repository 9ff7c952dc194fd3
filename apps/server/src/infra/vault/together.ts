type Waiting<Question, Answer> = {
  readonly question: Question;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
};

/**
 * Asks what is asked within one turn of the event loop in one request: a batch of records asks for hundreds of
 * signatures at once.
 *
 * @param askAll answers in the order of the questions; an answer that is an Error is thrown to whoever asked
 */
export function together<Question, Answer>(
  askAll: (questions: readonly Question[]) => Promise<readonly (Answer | Error)[]>,
  most: number,
): (question: Question) => Promise<Answer> {
  const waiting: Waiting<Question, Answer>[] = [];

  async function flush(): Promise<void> {
    const batch = waiting.splice(0, most);
    if (waiting.length > 0) setImmediate(flushQuietly);
    try {
      const answers = await askAll(batch.map(({ question }) => question));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const answer = answers[index];
        if (answer === undefined || answer instanceof Error) reject(answer ?? new Error('no answer'));
        else resolve(answer);
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
  const flushQuietly = () => void flush();

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject });
      if (waiting.length === 1) setImmediate(flushQuietly);
    });
}
