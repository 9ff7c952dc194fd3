import type { AuthorityContact } from '@hufu/contracts';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { Status, type Tone } from '../ui/status.tsx';

const TONES = {
  GOOD: 'good',
  SLOW: 'busy',
  STALE: 'attention',
  UNREACHABLE: 'attention',
  UNKNOWN: 'idle',
  SUSPENDED: 'bad',
} as const satisfies Record<string, Tone>;

export function AuthorityHealth({ authority }: { authority: Pick<AuthorityContact, 'status' | 'health'> }) {
  const t = useTexts(common).health;
  const state = authority.status === 'SUSPENDED' ? 'SUSPENDED' : authority.health;
  return <Status tone={TONES[state]}>{t[state]}</Status>;
}
