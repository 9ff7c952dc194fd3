import { hubRoutes } from '@hufu/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { call } from '../../api/client.ts';
import { isCode } from '../../api/problem.ts';
import { hub } from '../../i18n/hub.ts';
import { useTexts } from '../../i18n/language.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { Way } from '../../ui/way.tsx';
import { NeedLogin } from '../need-login.tsx';
import { Confirmation } from './confirmation.tsx';

const route = getRouteApi('/authorise/$id');

/** 第三方交易平台信息确认 (HUB-063). */
export function AuthorisePage() {
  const t = useTexts(hub).authorise;
  const { id } = route.useParams();
  const authorisation = useQuery({
    queryKey: ['hub', 'authorisation', id],
    queryFn: ({ signal }) => call(hubRoutes.authorisation, { params: { id }, signal }),
    staleTime: 60_000,
  });
  const confirm = useMutation({
    mutationFn: () => call(hubRoutes.confirmLogin, { params: { id } }),
  });
  if (isCode(authorisation.error, 'HUB_SESSION_REQUIRED') || isCode(confirm.error, 'HUB_SESSION_REQUIRED')) {
    return <NeedLogin />;
  }
  const another = <ButtonLink to="/platforms">{t.another}</ButtonLink>;
  if (authorisation.error && authorisation.data === undefined) {
    return (
      <Page title={t.title} narrow>
        <ProblemBox error={authorisation.error} actions={another} />
      </Page>
    );
  }
  return (
    <Loaded query={authorisation} skeleton={<Skeleton lines={3} tall />}>
      {(data) => (
        <Confirmation
          authorisation={data}
          confirm={confirm}
          way={<Way at={confirm.data ? 3 : 2} />}
          another={another}
        />
      )}
    </Loaded>
  );
}
