import type { RaState } from '@hufu/contracts';

/** The stations of SM-MOB-ORDER as a person sees them: 填写, 审核, 支付, 下载, 生效. */
export const STATIONS = ['fill', 'review', 'pay', 'download', 'effective'] as const;
export type Station = (typeof STATIONS)[number];

export type StationState = 'done' | 'here' | 'stopped' | 'ahead';
export type LinePoint = { readonly station: Station; readonly state: StationState };

const PLACE: Readonly<Record<RaState, Station>> = {
  DRAFT: 'fill',
  RETURNED: 'fill',
  UNDER_REVIEW: 'review',
  RECEIVED: 'review',
  IN_PROCESS: 'review',
  TO_PAY: 'pay',
  TO_DOWNLOAD: 'download',
  EFFECTIVE: 'effective',
  ISSUED: 'effective',
  MAILED: 'effective',
  COMPLETED: 'effective',
  CANCELLED: 'fill',
};
const OVER: ReadonlySet<RaState> = new Set(['EFFECTIVE', 'ISSUED', 'MAILED', 'COMPLETED']);
const STOPPED: ReadonlySet<RaState> = new Set(['RETURNED', 'CANCELLED']);

/** The life cycle of an order as a line with today's place. */
export function orderLine(state: RaState): readonly LinePoint[] {
  const place = STATIONS.indexOf(PLACE[state]);
  return STATIONS.map((station, at) => {
    if (at < place || OVER.has(state)) return { station, state: 'done' };
    if (at > place) return { station, state: 'ahead' };
    return { station, state: STOPPED.has(state) ? 'stopped' : 'here' };
  });
}

/** Orders that still wait for something: they come before the closed ones. */
export const isOpenOrder = (state: RaState): boolean => !OVER.has(state) && state !== 'CANCELLED';

/** It is the user's turn. */
export const needsUser = (state: RaState): boolean =>
  state === 'DRAFT' || state === 'RETURNED' || state === 'TO_PAY' || state === 'TO_DOWNLOAD';
