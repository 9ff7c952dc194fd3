import { type DeskRaOrder, deskRaRoutes } from '@hufu/contracts';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { minute } from '../../format/dates.ts';
import { useTexts } from '../../i18n/language.tsx';
import { ra } from '../../i18n/ra.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { CodeText, USCC_GROUPS } from '../../ui/code-text.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Status } from '../../ui/status.tsx';
import { ReasonDialog } from '../parts/reason-dialog.tsx';
import { RaClock, RaStateWord } from './ra-state.tsx';

const yuan = (fen: number): string => `¥${(fen / 100).toFixed(2)}`;

/** What the application says, the persons masked until somebody says why they must be seen. */
export function RaFacts({ order, mayReveal }: { order: DeskRaOrder; mayReveal: boolean }) {
  const t = useTexts(ra);
  const [asking, setAsking] = useState(false);
  const [shown, setShown] = useState<Readonly<Record<string, string>>>({});
  const { form } = order;
  const said = (name: 'legalRepName' | 'legalRepIdNo' | 'contactPhone' | 'mailAddress') =>
    shown[name] ?? form[name];
  const line = (label: string, value: string) => (value === '' ? [] : [{ label, value }]);
  return (
    <section className="stack-tight">
      <Facts
        facts={[
          { label: t.reference, value: <CodeText value={order.reference} copyable /> },
          { label: t.state, value: <RaStateWord state={order.state} /> },
          { label: t.due, value: <RaClock order={order} /> },
          { label: t.kind, value: t.kinds[order.kind] },
          { label: t.channel, value: t.channels[order.channel] },
          { label: t.applicant, value: t.applicants[order.applicant] },
          ...line(t.form.enterpriseName, form.enterpriseName),
          ...(form.uscc === ''
            ? []
            : [{ label: t.form.uscc, value: <CodeText value={form.uscc} pattern={USCC_GROUPS} copyable /> }]),
          ...line(t.form.legalRepName, said('legalRepName')),
          ...line(t.form.legalRepIdNo, said('legalRepIdNo')),
          ...line(t.form.personName, shown['personName'] ?? order.applicantName),
          ...line(t.form.personIdNo, shown['personIdNo'] ?? ''),
          ...line(t.form.expertNo, form.expertNo),
          ...line(t.form.contactPhone, said('contactPhone')),
          ...line(t.form.mailAddress, said('mailAddress')),
          ...(form.years > 0 ? [{ label: t.form.years, value: t.yearsOf(form.years) }] : []),
          ...(order.amount === null ? [] : [{ label: t.amount, value: yuan(order.amount) }]),
          ...(order.payment === null ? [] : [{ label: t.payment, value: t.payments[order.payment.state] }]),
          ...line(t.feeReceipt, order.feeReceipt ?? ''),
          ...line(t.tracking, order.tracking ?? ''),
        ]}
      />
      {mayReveal ? (
        <div>
          <Button kind="quiet" icon="info" onClick={() => setAsking(true)}>
            {t.reveal}
          </Button>
        </div>
      ) : null}
      {order.issued ? (
        <div>
          <ButtonLink to="/desk/ra-certificates/$id" params={{ id: order.issued.certificateId }}>
            {t.issuedCertificate}
          </ButtonLink>
        </div>
      ) : null}
      {asking ? (
        <ReasonDialog
          title={t.revealTitle}
          confirm={t.reveal}
          act={async (reason) =>
            setShown(await call(deskRaRoutes.reveal, { params: { id: order.id }, body: { reason } }))
          }
          onClose={() => setAsking(false)}
        >
          <p>{t.revealText}</p>
        </ReasonDialog>
      ) : null}
    </section>
  );
}

/** CA-020: what was found, and by whom. */
export function RaChecks({ order }: { order: DeskRaOrder }) {
  const t = useTexts(ra);
  return (
    <section className="stack-tight">
      <h3>{t.checks}</h3>
      {order.checks.length === 0 ? (
        <p className="faint">{t.unchecked}</p>
      ) : (
        <ul>
          {order.checks.map(({ item, passed }) => (
            <li key={item}>
              <Status tone={passed ? 'good' : 'bad'}>{passed ? t.passed : t.failed}</Status>{' '}
              {t.checkItems[item]}
            </li>
          ))}
        </ul>
      )}
      {order.checkedBy ? (
        <p className="faint">
          {t.checkedBy}：{order.checkedBy} {order.checkNote ?? ''}
        </p>
      ) : null}
    </section>
  );
}

export function RaHistory({ order }: { order: DeskRaOrder }) {
  const t = useTexts(ra);
  return (
    <section>
      <h3>{t.history}</h3>
      <ol>
        {order.history.map((event) => (
          <li key={`${event.at} ${event.event}`}>
            <time>{minute(event.at)}</time> {t.events[event.event] ?? event.event} {event.by ?? ''}{' '}
            {event.reasons.map((reason) => t.reasons[reason]).join('；')} {event.note ?? ''}
          </li>
        ))}
      </ol>
    </section>
  );
}
