import { phoneRoutes } from '@hufu/contracts';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { call } from '../api/client.ts';
import { useSession } from '../api/session.ts';
import { common } from '../i18n/common.ts';
import { useLanguage, useTexts } from '../i18n/language.tsx';
import { Button } from '../ui/button.tsx';
import { Empty, Loaded } from '../ui/loaded.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';

/** Leaves for the identity provider, which sends the browser back to the home page. */
export function useRealName() {
  return useMutation({
    mutationFn: () => call(phoneRoutes.startRealName),
    onSuccess: ({ redirectTo }) => location.assign(redirectTo),
  });
}

/** Shows its children to who is real-named (MOB-003, MOB-010); to others the way there. */
export function NeedsRealName({ children }: { children: ReactNode }) {
  const t = useTexts(common).realName;
  const { language } = useLanguage();
  const session = useSession();
  const start = useRealName();
  return (
    <Loaded query={session}>
      {(data) => {
        if (data === null || data.verified) return children;
        const { realName } = data;
        return (
          <Empty title={t.title}>
            <p>{realName === null ? t.off : t.text}</p>
            {start.error ? <ProblemBox error={start.error} /> : null}
            {realName === null ? null : (
              <Button kind="primary" icon="shield" busy={start.isPending} onClick={() => start.mutate()}>
                {t.start}
                {` · ${language === 'en' ? realName.labelEn : realName.label}`}
              </Button>
            )}
          </Empty>
        );
      }}
    </Loaded>
  );
}
