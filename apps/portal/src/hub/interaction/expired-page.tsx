import { toProblem } from '../../api/problem.ts';
import { hub } from '../../i18n/hub.ts';
import { useTexts } from '../../i18n/language.tsx';
import { ButtonAnchor, ButtonLink } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';

type ExpiredPageProps = { error: unknown; restartUrl: string | null };

/** A login page that stood open too long, or was finished in another tab: the way to begin anew. */
export function ExpiredPage({ error, restartUrl }: ExpiredPageProps) {
  const t = useTexts(hub).interaction;
  const restart = toProblem(error).field('restartUrl') ?? restartUrl;
  return (
    <Page title={t.expiredTitle} lead={t.expiredText} narrow>
      <div className="row">
        {restart && /^https?:\/\//.test(restart) ? (
          <ButtonAnchor kind="primary" href={restart}>
            {t.restart}
          </ButtonAnchor>
        ) : null}
        <ButtonLink to="/platforms">{t.chooser}</ButtonLink>
      </div>
    </Page>
  );
}
