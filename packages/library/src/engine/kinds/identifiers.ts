import {
  CodedError,
  KERNEL_ERRORS,
  type KernelErrorCode,
  normaliseUscc,
  parseIdCard,
  parseMobile,
  parsePhone,
  shanghaiInstant,
  usccProblem,
} from '@hufu/kernel';
import { conditionTest } from '../condition.ts';
import type { Condition } from '../field.ts';
import { foreignFault } from '../issue.ts';
import { type Desk, type Reader, refuse } from './reader.ts';
import { readToken } from './text.ts';

function refuseAsKernel(desk: Desk, path: string, code: KernelErrorCode): undefined {
  const { zh, en } = KERNEL_ERRORS[code];
  desk.issues.push(foreignFault(path, code, { zh, en }));
  return undefined;
}

/** Runs a parser of the kernel; its code becomes the issue's. */
function parsed(desk: Desk, path: string, parse: () => string): string | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof CodedError && error.code in KERNEL_ERRORS) {
      return refuseAsKernel(desk, path, error.code as KernelErrorCode);
    }
    throw error;
  }
}

/** Unified social credit code (GB 32100-2015). */
export const usccReader: Reader = (raw, path, desk) => {
  const text = readToken(raw, path, desk, 64);
  if (text === undefined) return undefined;
  const code = normaliseUscc(text);
  const problem = usccProblem(code);
  return problem === undefined ? code : refuseAsKernel(desk, path, problem);
};

let lastDay = { today: '', end: 0 };

/** The end of today: someone born today may have a number. */
function endOf(today: string): number {
  if (lastDay.today !== today) lastDay = { today, end: shanghaiInstant(today, '23:59:59') };
  return lastDay.end;
}

const PAPER = /^[A-Z0-9()-]{4,30}$/;

/** @param card a citizen's number while it holds, and where it is absent */
export function idNumberReader(card: Condition | undefined): Reader {
  const isCard = card === undefined ? () => true : conditionTest(card);
  return (raw, path, desk) => {
    const text = readToken(raw, path, desk, 64)?.toUpperCase();
    if (text === undefined) return undefined;
    if (isCard(desk.values)) {
      return parsed(desk, path, () => parseIdCard(text, endOf(desk.today)).number);
    }
    const compact = text.replaceAll(/\s/g, '');
    return PAPER.test(compact) ? compact : refuse(desk, path, 'LIB_ID_NUMBER');
  };
}

export const mobileReader: Reader = (raw, path, desk) => {
  const text = readToken(raw, path, desk, 64);
  return text === undefined ? undefined : parsed(desk, path, () => parseMobile(text));
};

export const phoneReader: Reader = (raw, path, desk) => {
  const text = readToken(raw, path, desk, 64);
  return text === undefined ? undefined : parsed(desk, path, () => parsePhone(text).number);
};

/** RFC 5321 §4.5.3.1: 64 characters before the @, 254 in all. Quoted local parts are refused on purpose. */
const EMAIL = /^[^\s@<>()[\],;:"\\]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;

export const emailReader: Reader = (raw, path, desk) => {
  const text = readToken(raw, path, desk, 254);
  if (text === undefined) return undefined;
  if (text.length > 254 || !EMAIL.test(text)) return refuse(desk, path, 'LIB_EMAIL');
  const at = text.indexOf('@');
  return text.slice(0, at) + text.slice(at).toLowerCase();
};

const ADDRESS = /^https?:\/\/[^\s/?#@\\]+(?:[/?#][^\s\\]*)?$/i;

export const urlReader: Reader = (raw, path, desk) => {
  const text = readToken(raw, path, desk, 2000);
  if (text === undefined) return undefined;
  return text.length <= 2000 && ADDRESS.test(text) && URL.canParse(text)
    ? text
    : refuse(desk, path, 'LIB_URL');
};

export const accountNumberReader: Reader = (raw, path, desk) => {
  const text = readToken(raw, path, desk, 64);
  if (text === undefined) return undefined;
  const compact = text.replaceAll(/\s/g, '');
  const digits = compact.replaceAll('-', '');
  return /^\d{8,32}$/.test(digits) && /^\d[\d-]{0,48}\d$/.test(compact)
    ? compact
    : refuse(desk, path, 'LIB_ACCOUNT_NUMBER');
};
