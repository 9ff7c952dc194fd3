import { hubRoutes } from '@hufu/contracts';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { profile as profileTexts } from '../../i18n/profile.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { TextArea } from '../../ui/form.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { WithSession } from '../need-login.tsx';

const route = getRouteApi('/notices/unbind/$id');

/** Any holder of a key of the enterprise stops an unbinding that the enterprise did not ask for (OD-09). */
export function ObjectionPage() {
  const t = useTexts(profileTexts).objection;
  return (
    <WithSession>
      {() => (
        <Page title={t.title} lead={t.lead} narrow>
          <Objection />
        </Page>
      )}
    </WithSession>
  );
}

function Objection() {
  const t = useTexts(profileTexts).objection;
  const { required } = useTexts(common);
  const { id } = route.useParams();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const object = useMutation({
    mutationFn: () => call(hubRoutes.object, { params: { id }, body: { reason: reason.trim() } }),
  });
  const back = <ButtonLink to="/profile">{t.back}</ButtonLink>;
  if (object.isSuccess) {
    return (
      <Alert tone="good" title={t.done} actions={back} announced>
        {t.doneText}
      </Alert>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (reason.trim() !== '') object.mutate();
  };
  return (
    <form className="form" noValidate onSubmit={submit}>
      <TextArea
        name="reason"
        label={t.reason}
        hint={t.reasonHint}
        maxLength={500}
        value={reason}
        onValue={setReason}
        error={tried && reason.trim() === '' ? required : undefined}
      />
      {object.error ? <ProblemBox error={object.error} /> : null}
      <div className="row">
        <Button kind="primary" type="submit" busy={object.isPending}>
          {t.submit}
        </Button>
        {back}
      </div>
    </form>
  );
}
