import { type DeskPlatform, deskRoutes } from '@hufu/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import { desk } from '../../i18n/desk.ts';
import { useNamed, useTexts } from '../../i18n/language.tsx';
import { ReasonDialog } from '../parts/reason-dialog.tsx';

type JoinPlatformProps = {
  platform: DeskPlatform;
  onProposed: (approval: string) => void;
  onClose: () => void;
};

/** Asks a second person to let a registered platform in, as it stands (HUB-011). */
export function JoinPlatform({ platform, onProposed, onClose }: JoinPlatformProps) {
  const t = useTexts(desk);
  const named = useNamed();
  const client = useQueryClient();
  return (
    <ReasonDialog
      title={t.joinTitle(named(platform))}
      confirm={t.join}
      onClose={onClose}
      act={async (reason) => {
        const { code, ...fields } = platform;
        const body = { ...fields, joined: true, reason };
        onProposed((await call(deskRoutes.proposePlatformChange, { params: { code }, body })).id);
        await client.invalidateQueries({ queryKey: ['desk'] });
      }}
    >
      <p>{t.second}</p>
      {platform.initiateLoginUri === null ? <p>{t.platforms.noStart}</p> : null}
    </ReasonDialog>
  );
}
