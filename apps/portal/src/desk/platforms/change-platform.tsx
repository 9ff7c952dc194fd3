import { type DeskPlatform, deskRoutes } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { PlatformForm } from './platform-form.tsx';
import { valuesOf } from './platform-values.ts';

type ChangePlatformProps = {
  platform: DeskPlatform;
  onProposed: (approval: string) => void;
  onCancel: () => void;
};

/** A change is proposed by one person and takes effect when a second has approved it. */
export function ChangePlatform({ platform, onProposed, onCancel }: ChangePlatformProps) {
  const t = useTexts(desk);
  const client = useQueryClient();
  const propose = useMutation({
    mutationFn: ({ code, ...form }: Parameters<Parameters<typeof PlatformForm>[0]['onSubmit']>[0]) =>
      call(deskRoutes.proposePlatformChange, {
        params: { code },
        body: { ...form, version: platform.version },
      }),
    onSuccess: async (approval) => {
      await client.invalidateQueries({ queryKey: ['desk'] });
      onProposed(approval.id);
    },
  });
  return (
    <PlatformForm
      initial={valuesOf(platform)}
      registered
      submitLabel={t.platforms.propose}
      note={t.second}
      busy={propose.isPending}
      error={propose.error}
      onSubmit={(form) => propose.mutate(form)}
      onCancel={onCancel}
    />
  );
}
