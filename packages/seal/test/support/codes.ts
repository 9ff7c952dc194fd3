import { CodedError } from '@hufu/kernel';

/** The code that something refuses with, or `accepted`. */
export async function codeOf(run: () => unknown): Promise<string> {
  try {
    await run();
    return 'accepted';
  } catch (error) {
    return error instanceof CodedError ? error.code : `uncoded: ${String(error)}`;
  }
}
