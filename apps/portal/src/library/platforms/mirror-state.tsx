import type { PlatformStanding } from '@hufu/contracts';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { Status } from '../../ui/status.tsx';

/** Whether a platform's copy is the present one, and whole (PLAT-016). */
export function MirrorState({ mirror }: { mirror: NonNullable<PlatformStanding['mirror']> }) {
  const t = useTexts(library).platforms;
  if (!mirror.current) return <Status tone="attention">{t.outdated}</Status>;
  return mirror.complete ? (
    <Status tone="good">{t.current}</Status>
  ) : (
    <Status tone="attention">{t.gaps}</Status>
  );
}
