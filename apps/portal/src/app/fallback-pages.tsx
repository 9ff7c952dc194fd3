import { useLocation } from '@tanstack/react-router';
import { toProblem } from '../api/problem.ts';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';

export function NotFoundPage() {
  const t = useTexts(common).notFound;
  const { pathname } = useLocation();
  return (
    <Page title={t.title} lead={t.text} narrow>
      <p>
        <code>{pathname}</code>
      </p>
      <ButtonLink kind="primary" to="/">
        {t.home}
      </ButtonLink>
    </Page>
  );
}

export function CrashPage({ error }: { error: unknown }) {
  const texts = useTexts(common);
  return (
    <Page title={texts.crashed.title} lead={texts.crashed.text} narrow>
      <p className="faint">
        {texts.code} <code>{toProblem(error).code}</code>
      </p>
      <Button kind="primary" onClick={() => location.reload()}>
        {texts.crashed.reload}
      </Button>
    </Page>
  );
}
