import { type PhoneGrant, phoneRoutes } from '@hufu/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { minute } from '../format/dates.ts';
import { grants as texts } from '../i18n/grants.ts';
import { useTexts } from '../i18n/language.tsx';
import { ConfirmSheet } from '../ui/confirm-sheet.tsx';
import { Icon } from '../ui/icon.tsx';
import { Empty, Loaded } from '../ui/loaded.tsx';
import { Screen } from '../ui/screen.tsx';
import { Status } from '../ui/status.tsx';
import { useToast } from '../ui/toast.tsx';
import { grantsQuery } from './grant-queries.ts';
import { historyOf } from './group-grants.ts';
import './grants.css';

const route = getRouteApi('/member/verified/grants/detail');

/** 授权详情 of a platform or a person: 历史授权记录, from which a grant is deleted (MOB-048 … MOB-050). */
export function GrantDetailPage() {
  const t = useTexts(texts);
  const { enterprise = '', person, scope } = route.useSearch();
  const grants = useQuery(grantsQuery(enterprise));
  const [removing, setRemoving] = useState<PhoneGrant>();
  return (
    <Screen
      title={t.detail}
      back="/grants"
      action={
        <Link
          to="/grants/new"
          search={{ enterprise, ...(person && { person }), ...(scope && { scope }) }}
          className="icon-button"
          aria-label={t.add}
        >
          <Icon name="plus" size={22} />
        </Link>
      }
    >
      <Loaded query={grants}>
        {(all) => {
          const rows = historyOf(
            all.filter(
              (grant) =>
                (person === undefined || grant.person.id === person) &&
                (scope === undefined || grant.scope === scope),
            ),
          );
          const [first] = rows;
          if (first === undefined) return <Empty title={t.historyEmpty} />;
          return (
            <>
              <h2>{scope === undefined ? first.person.name : first.scopeName}</h2>
              <section className="group" aria-labelledby="grant-history">
                <h2 id="grant-history">{t.history}</h2>
                <ul className="cells">
                  {rows.map((grant) => (
                    <GrantRow
                      key={grant.id}
                      grant={grant}
                      title={scope === undefined ? grant.scopeName : grant.person.name}
                      onRemove={() => setRemoving(grant)}
                    />
                  ))}
                </ul>
              </section>
            </>
          );
        }}
      </Loaded>
      {removing ? (
        <RemoveSheet grant={removing} enterpriseId={enterprise} onClose={() => setRemoving(undefined)} />
      ) : null}
    </Screen>
  );
}

type GrantRowProps = { grant: PhoneGrant; title: string; onRemove: () => void };

function GrantRow({ grant, title, onRemove }: GrantRowProps) {
  const t = useTexts(texts);
  const live = grant.state === 'GRANTED';
  const ending = grant.endedBy === null || grant.endedBy === 'ADMIN' ? '' : `（${t.endings[grant.endedBy]}）`;
  return (
    <li className="cell grant-row">
      <span className="cell-text">
        <span className="cell-title">{title}</span>
        <span className="cell-note">{t.certificate(grant.certificate.serialNumber.slice(-8))}</span>
        <span className="cell-note figures">{t.grantedAt(minute(grant.grantedAt), grant.grantedBy)}</span>
        {grant.revokedAt === null ? null : (
          <span className="cell-note figures">
            {t.revokedAt(minute(grant.revokedAt), grant.revokedBy ?? '')}
            {ending}
          </span>
        )}
        <Status tone={live ? 'good' : 'idle'}>{t.states[grant.state]}</Status>
      </span>
      {live ? (
        <button
          type="button"
          className="icon-button grant-remove"
          aria-label={t.removeOf(grant.person.name, grant.scopeName)}
          onClick={onRemove}
        >
          <Icon name="delete" size={22} />
        </button>
      ) : null}
    </li>
  );
}

type RemoveSheetProps = { grant: PhoneGrant; enterpriseId: string; onClose: () => void };

function RemoveSheet({ grant, enterpriseId, onClose }: RemoveSheetProps) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const say = useToast();
  const remove = useMutation({
    mutationFn: () => call(phoneRoutes.revokeGrant, { params: { id: grant.id } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: grantsQuery(enterpriseId).queryKey });
      say(t.removed);
      onClose();
    },
  });
  return (
    <ConfirmSheet
      title={t.removeTitle}
      action={t.remove}
      destroys
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <p>{t.removeText(grant.person.name, grant.scopeName)}</p>
    </ConfirmSheet>
  );
}
