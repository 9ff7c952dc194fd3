import type { HufuIdentity } from '@hufu/sdk';
import type { PlatformConfig } from './config.ts';
import type { Member } from './store.ts';

/** Local filing of an enterprise (主体信息备案): PLAT-020 … PLAT-023, SM-PLAT in LOCAL mode. */
export type FilingState = 'ACTIVE' | 'UNDER_REVIEW' | 'APPROVED' | 'REJECTED';

export type FilingForm = { readonly contact: string; readonly phone: string; readonly scope: string };

export type Filing = {
  readonly state: FilingState;
  readonly submitted: FilingForm | undefined;
  /** What counts for bidding; a change under review leaves it as it is (PLAT-023). */
  readonly effective: FilingForm | undefined;
  readonly rejectReason: string | undefined;
};

export const newFiling: Filing = {
  state: 'ACTIVE',
  submitted: undefined,
  effective: undefined,
  rejectReason: undefined,
};

export type FilingEvent =
  | { readonly kind: 'submit'; readonly form: FilingForm }
  | { readonly kind: 'approve' }
  | { readonly kind: 'reject'; readonly reason: string };

const ALLOWED: Record<FilingEvent['kind'], readonly FilingState[]> = {
  submit: ['ACTIVE', 'APPROVED', 'REJECTED'],
  approve: ['UNDER_REVIEW'],
  reject: ['UNDER_REVIEW'],
};

/** @returns the next filing, or undefined when the event is not allowed in this state */
export function nextFiling(filing: Filing, event: FilingEvent): Filing | undefined {
  if (!ALLOWED[event.kind].includes(filing.state)) return undefined;
  switch (event.kind) {
    case 'submit':
      return { ...filing, state: 'UNDER_REVIEW', submitted: event.form, rejectReason: undefined };
    case 'approve':
      return { ...filing, state: 'APPROVED', effective: filing.submitted };
    case 'reject':
      return { ...filing, state: 'REJECTED', rejectReason: event.reason };
  }
}

/** PLAT-021: no bidding before an approval; an approved filing stays good while a change is reviewed. */
export const mayBid = (filing: Filing): boolean => filing.effective !== undefined;

/** Whether a member may bid here: mirrored, approved here, or approved elsewhere and recognised (PLAT-020, PLAT-021). */
export const isAdmitted = (
  { filingMode }: Pick<PlatformConfig, 'filingMode'>,
  { filing, mirror, recognition }: Pick<Member, 'filing' | 'mirror' | 'recognition'>,
): boolean => (filingMode === 'MIRROR' ? mirror !== undefined : mayBid(filing) || recognition !== undefined);

/** PLAT-010: the name of the enterprise page depends on the role. */
export function unitPageLabels(roles: HufuIdentity['roles']): readonly string[] {
  const labels = { BIDDER: '单位信息', AGENCY: '代理机构信息', TENDEREE: '交易甲方信息' } as const;
  return roles.map((role) => labels[role]);
}
