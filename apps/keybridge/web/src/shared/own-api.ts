import type { Language } from './language.ts';

/** A refusal by the assistant, with its text in both languages. */
export class OwnProblem extends Error {
  readonly code: string;
  readonly texts: Readonly<Record<Language, string>>;
  readonly fields: Readonly<Record<string, string | number | boolean>>;

  constructor(problem: Problem) {
    super(problem.code);
    this.code = problem.code;
    this.texts = { zh: problem.title, en: problem.titleEn };
    this.fields = problem.fields ?? {};
  }
}

type Problem = {
  readonly code: string;
  readonly title: string;
  readonly titleEn: string;
  readonly fields?: Readonly<Record<string, string | number | boolean>>;
};

const UNREACHABLE: Problem = {
  code: 'BRIDGE_NOT_RUNNING',
  title: '证书助手已停止运行，请重新启动',
  titleEn: 'The certificate assistant has stopped. Start it again.',
};

/** A request of the assistant's own pages. The header keeps other sites' pages out: they cannot send it. */
export async function own<T>(path: string, body?: unknown): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(`/own${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'hufu-own': '1',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new OwnProblem(UNREACHABLE);
  }
  if (answer.status === 204) return undefined as T;
  const content: unknown = await answer.json();
  if (!answer.ok) throw new OwnProblem(content as Problem);
  return content as T;
}
