import { deskRoutes } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call } from '../../api/client.ts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Alert } from '../../ui/alert.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { CodeText } from '../../ui/code-text.tsx';
import { Drawer } from '../parts/drawer.tsx';
import { PlatformForm } from './platform-form.tsx';
import { EMPTY_PLATFORM } from './platform-values.ts';

/** Register a platform; its secret is shown this once. */
export function NewPlatform() {
  const t = useTexts(desk);
  const client = useQueryClient();
  const navigate = useNavigate();
  const add = useMutation({
    mutationFn: (form: Parameters<Parameters<typeof PlatformForm>[0]['onSubmit']>[0]) =>
      call(deskRoutes.addPlatform, { body: form }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['desk'] }),
  });
  return (
    <Drawer title={t.platforms.add} back="/desk/platforms">
      {add.data ? (
        <Alert
          tone="attention"
          title={t.platforms.secretText}
          announced
          actions={
            <ButtonLink to="/desk/platforms/$code" params={{ code: add.data.platform.code }}>
              {add.data.platform.name}
            </ButtonLink>
          }
        >
          {t.platforms.secret} <CodeText value={add.data.clientSecret} pattern={[200]} copyable />
        </Alert>
      ) : (
        <PlatformForm
          initial={EMPTY_PLATFORM}
          codeFixed={false}
          submitLabel={t.platforms.register}
          note={t.atOnce}
          busy={add.isPending}
          error={add.error}
          onSubmit={(form) => add.mutate(form)}
          onCancel={() => void navigate({ to: '/desk/platforms' })}
        />
      )}
    </Drawer>
  );
}
