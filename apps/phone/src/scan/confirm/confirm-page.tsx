import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { NeedsRealName } from '../../app/real-name.tsx';
import { confirm as texts } from '../../i18n/confirm.ts';
import { useTexts } from '../../i18n/language.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { Empty, Loaded, Skeleton } from '../../ui/loaded.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { Screen } from '../../ui/screen.tsx';
import { dropScanned, keptScanned, type Scanned } from '../scanned.ts';
import { Outcome } from './outcome.tsx';
import { Request } from './request.tsx';
import { isOpenScan, scanQuery } from './scan-query.ts';
import './confirm.css';

/** What a scanned code asks for, and the holder's yes or no (MOB-032, MOB-033, MOB-060, MOB-061). */
export function ConfirmPage() {
  const t = useTexts(texts);
  const [scanned] = useState(keptScanned);
  if (scanned === undefined) {
    return (
      <Screen title={t.title} back="/">
        <Empty title={t.nothing}>
          <ButtonLink kind="primary" icon="scan" to="/scan">
            {t.scan}
          </ButtonLink>
        </Empty>
      </Screen>
    );
  }
  return <Followed scanned={scanned} />;
}

function Followed({ scanned }: { scanned: Scanned }) {
  const t = useTexts(texts);
  const query = useQuery(scanQuery(scanned));
  const { data } = query;
  if (data !== undefined && isOpenScan(data)) {
    return (
      <NeedsRealName>
        <Request scan={data} scanned={scanned} />
      </NeedsRealName>
    );
  }
  return (
    <Screen title={t.title} back="/">
      <NeedsRealName>
        {data !== undefined ? (
          <Outcome scan={data} onLeave={dropScanned} />
        ) : query.error ? (
          <ProblemBox
            error={query.error}
            actions={
              <ButtonLink icon="scan" to="/scan">
                {t.scanAgain}
              </ButtonLink>
            }
          />
        ) : (
          <Loaded query={query} skeleton={<Skeleton lines={4} tall />}>
            {() => null}
          </Loaded>
        )}
      </NeedsRealName>
    </Screen>
  );
}
