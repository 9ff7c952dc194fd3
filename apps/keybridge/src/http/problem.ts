import { GM_ERRORS } from '@hufu/gm';
import { CodedError, type ErrorEntry, type ErrorRegister } from '@hufu/kernel';
import { BRIDGE_ERRORS } from '@hufu/keybridge-client';
import type { Problem } from '@hufu/keybridge-client/protocol';
import { PKI_ERRORS } from '@hufu/pki';
import { SOFT_TOKEN_ERRORS } from '@hufu/soft-token';

const REGISTER: ErrorRegister = { ...GM_ERRORS, ...PKI_ERRORS, ...SOFT_TOKEN_ERRORS, ...BRIDGE_ERRORS };

/** Codes outside every register, and errors without a code, are faults of the assistant: nothing of them gets out. */
export function problemOf(error: unknown): Problem {
  const coded = error instanceof CodedError ? error : undefined;
  const entry = coded === undefined ? undefined : (REGISTER[coded.code] as ErrorEntry | undefined);
  if (coded === undefined || entry === undefined) return document('BRIDGE_FAULT', BRIDGE_ERRORS.BRIDGE_FAULT);
  return { ...document(coded.code, entry), ...fieldsOf(coded) };
}

const document = (code: string, { status, zh, en }: ErrorEntry): Problem => ({
  type: `urn:hufu:error:${code}`,
  title: zh,
  titleEn: en,
  status,
  code,
});

function fieldsOf({ fields }: CodedError): Pick<Problem, 'fields'> {
  const entries = Object.entries(fields);
  if (entries.length === 0) return {};
  return {
    fields: Object.fromEntries(
      entries.map(([name, value]) => [name, typeof value === 'object' ? [...value] : value]),
    ),
  };
}
