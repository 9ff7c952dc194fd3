import type { Problem } from '@hufu/contracts';
import { CodedError, type ErrorEntry, type ErrorFields, type ErrorRegister } from '@hufu/kernel';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { type FieldIssue, fieldProblems } from './field-problems.ts';
import type { Language } from './language.ts';
import { ListedError } from './listed-error.ts';

export type Failure = { readonly code: string; readonly fields: ErrorFields; readonly issues: FieldIssue[] };

/**
 * PostgreSQL's classes for a lost connection, a server that goes or starts, and an exhausted one; and a transaction that
 * collided with others each time it was run.
 */
const UNAVAILABLE_SQLSTATE = /^(08|57P|53|40001|40P01)/;
/** What the driver says without a code; the last when a transaction is to be rolled back on a connection that is gone. */
const UNAVAILABLE_DRIVER =
  /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error/;
const UNAVAILABLE_SYSTEM = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND']);

const HTTP_CODES: Readonly<Record<string, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'REQUEST_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'REQUEST_TYPE',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'REQUEST_MALFORMED',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'REQUEST_MALFORMED',
  FST_ERR_CTP_INVALID_JSON_BODY: 'REQUEST_MALFORMED',
  FST_ERR_BAD_URL: 'REQUEST_MALFORMED',
  FST_ERR_MAX_PARAM_LENGTH: 'REQUEST_TOO_LARGE',
  FST_REQ_FILE_TOO_LARGE: 'FILE_TOO_LARGE',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'REQUEST_TYPE',
  FST_FILES_LIMIT: 'REQUEST_TOO_LARGE',
  FST_FIELDS_LIMIT: 'REQUEST_TOO_LARGE',
  FST_PARTS_LIMIT: 'REQUEST_TOO_LARGE',
};

/** Turns whatever was thrown into a code. What is not known to us says nothing to the caller. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ListedError) {
    const issues = error.complaints.map((one) => ({ ...one, message: '', details: {} }));
    return { code: error.code, fields: error.fields, issues };
  }
  if (error instanceof CodedError) return { code: error.code, fields: error.fields, issues: [] };
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues = error.validation.map((one) => ({
      path: one.instancePath.replace(/^\//, '').replaceAll('/', '.'),
      code: one.keyword,
      message: one.message ?? '',
      details: one.params,
    }));
    return { code: 'REQUEST_INVALID', fields: {}, issues };
  }
  const { code, statusCode, message } = error as { code?: unknown; statusCode?: unknown; message?: unknown };
  const plain = (name: string): Failure => ({ code: name, fields: {}, issues: [] });
  if (typeof code === 'string') {
    const known = HTTP_CODES[code];
    if (known) return plain(known);
    if (UNAVAILABLE_SYSTEM.has(code) || UNAVAILABLE_SQLSTATE.test(code)) return plain('UNAVAILABLE');
  }
  if (typeof message === 'string' && UNAVAILABLE_DRIVER.test(message)) return plain('UNAVAILABLE');
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500)
    return plain('REQUEST_MALFORMED');
  return plain('INTERNAL');
}

export type ProblemContext = { readonly language: Language; readonly requestId: string };

/** The document for the caller (RFC 9457). A code that no register knows is our fault: INTERNAL. */
export function problemOf(failure: Failure, register: ErrorRegister, context: ProblemContext): Problem {
  const found: ErrorEntry | undefined = register[failure.code];
  const code = found ? failure.code : 'INTERNAL';
  const entry = (found ?? register['INTERNAL'])!;
  // A second line that is made at the source may come in English besides.
  const { hint: chinese, hintEn, ...fields } = found ? failure.fields : {};
  const hint = context.language === 'en' ? (hintEn ?? chinese) : chinese;
  return {
    type: `urn:hufu:problem:${code}`,
    title: entry[context.language],
    status: entry.status,
    code,
    detail: RETRY_TEXT[entry.retry][context.language],
    instance: `urn:uuid:${context.requestId}`,
    requestId: context.requestId,
    retry: entry.retry,
    ...(typeof hint === 'string' ? { hint } : {}),
    ...(Object.keys(fields).length > 0 ? { fields: fields as NonNullable<Problem['fields']> } : {}),
    ...(failure.issues.length > 0 ? { errors: fieldProblems(failure.issues, context.language) } : {}),
  };
}

const RETRY_TEXT: Record<ErrorEntry['retry'], Record<Language, string>> = {
  never: { zh: '重试不会改变结果', en: 'Trying again will not change this' },
  later: { zh: '请稍后再试', en: 'Please try again later' },
  corrected: { zh: '请更正后再试', en: 'Please correct it and try again' },
};
