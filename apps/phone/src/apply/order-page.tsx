import type { RaOrder } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { day, minute } from '../format/dates.ts';
import { apply } from '../i18n/apply.ts';
import { useTexts } from '../i18n/language.tsx';
import { order as texts } from '../i18n/order.ts';
import { Alert } from '../ui/alert.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { CodeText } from '../ui/code-text.tsx';
import { Facts } from '../ui/facts.tsx';
import { Loaded, Skeleton } from '../ui/loaded.tsx';
import { Screen } from '../ui/screen.tsx';
import { CancelOrder } from './cancel-order.tsx';
import { yuan } from './money.ts';
import { OrderContent } from './order-content.tsx';
import { OrderHistory } from './order-history.tsx';
import { needsUser } from './order-line.ts';
import { OrderLineView } from './order-line-view.tsx';
import { orderQuery } from './order-queries.ts';
import { OrderStateWord } from './order-state.tsx';
import { PayStep } from './pay-step.tsx';
import './apply.css';

const route = getRouteApi('/member/verified/orders/$id');

/** While the next step is somebody else's, the page looks by itself. */
const LOOK_AGAIN_MS = 5000;
const WAITS: ReadonlySet<RaOrder['state']> = new Set(['UNDER_REVIEW', 'TO_PAY', 'RECEIVED', 'IN_PROCESS']);

/** 办理进度: where the order stands, and the one thing to do next. */
export function OrderPage() {
  const t = useTexts(texts);
  const { id } = route.useParams();
  const order = useQuery({
    ...orderQuery(id),
    refetchInterval: ({ state }) => (state.data && WAITS.has(state.data.state) ? LOOK_AGAIN_MS : false),
  });
  return (
    <Screen
      title={t.title}
      back="/orders"
      footer={order.data && hasNextStep(order.data) ? <NextStep order={order.data} /> : undefined}
    >
      <Loaded query={order} skeleton={<Skeleton lines={3} tall />}>
        {(data) => <OrderBody order={data} />}
      </Loaded>
    </Screen>
  );
}

function OrderBody({ order }: { order: RaOrder }) {
  const t = useTexts(texts);
  const words = useTexts(apply);
  const free = order.state === 'TO_DOWNLOAD' && order.amount === 0;
  return (
    <>
      <section className="panel">
        <div className="panel-head">
          <h2>{order.form.enterpriseName || words.applicants[order.applicant]}</h2>
          <OrderStateWord state={order.state} />
        </div>
        {order.channel === 'APP' ? <OrderLineView state={order.state} /> : null}
        <p role="status">{free ? t.nextDownloadFree : t.says[order.state]}</p>
      </section>
      {order.state === 'RETURNED' && order.returned ? <Returned returned={order.returned} /> : null}
      {order.payment?.state === 'REFUNDING' ? <Alert tone="info" title={t.refunding} /> : null}
      {order.payment?.state === 'REFUNDED' ? <Alert tone="good" title={t.refunded} /> : null}
      <section className="panel">
        <Facts
          facts={[
            { label: t.reference, value: <CodeText value={order.reference} copyable /> },
            { label: t.kind, value: words.kinds[order.kind] },
            ...(order.amount === null || order.amount === 0
              ? []
              : [{ label: t.amount, value: <span className="figures">{t.yuan(yuan(order.amount))}</span> }]),
            { label: t.created, value: <time>{minute(order.createdAt)}</time> },
            ...(order.dueAt === null ? [] : [{ label: t.due, value: <time>{day(order.dueAt)}</time> }]),
          ]}
        />
      </section>
      {order.state === 'DRAFT' ? null : <OrderContent order={order} />}
      <OrderHistory order={order} />
      <CancelOrder order={order} />
    </>
  );
}

function Returned({ returned }: { returned: NonNullable<RaOrder['returned']> }) {
  const t = useTexts(texts);
  return (
    <Alert tone="attention" title={t.reasons}>
      <ul className="reasons">
        {returned.reasons.map((reason) => (
          <li key={reason}>{t.returnReasons[reason]}</li>
        ))}
      </ul>
      {returned.note ? <p>{returned.note}</p> : null}
    </Alert>
  );
}

const hasNextStep = ({ state }: RaOrder): boolean => needsUser(state) || state === 'EFFECTIVE';

function NextStep({ order }: { order: RaOrder }) {
  const t = useTexts(texts);
  if (order.state === 'DRAFT' || order.state === 'RETURNED') {
    return (
      <ButtonLink kind="primary" block to="/orders/$id/edit" params={{ id: order.id }}>
        {order.state === 'DRAFT' ? t.goOn : t.correct}
      </ButtonLink>
    );
  }
  if (order.state === 'TO_PAY') return <PayStep order={order} />;
  if (order.state === 'TO_DOWNLOAD') {
    return (
      <ButtonLink kind="primary" icon="download" block to="/orders/$id/download" params={{ id: order.id }}>
        {t.download}
      </ButtonLink>
    );
  }
  if (order.state === 'EFFECTIVE') {
    return (
      <ButtonLink kind="primary" block to="/certificates">
        {t.toCertificate}
      </ButtonLink>
    );
  }
  return null;
}
