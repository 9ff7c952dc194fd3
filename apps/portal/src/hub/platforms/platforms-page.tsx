import { hubRoutes, type Target } from '@hufu/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { call } from '../../api/client.ts';
import { hub } from '../../i18n/hub.ts';
import { useNamed, useTexts } from '../../i18n/language.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Empty, Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { Way } from '../../ui/way.tsx';
import { WithSession } from '../need-login.tsx';
import { arrangeTargets } from './arrange-targets.ts';
import { TargetList } from './target-list.tsx';
import './platforms.css';

const route = getRouteApi('/platforms');

/** 「盟市交易平台」 (HUB-060 … HUB-062). */
export function PlatformsPage() {
  const t = useTexts(hub);
  return (
    <WithSession>
      {() => (
        <>
          <ButtonLink kind="quiet" icon="person" to="/profile">
            {t.session.profile}
          </ButtonLink>
          <Page title={t.platforms.title} lead={t.platforms.lead}>
            <Way at={2} />
            <Chooser />
          </Page>
        </>
      )}
    </WithSession>
  );
}

function Chooser() {
  const t = useTexts(hub).platforms;
  const targets = useQuery({
    queryKey: ['hub', 'targets'],
    queryFn: ({ signal }) => call(hubRoutes.targets, { signal }),
  });
  const { q = '' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <div className="search field">
        <Icon name="search" />
        <input
          type="search"
          aria-label={t.search}
          placeholder={`${t.search}：${t.searchHint}`}
          value={q}
          onChange={(event) =>
            void navigate({
              search: (old) => ({ ...old, q: event.target.value || undefined }),
              replace: true,
              resetScroll: false,
            })
          }
        />
      </div>
      <Loaded query={targets} skeleton={<Skeleton lines={4} tall />}>
        {(list) => <Choice targets={list} />}
      </Loaded>
    </>
  );
}

function Choice({ targets }: { targets: readonly Target[] }) {
  const t = useTexts(hub).platforms;
  const named = useNamed();
  const { q, platform } = route.useSearch();
  const search = route.useNavigate();
  const navigate = useNavigate();
  const sections = arrangeTargets(targets, q ?? '');
  const chosen = targets.find((target) => target.code === platform && target.reachable);
  const authorise = useMutation({
    mutationFn: (code: string) => call(hubRoutes.authorise, { body: { platform: code } }),
    onSuccess: ({ id }) => navigate({ to: '/authorise/$id', params: { id } }),
  });
  if (sections.length === 0) {
    return (
      <Empty title={t.none}>
        <Button kind="quiet" onClick={() => void search({ search: {}, replace: true })}>
          {t.clear}
        </Button>
      </Empty>
    );
  }
  return (
    <form
      className="chooser"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen && !authorise.isPending) authorise.mutate(chosen.code);
      }}
    >
      <TargetList
        sections={sections}
        chosen={chosen?.code}
        onChoose={(code) =>
          void search({
            search: (old) => ({ ...old, platform: code }),
            replace: true,
            resetScroll: false,
          })
        }
      />
      <div className="chooser-bar">
        <div className="chooser-words" aria-live="polite">
          {authorise.error ? (
            <ProblemBox error={authorise.error} />
          ) : (
            <span>{chosen ? t.chosen(named(chosen)) : t.chooseOne}</span>
          )}
        </div>
        <Button
          kind="primary"
          large
          type="submit"
          disabled={!chosen}
          busy={authorise.isPending || authorise.isSuccess}
        >
          {t.confirm}
        </Button>
      </div>
    </form>
  );
}
