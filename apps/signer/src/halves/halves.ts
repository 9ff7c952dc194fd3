import {
  type HalfAnswer,
  type HalfOp,
  type HalfStatus,
  parseRequest,
  phoneKeyError,
  type SignedRequest,
} from '@hufu/phone-key';
import type { HalfContext } from './context.ts';
import { abortRun, destroyByDevice } from './end-half.ts';
import { createEnrolment } from './enrol-half.ts';
import { type HalfRecord, statusOf as shown } from './half-record.ts';
import { acceptHalf, confirmHalf, renewHalf, splitHalf } from './move-half.ts';
import { decryptWithHalf, signWithHalf } from './use-half.ts';

export type Halves = {
  /** Answers a device. @throws PHONE_*, GM_TWO_PARTY_* */
  answer<Op extends HalfOp>(op: Op, request: SignedRequest): Promise<HalfAnswer<Op>>;
  /** Those of the named halves that exist. */
  statuses(halfIds: readonly string[]): HalfStatus[];
  /** What the server may do without the device: for a phone that is lost. @throws PHONE_HALF_UNKNOWN */
  hold(halfId: string, client: string): Promise<HalfStatus>;
  release(halfId: string, client: string): Promise<HalfStatus>;
  /** For ever. Done again, it is done already. */
  destroy(halfId: string, client: string): Promise<void>;
};

export function createHalves(context: HalfContext): Halves {
  const { store } = context;
  const enrolment = createEnrolment(context);

  const answers: {
    readonly [Op in HalfOp]: (op: Op, request: SignedRequest) => Promise<HalfAnswer<Op>>;
  } = {
    'enrol-begin': async (op, request) => enrolment.begin(request, parseRequest(op, request.body)),
    'enrol-finish': (op, request) => enrolment.finish(request, parseRequest(op, request.body)),
    confirm: (op, request) => confirmHalf(context, request, parseRequest(op, request.body)),
    sign: (op, request) => signWithHalf(context, request, parseRequest(op, request.body)),
    decrypt: (op, request) => decryptWithHalf(context, request, parseRequest(op, request.body)),
    renew: (op, request) => renewHalf(context, request, parseRequest(op, request.body)),
    split: (op, request) => splitHalf(context, request, parseRequest(op, request.body)),
    accept: (op, request) => acceptHalf(context, request, parseRequest(op, request.body)),
    abort: (op, request) => abortRun(context, request, parseRequest(op, request.body)),
    destroy: (op, request) => destroyByDevice(context, request, parseRequest(op, request.body)),
  };

  const statusOf = (half: HalfRecord): HalfStatus => shown(half, store.state.wrongPinsOf(half));
  const find = (halfId: string): HalfRecord => {
    const half = store.state.halves.get(halfId);
    if (half === undefined) throw phoneKeyError('PHONE_HALF_UNKNOWN');
    return half;
  };
  const mark = async (type: 'held' | 'released', halfId: string, client: string): Promise<HalfStatus> => {
    if (find(halfId).isHeld !== (type === 'held')) await store.commit({ type, half: halfId, client });
    return statusOf(find(halfId));
  };

  return {
    answer: (op, request) => answers[op](op, request),
    statuses: (halfIds) =>
      halfIds.flatMap((id) => {
        const half = store.state.halves.get(id);
        return half === undefined ? [] : [statusOf(half)];
      }),
    hold: (halfId, client) => mark('held', halfId, client),
    release: (halfId, client) => mark('released', halfId, client),
    async destroy(halfId, client) {
      if (!store.state.halves.has(halfId)) return;
      await store.commit({ type: 'destroyed', half: halfId, by: client });
    },
  };
}
