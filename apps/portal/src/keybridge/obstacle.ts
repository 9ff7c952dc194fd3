import { isCode, localProblem, type ProblemError } from '../api/problem.ts';
import type { BridgeState } from './use-bridge.ts';

/** Each part of the system has its own words for the same obstacle; `reading` is 「读取CA信息」 of the library. */
export type GatePlace = 'hub' | 'library' | 'reading';

type Obstacle = Extract<BridgeState, { readonly error: ProblemError }>;

/**
 * What a page says about the obstacle. The library keeps the words of its manual: MSG-14 at its doors (LIB-LOGIN-06),
 * MSG-13 where a key is read (KEY-006), MSG-16 for a driver that is not ours or does not read the key (AST-016).
 */
export function obstacleIn(place: GatePlace, { at, error }: Obstacle): ProblemError {
  if (place === 'hub') return error;
  if (at === 'outdated' || isCode(error, 'TOKEN_FAULT')) return localProblem('TOKEN_SERIAL_UNREAD', error);
  if (at === 'absent' || at === 'empty')
    return localProblem(place === 'reading' ? 'TOKEN_NO_CERTIFICATE' : 'TOKEN_ABSENT', error);
  return error;
}
