/** Whether trying again can help: never, later (as it was), or once the input is corrected. */
export type Retry = 'never' | 'later' | 'corrected';

/** One line of an error register: everything the edge needs to answer with a problem document (RFC 9457). */
export type ErrorEntry = {
  readonly status: number;
  readonly zh: string;
  readonly en: string;
  readonly retry: Retry;
};

export type ErrorRegister = Readonly<Record<string, ErrorEntry>>;

/** Data that travels beside a code. Never put personal data or secrets here: fields are logged. */
export type ErrorFields = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** A failure with a stable code. The message is the code: data goes into `fields`, text into the register. */
export class CodedError<Code extends string = string> extends Error {
  override readonly name = 'CodedError';
  readonly code: Code;
  readonly fields: ErrorFields;

  constructor(code: Code, fields: ErrorFields = {}, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.code = code;
    this.fields = fields;
  }
}

/** Names a register and returns the only function that can raise its codes. */
export function errorFactory<const R extends ErrorRegister>(_register: R) {
  return (code: keyof R & string, fields?: ErrorFields, cause?: unknown): CodedError<keyof R & string> =>
    new CodedError(code, fields, cause);
}
