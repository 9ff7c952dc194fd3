import { type Preparation, scanRoutes, signingRoutes } from '@hufu/contracts';
import { useTheme } from '@hufu/theme/choice';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useEffect, useEffectEvent, useState } from 'react';
import { call } from '../api/client.ts';
import { useHolder } from '../app/holder.tsx';
import { useLanguage, useTexts } from '../i18n/language.tsx';
import { phone } from '../i18n/phone.ts';
import { signing } from '../i18n/signing.ts';
import type { KeyCertificate } from '../keybridge/bridge.ts';
import { CertificateChoice } from '../keybridge/certificate-choice.tsx';
import { KeyGate } from '../keybridge/key-gate.tsx';
import { type Asking, PinFrame } from '../keybridge/pin-frame.tsx';
import { MeansChoice } from '../phone/means.tsx';
import { Alert } from '../ui/alert.tsx';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/loaded.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { preparationQuery } from './signing-query.ts';

type SignDocumentsProps = { tasks: readonly string[]; onSealed: () => void };

/** 确认签章: prepared on the server, signed by the key after one PIN, sealed on the server (SIGN-005). */
export function SignDocuments({ tasks, onSealed }: SignDocumentsProps) {
  const t = useTexts(signing);
  const prepare = useMutation({
    mutationFn: () => call(signingRoutes.prepare, { body: { tasks: [...tasks] } }),
  });
  const { mutate } = prepare;
  useEffect(() => mutate(), [mutate]);
  return (
    <div className="stack-tight">
      <h2>{t.sign}</h2>
      <p>{t.signLead(tasks.length)}</p>
      {prepare.error ? (
        <ProblemBox
          error={prepare.error}
          actions={<Button onClick={() => prepare.mutate()}>{t.again}</Button>}
        />
      ) : null}
      {prepare.data ? (
        <Prepared
          key={prepare.data.id}
          id={prepare.data.id}
          onSealed={onSealed}
          onAgain={() => prepare.mutate()}
        />
      ) : null}
    </div>
  );
}

type PreparedProps = { id: string; onSealed: () => void; onAgain: () => void };

function Prepared({ id, onSealed, onAgain }: PreparedProps) {
  const t = useTexts(signing);
  const preparation = useQuery(preparationQuery(id));
  const sealed = useEffectEvent(onSealed);
  const state = preparation.data?.state;
  useEffect(() => {
    if (state === 'DONE' || state === 'FAILED') sealed();
  }, [state]);
  if (preparation.error) return <ProblemBox error={preparation.error} />;
  if (preparation.data === undefined) return null;
  const { done, total } = preparation.data;
  switch (preparation.data.state) {
    case 'PREPARING':
      return <Working words={t.preparing(done, total)} done={done} total={total} />;
    case 'READY':
      return <BySomeMeans preparation={preparation.data} />;
    case 'SEALING':
      return <Working words={t.sealing(done, total)} done={done} total={total} />;
    case 'DONE':
    case 'FAILED':
      return <Outcome preparation={preparation.data} onAgain={onAgain} />;
    case 'EXPIRED':
      return (
        <Alert tone="attention" title={t.expired} actions={<Button onClick={onAgain}>{t.again}</Button>} />
      );
  }
}

function Working({ words, done, total }: { words: string; done: number; total: number }) {
  return (
    <div role="status">
      <p>{words}</p>
      <progress value={done} max={Math.max(total, 1)} aria-label={words} />
    </div>
  );
}

function Outcome({ preparation, onAgain }: { preparation: Preparation; onAgain: () => void }) {
  const t = useTexts(signing);
  const failed = preparation.results.filter((one) => one.state === 'FAILED');
  if (failed.length === 0) return <Alert tone="good" announced title={t.sealed} />;
  return (
    <Alert
      tone="attention"
      announced
      title={t.failedSome}
      actions={<Button onClick={onAgain}>{t.again}</Button>}
    >
      <ul>
        {failed.map(({ taskId, message, code }) => (
          <li key={taskId}>
            {message} <code>{code}</code>
          </li>
        ))}
      </ul>
    </Alert>
  );
}

const ScanPanel = lazy(async () => ({ default: (await import('../phone/scan-panel.tsx')).ScanPanel }));

/** With the lock, or 「手机扫码签章」 (SIGN-003, MOB-060): one PIN for all documents either way. */
function BySomeMeans({ preparation }: { preparation: Preparation }) {
  const { seal } = useTexts(phone);
  return (
    <MeansChoice phoneLabel={seal}>
      {(means) =>
        means === 'phone' ? (
          <Suspense fallback={<Skeleton lines={3} tall />}>
            <ByScan id={preparation.id} />
          </Suspense>
        ) : (
          <ByKey preparation={preparation} />
        )
      }
    </MeansChoice>
  );
}

function ByScan({ id }: { id: string }) {
  const send = useSendSignatures(id);
  return (
    <>
      <ScanPanel
        name={`sign.${id}`}
        open={(signal) =>
          call(scanRoutes.open, { body: { purpose: 'sign-documents', preparationId: id }, signal })
        }
        onResult={(result) => {
          if ('signatures' in result) send.mutate(result.signatures);
        }}
      />
      {send.error ? <ProblemBox error={send.error} /> : null}
    </>
  );
}

function useSendSignatures(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (signatures: readonly string[]) =>
      call(signingRoutes.sign, { params: { id }, body: { signatures: [...signatures] } }),
    onSuccess: (next) => client.setQueryData(preparationQuery(id).queryKey, next),
  });
}

/** Only the certificate of this login may sign: another key of the enterprise has seals of its own. */
function ByKey({ preparation }: { preparation: Preparation }) {
  const t = useTexts(signing);
  const { fingerprint: own } = useHolder();
  return (
    <KeyGate>
      {(certificates) => {
        const chosen = certificates.find((one) => one.sha256 === own);
        const closed = new Map(
          certificates.filter((one) => one.sha256 !== own).map((one) => [one.keyId, t.wrongKey]),
        );
        return (
          <div className="stack-tight">
            <CertificateChoice
              certificates={certificates}
              chosen={chosen?.keyId}
              onChoose={() => {}}
              closed={closed}
            />
            {chosen ? <Pin preparation={preparation} certificate={chosen} /> : null}
          </div>
        );
      }}
    </KeyGate>
  );
}

function Pin({ preparation, certificate }: { preparation: Preparation; certificate: KeyCertificate }) {
  const { language } = useLanguage();
  const { shown: theme } = useTheme();
  const { mutateAsync: send } = useSendSignatures(preparation.id);
  const [documents] = useState(preparation.documents);
  const { keyId } = certificate;
  const ask = useCallback(
    async ({ bridge, mount, signal }: Asking) => {
      const asked = documents.map(({ title, digest, message }) => ({ title, digest, message }));
      const { signatures } = await bridge.signDocuments(
        { keyId, documents: asked, language, theme, signal },
        mount,
      );
      if (signal.aborted) return;
      await send(signatures);
    },
    [documents, keyId, language, theme, send],
  );
  return <PinFrame ask={ask} />;
}
