import { CodedError } from '@hufu/kernel';
import pino, { type DestinationStream, type Logger } from 'pino';

/** What may be said of an error: what it is and where, not what it says. Foreign messages hold data. */
export type LoggedError = {
  readonly type: string;
  readonly code?: string;
  readonly fields?: CodedError['fields'];
  readonly at: readonly string[];
  readonly cause?: LoggedError;
};

const FRAMES = 12;
const DEPTH = 4;

export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, at: [] };
  const { code } = error as { code?: unknown };
  const at = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, FRAMES)
    .map((line) => line.trim());
  return {
    type: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    ...(error instanceof CodedError ? { fields: error.fields } : {}),
    at,
    ...(error.cause === undefined || depth >= DEPTH ? {} : { cause: loggedError(error.cause, depth + 1) }),
  };
}

/** Structured lines on standard output, without personal data: see the access log in create-http. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: (error: unknown) => loggedError(error), req: () => undefined, res: () => undefined },
  };
  return destination ? pino(options, destination) : pino(options);
}
