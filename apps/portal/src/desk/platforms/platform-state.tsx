import type { DeskPlatform } from '@hufu/contracts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Status } from '../../ui/status.tsx';

export function PlatformState({ platform }: { platform: Pick<DeskPlatform, 'joined' | 'suspended'> }) {
  const t = useTexts(desk).platforms;
  if (platform.suspended) return <Status tone="attention">{t.suspended}</Status>;
  return platform.joined ? (
    <Status tone="good">{t.joined}</Status>
  ) : (
    <Status tone="idle">{t.notJoined}</Status>
  );
}
