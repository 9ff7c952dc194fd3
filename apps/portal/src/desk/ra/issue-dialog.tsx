import { type DeskRaOrder, deskRaRoutes, type RaTicketIssued } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { ra } from '../../i18n/ra.ts';
import { Button, ButtonAnchor } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextArea, TextField } from '../../ui/form.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';

/** DER in base64 out of what was pasted; undefined when it is neither PEM nor base64. */
export function requestOf(text: string): string | undefined {
  const body = text.replaceAll(/-----(?:BEGIN|END) (?:NEW )?CERTIFICATE REQUEST-----/g, '');
  const packed = body.replaceAll(/\s+/g, '');
  return packed !== '' && packed.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(packed)
    ? packed
    : undefined;
}

type IssueDialogProps = { order: DeskRaOrder; issues: boolean; onClose: () => void };

/** The end of a ticket (SM-CA-TICKET). What was issued stays on the screen until it has been taken over. */
export function IssueDialog({ order, issues, onClose }: IssueDialogProps) {
  const t = useTexts(ra);
  const { cancel } = useTexts(common);
  const client = useQueryClient();
  const [csr, setCsr] = useState('');
  const [feeReceipt, setFeeReceipt] = useState('');
  const [tracking, setTracking] = useState('');
  const [tried, setTried] = useState(false);
  const request = requestOf(csr);
  const wrong = issues && request === undefined;
  const issue = useMutation({
    mutationFn: () =>
      call(deskRaRoutes.issue, {
        params: { id: order.id },
        body: {
          version: order.version,
          feeReceipt,
          tracking,
          ...(issues && request !== undefined ? { csr: request } : {}),
        },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['desk'] }),
  });
  if (issue.data) {
    return (
      <Dialog
        title={t.issuedTitle}
        onClose={onClose}
        actions={
          <Button kind="primary" onClick={onClose}>
            {t.close}
          </Button>
        }
      >
        <Issued issued={issue.data} />
      </Dialog>
    );
  }
  return (
    <Dialog
      title={issues ? t.issueTitle : t.finish}
      wide
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{cancel}</Button>
          <Button
            kind="primary"
            busy={issue.isPending}
            onClick={() => {
              setTried(true);
              if (!wrong) issue.mutate();
            }}
          >
            {issues ? t.issue : t.finish}
          </Button>
        </>
      }
    >
      {issues ? (
        <>
          <p>{t.issueText}</p>
          <TextArea
            name="csr"
            label={t.csr}
            hint={t.csrHint}
            rows={6}
            value={csr}
            onValue={setCsr}
            error={tried && wrong ? t.csrWrong : undefined}
          />
        </>
      ) : null}
      <TextField
        name="feeReceipt"
        label={t.feeReceipt}
        optional={(order.amount ?? 0) === 0}
        maxLength={60}
        value={feeReceipt}
        onValue={setFeeReceipt}
      />
      {order.channel === 'ONLINE' ? (
        <TextField name="tracking" label={t.tracking} maxLength={60} value={tracking} onValue={setTracking} />
      ) : null}
      {issue.error ? <ProblemBox error={issue.error} /> : null}
    </Dialog>
  );
}

const dataAddress = (base64: string) => `data:application/octet-stream;base64,${base64}`;

function Issued({ issued }: { issued: z.infer<typeof RaTicketIssued> }) {
  const t = useTexts(ra);
  return (
    <div className="stack-tight">
      <p>{t.issuedText}</p>
      {issued.certificate ? (
        <ButtonAnchor href={dataAddress(issued.certificate)} icon="download" download>
          {t.downloadCertificate}
        </ButtonAnchor>
      ) : null}
      {issued.encryption ? (
        <>
          <ButtonAnchor href={dataAddress(issued.encryption.certificate)} icon="download" download>
            {t.downloadEncryption}
          </ButtonAnchor>
          <ButtonAnchor href={dataAddress(issued.encryption.envelopedKey)} icon="download" download>
            {t.downloadKey}
          </ButtonAnchor>
        </>
      ) : null}
    </div>
  );
}
