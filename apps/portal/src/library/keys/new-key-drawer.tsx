import { type Admission, libraryEntityRoutes } from '@hufu/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { usePhoneOffered } from '../../api/site.ts';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { Drawer } from '../../ui/drawer.tsx';
import { KeyUserForm } from './key-user-form.tsx';
import { ReadKey } from './read-key.tsx';

const route = getRouteApi('/member/library/keys/new');

/** 「新增」 a certificate (KEY-002 … KEY-007): choose the kind, read the key, say who uses it. */
export function NewKeyDrawer() {
  const t = useTexts(library).keys;
  const texts = useTexts(common);
  const phone = usePhoneOffered();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [type, setType] = useState(route.useSearch().type ?? 'TOKEN');
  const [admission, setAdmission] = useState<Admission>();
  const back = () => void navigate({ to: '/library/keys' });
  return (
    <Drawer title={t.addTitle} back="/library/keys">
      <fieldset className="field">
        <legend>{t.certType}</legend>
        <div className="choices">
          {(['TOKEN', 'MOBILE'] as const).map((one) => (
            <label key={one} className="choice">
              <input type="radio" name="certType" checked={type === one} onChange={() => setType(one)} />
              <span>{t.types[one]}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {type === 'MOBILE' && !phone ? (
        <p className="faint">{t.mobileSoon}</p>
      ) : (
        <>
          {type === 'MOBILE' ? <p>{t.mobileText}</p> : null}
          <ReadKey
            key={type}
            admission={admission}
            onRead={setAdmission}
            only={type === 'MOBILE' ? 'phone' : 'key'}
          />
          {admission ? (
            <KeyUserForm
              submit={t.submit}
              cancel={texts.cancel}
              onCancel={back}
              send={(user) =>
                call(libraryEntityRoutes.addKey, { body: { admissionId: admission.id, ...user } })
              }
              onDone={() => {
                void client.invalidateQueries({ queryKey: ['library', 'keys'] });
                back();
              }}
            />
          ) : null}
        </>
      )}
    </Drawer>
  );
}
