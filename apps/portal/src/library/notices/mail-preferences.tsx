import { WarningKind, type WarningPreferences, warningRoutes } from '@hufu/contracts';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Choices, TextField } from '../../ui/form.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { Status } from '../../ui/status.tsx';
import { useMember } from '../session/library-session.ts';

const preferencesQuery = queryOptions({
  queryKey: ['library', 'warnings', 'preferences'],
  queryFn: ({ signal }) => call(warningRoutes.preferences, { signal }),
});

/** What is mailed, and where to; a new address proves itself by a code. */
export function MailPreferences() {
  const t = useTexts(library).notices;
  const { owns } = useMember();
  const preferences = useQuery(preferencesQuery);
  return (
    <section className="card stack-tight">
      <h2 className="panel-title">{t.preferences}</h2>
      <p>{t.preferencesText}</p>
      <Loaded query={preferences}>
        {(data) => (
          <>
            <p className="row">
              <span>{data.address ?? t.addressNone}</span>
              {data.address ? (
                <Status tone={data.confirmed ? 'good' : 'attention'}>
                  {data.confirmed ? t.confirmed : t.unconfirmed}
                </Status>
              ) : null}
            </p>
            {owns ? <Form key={data.version} preferences={data} /> : null}
          </>
        )}
      </Loaded>
    </section>
  );
}

function Form({ preferences }: { preferences: WarningPreferences }) {
  const t = useTexts(library).notices;
  const { language } = useLanguage();
  const client = useQueryClient();
  const keep = (next: WarningPreferences) => client.setQueryData(preferencesQuery.queryKey, next);
  const [kinds, setKinds] = useState<readonly string[]>(preferences.kinds);
  const [address, setAddress] = useState('');
  const [code, setCode] = useState('');
  const save = useMutation({
    mutationFn: () =>
      call(warningRoutes.prefer, {
        body: {
          kinds: WarningKind.options.filter((kind) => kinds.includes(kind)),
          language,
          version: preferences.version,
          ...(address.trim() === '' ? {} : { address: address.trim() }),
        },
      }),
    onSuccess: keep,
  });
  const confirm = useMutation({
    mutationFn: () => call(warningRoutes.confirm, { body: { code } }),
    onSuccess: keep,
  });
  return (
    <form
      className="stack-tight"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      {preferences.address && !preferences.confirmed ? (
        <div className="row row-end">
          <TextField
            name="mail-code"
            label={t.code}
            hint={t.codeHint}
            inputMode="numeric"
            maxLength={6}
            value={code}
            onValue={setCode}
          />
          <Button busy={confirm.isPending} disabled={!/^\d{6}$/.test(code)} onClick={() => confirm.mutate()}>
            {t.confirm}
          </Button>
        </div>
      ) : null}
      {confirm.error ? <ProblemBox error={confirm.error} /> : null}
      <TextField
        name="mail-address"
        label={preferences.address ? t.newAddress : t.address}
        type="email"
        optional
        maxLength={200}
        value={address}
        onValue={setAddress}
      />
      <Choices
        name="mail-kinds"
        label={t.which}
        options={WarningKind.options.map((value) => ({ value, label: t.kinds[value] }))}
        values={kinds}
        onValues={setKinds}
      />
      {save.error ? <ProblemBox error={save.error} /> : null}
      {save.isSuccess ? <Alert tone="good" announced title={t.saved} /> : null}
      <div>
        <Button type="submit" busy={save.isPending}>
          {t.save}
        </Button>
      </div>
    </form>
  );
}
