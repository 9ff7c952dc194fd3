import type { RaApplicant, RaKind } from '@hufu/contracts';
import { apply } from '../i18n/apply.ts';
import { useTexts } from '../i18n/language.tsx';

/** 申请企业证书, 续期, … */
export function useOrderTitle({ kind, applicant }: { kind: RaKind; applicant: RaApplicant }): string {
  const { titles } = useTexts(apply);
  return kind === 'NEW' ? titles.NEW[applicant] : titles[kind];
}
