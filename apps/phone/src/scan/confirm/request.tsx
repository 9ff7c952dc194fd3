import { type PhoneScan, phoneScanRoutes } from '@hufu/contracts';
import type { PinEntry } from '@hufu/phone-key';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { isCode } from '../../api/problem.ts';
import { confirm as texts } from '../../i18n/confirm.ts';
import { useNamed, useTexts } from '../../i18n/language.tsx';
import { PinSheet } from '../../keys/pin-sheet.tsx';
import { Button } from '../../ui/button.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { Screen } from '../../ui/screen.tsx';
import type { Scanned } from '../scanned.ts';
import { carryOut, findHalf } from './carry-out.ts';
import { ChooseCertificate } from './choose-certificate.tsx';
import { CodePanel } from './code-panel.tsx';
import { Contents } from './contents.tsx';
import { scanQuery } from './scan-query.ts';
import { WhoAsks } from './who-asks.tsx';

/** Shown while the PIN can be tried again; anything else is said on the page. */
const AT_THE_PAD = ['PHONE_PIN_WRONG', 'APP_BIOMETRIC', 'APP_NETWORK'];

export function Request({ scan, scanned }: { scan: PhoneScan; scanned: Scanned }) {
  const t = useTexts(texts);
  const named = useNamed();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<string>();
  const [asking, setAsking] = useState(false);
  const usable = scan.certificates.filter(({ problem }) => problem === null);
  const certificateId = chosen ?? usable[0]?.id;

  const half = useQuery({
    queryKey: ['scan', scan.id, 'half', certificateId],
    queryFn: () => findHalf(certificateId ?? '', scan),
    enabled: certificateId !== undefined,
  });
  const use = useMutation({
    mutationFn: (pin: PinEntry) => {
      if (certificateId === undefined) throw new Error('No certificate is chosen');
      return carryOut({ scan, scanned, certificateId, pin });
    },
    onSuccess: (done) => {
      client.setQueryData(scanQuery(scanned).queryKey, done);
      void client.invalidateQueries({ queryKey: ['uses'] });
    },
    onError: (error) => {
      if (!isCode(error, ...AT_THE_PAD)) setAsking(false);
    },
  });
  const refuse = useMutation({
    mutationFn: () => call(phoneScanRoutes.refuse, { params: { id: scan.id } }),
    onSettled: () => client.invalidateQueries({ queryKey: scanQuery(scanned).queryKey }),
  });

  const waiting = scan.state === 'SCANNED';
  const shownError = asking ? undefined : (use.error ?? half.error ?? refuse.error ?? undefined);
  return (
    <Screen
      title={t.titles[scan.purpose]}
      back="/"
      footer={
        <div className="confirm-ways">
          <Button busy={refuse.isPending} onClick={() => refuse.mutate()}>
            {t.refuse}
          </Button>
          <Button
            kind="primary"
            busy={use.isPending || scan.state === 'CONFIRMED'}
            disabled={waiting || half.data === undefined}
            onClick={() => {
              use.reset();
              setAsking(true);
            }}
          >
            {waiting ? t.waitForCode : t.agree[scan.purpose]}
          </Button>
        </div>
      }
    >
      <WhoAsks scan={scan} />
      {scan.code === null ? null : <CodePanel code={scan.code} />}
      {shownError === undefined ? null : <ProblemBox error={shownError} />}
      <Contents
        scan={scan}
        fingerprint={scan.certificates.find(({ id }) => id === certificateId)?.fingerprint}
      />
      <ChooseCertificate certificates={scan.certificates} value={certificateId} onValue={setChosen} />
      {asking ? (
        <PinSheet
          title={t.titles[scan.purpose]}
          note={t.pinNote(named(scan.site))}
          submitLabel={t.agree[scan.purpose]}
          {...(half.data && { halfId: half.data.halfId })}
          busy={use.isPending}
          error={use.error}
          onPin={(pin) => use.mutate(pin)}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </Screen>
  );
}
