import { type EnterprisePhone, phoneRoutes } from '@hufu/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { usePhoneOffered } from '../api/site.ts';
import { minute } from '../format/dates.ts';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { phone as phoneTexts } from '../i18n/phone.ts';
import { Alert } from '../ui/alert.tsx';
import { Button } from '../ui/button.tsx';
import { CodeText } from '../ui/code-text.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextArea } from '../ui/form.tsx';
import { Loaded, Skeleton } from '../ui/loaded.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { Status } from '../ui/status.tsx';

/** The same for both sessions that may look after an enterprise's phones. */
const DOORS = {
  hub: {
    list: phoneRoutes.enterprisePhones,
    freeze: phoneRoutes.freezeEnterprisePhone,
    thaw: phoneRoutes.thawEnterprisePhone,
  },
  library: {
    list: phoneRoutes.libraryPhones,
    freeze: phoneRoutes.freezeLibraryPhone,
    thaw: phoneRoutes.thawLibraryPhone,
  },
} as const;
type Realm = keyof typeof DOORS;

/** 手机证书: where the enterprise's certificates can be used, and how a lost phone is stopped from the web. */
export function EnterprisePhones({ realm }: { realm: Realm }) {
  const t = useTexts(phoneTexts).phones;
  const offered = usePhoneOffered();
  const phones = useQuery({
    queryKey: [realm, 'phones'],
    queryFn: ({ signal }) => call(DOORS[realm].list, { signal }),
    enabled: offered,
  });
  const [freezing, setFreezing] = useState<EnterprisePhone>();
  if (!offered) return null;
  return (
    <section className="card" id="phones">
      <div className="card-head">
        <h2>{t.title}</h2>
      </div>
      <p className="faint">{t.lead}</p>
      <Loaded query={phones} skeleton={<Skeleton lines={2} />}>
        {(rows) =>
          rows.length === 0 ? (
            <p>{t.none}</p>
          ) : (
            <ul aria-label={t.title}>
              {rows.map((one) => (
                <PhoneLine key={one.id} realm={realm} phone={one} onFreeze={() => setFreezing(one)} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {freezing ? (
        <FreezeDialog realm={realm} phone={freezing} onClose={() => setFreezing(undefined)} />
      ) : null}
    </section>
  );
}

type LineProps = { realm: Realm; phone: EnterprisePhone; onFreeze: () => void };

function PhoneLine({ realm, phone, onFreeze }: LineProps) {
  const t = useTexts(phoneTexts).phones;
  const refresh = useRefresh(realm);
  const thaw = useMutation({
    mutationFn: () => call(DOORS[realm].thaw, { params: { id: phone.id } }),
    onSuccess: refresh,
  });
  return (
    <li className="bound">
      <div className="row-spread">
        <div>
          <strong>{phone.deviceName}</strong> · {phone.personMasked} · {t.roles[phone.role]}{' '}
          <Status tone={phone.state === 'ACTIVE' ? 'good' : 'bad'}>{t.states[phone.state]}</Status>
          <p className="faint">
            {phone.certificates.map(({ id, serialNumber }) => (
              <span key={id}>
                {t.serial} <CodeText value={serialNumber} />{' '}
              </span>
            ))}
            · {t.used} {phone.lastUsedAt === null ? t.never : <time>{minute(phone.lastUsedAt)}</time>}
          </p>
        </div>
        {phone.state === 'ACTIVE' ? (
          <Button kind="destroy" onClick={onFreeze}>
            {t.freeze}
          </Button>
        ) : (
          <Button busy={thaw.isPending} onClick={() => thaw.mutate()}>
            {t.thaw}
          </Button>
        )}
      </div>
      {thaw.error ? <ProblemBox error={thaw.error} /> : null}
    </li>
  );
}

type FreezeProps = { realm: Realm; phone: EnterprisePhone; onClose: () => void };

function FreezeDialog({ realm, phone, onClose }: FreezeProps) {
  const t = useTexts(phoneTexts).phones;
  const texts = useTexts(common);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const refresh = useRefresh(realm);
  const freeze = useMutation({
    mutationFn: () =>
      call(DOORS[realm].freeze, { params: { id: phone.id }, body: { reason: reason.trim() } }),
    onSuccess: () => {
      refresh();
      onClose();
    },
  });
  const missing = reason.trim() === '';
  return (
    <Dialog
      title={t.freezeTitle(phone.deviceName)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button
            kind="destroy"
            busy={freeze.isPending}
            onClick={() => {
              setTried(true);
              if (!missing) freeze.mutate();
            }}
          >
            {t.freeze}
          </Button>
        </>
      }
    >
      <Alert tone="attention" title={t.freezeText} />
      <TextArea
        name="reason"
        label={t.reason}
        hint={t.reasonHint}
        maxLength={200}
        value={reason}
        onValue={setReason}
        error={tried && missing ? texts.required : undefined}
      />
      {freeze.error ? <ProblemBox error={freeze.error} /> : null}
    </Dialog>
  );
}

function useRefresh(realm: Realm): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: [realm, 'phones'] });
}
