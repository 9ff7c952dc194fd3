import { toProblem } from '../api/problem.ts';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Empty } from '../ui/loaded.tsx';
import { Screen } from '../ui/screen.tsx';

export function NotFoundPage() {
  const t = useTexts(common).notFound;
  return (
    <Screen title={t.title} back="/">
      <Empty title={t.text}>
        <ButtonLink kind="primary" to="/">
          {t.home}
        </ButtonLink>
      </Empty>
    </Screen>
  );
}

export function CrashPage({ error }: { error: unknown }) {
  const texts = useTexts(common);
  return (
    <Screen title={texts.crashed.title} back="/">
      <Empty title={texts.crashed.text}>
        <p className="faint">
          {texts.code} <code>{toProblem(error).code}</code>
        </p>
        <Button kind="primary" onClick={() => location.reload()}>
          {texts.crashed.reload}
        </Button>
      </Empty>
    </Screen>
  );
}
