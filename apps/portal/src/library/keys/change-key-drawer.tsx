import { type Admission, type LibraryKey, libraryEntityRoutes } from '@hufu/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { Drawer } from '../../ui/drawer.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { librarySessionQuery, useMember } from '../session/library-session.ts';
import { CertificateFacts } from './certificate-facts.tsx';
import { KeyUserForm } from './key-user-form.tsx';
import { keyQuery } from './keys-query.ts';
import { ReadKey } from './read-key.tsx';

const route = getRouteApi('/member/library/keys/$id/change');

/** 「变更」 (KEY-011 … KEY-013): the user of the certificate, the values read again, 设置为主锁. */
export function ChangeKeyDrawer() {
  const t = useTexts(library).keys;
  const { id } = route.useParams();
  const key = useQuery({ ...keyQuery(id), refetchOnWindowFocus: false });
  return (
    <Drawer title={t.changeTitle} back="/library/keys">
      <Loaded query={key} skeleton={<Skeleton lines={4} tall />}>
        {(data) => <Change key={data.version} certificate={data} />}
      </Loaded>
    </Drawer>
  );
}

function Change({ certificate }: { certificate: LibraryKey }) {
  const t = useTexts(library).keys;
  const texts = useTexts(common);
  const client = useQueryClient();
  const navigate = useNavigate();
  const { owner } = useMember();
  const [admission, setAdmission] = useState<Admission>();
  const [primary, setPrimary] = useState(certificate.isPrimary);
  const back = () => void navigate({ to: '/library/keys' });
  return (
    <>
      {admission ? null : (
        <CertificateFacts
          certificate={{
            unitName: owner.name,
            serialNumber: certificate.serialNo,
            validFrom: certificate.validFrom,
            validTo: certificate.validTo,
            issuerName: certificate.authorityName,
          }}
          mediaNo={certificate.mediaNo}
          certType={certificate.certType}
        />
      )}
      <ReadKey admission={admission} onRead={setAdmission} />
      <KeyUserForm
        submit={t.submit}
        cancel={texts.cancel}
        onCancel={back}
        initial={certificate}
        send={(user) =>
          call(libraryEntityRoutes.changeKey, {
            params: { id: certificate.id },
            body: {
              ...user,
              version: certificate.version,
              isPrimary: primary,
              ...(admission ? { admissionId: admission.id } : {}),
            },
          })
        }
        onDone={() => {
          void client.invalidateQueries({ queryKey: ['library', 'keys'] });
          void client.invalidateQueries({ queryKey: librarySessionQuery.queryKey });
          back();
        }}
      >
        {certificate.may.includes('make-primary') && !certificate.isPrimary ? (
          <div className="field">
            <label className="choice">
              <input
                type="checkbox"
                checked={primary}
                onChange={(event) => setPrimary(event.target.checked)}
              />
              <span>{t.primary}</span>
            </label>
            <p className="field-hint">{t.primaryHint}</p>
          </div>
        ) : null}
      </KeyUserForm>
    </>
  );
}
