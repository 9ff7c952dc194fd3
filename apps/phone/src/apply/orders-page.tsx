import type { RaOrderSummary } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { minute } from '../format/dates.ts';
import { apply } from '../i18n/apply.ts';
import { useTexts } from '../i18n/language.tsx';
import { order } from '../i18n/order.ts';
import { Cell, Group } from '../ui/cell.tsx';
import { Empty, Loaded } from '../ui/loaded.tsx';
import { Screen } from '../ui/screen.tsx';
import { isOpenOrder } from './order-line.ts';
import { ordersQuery } from './order-queries.ts';
import { OrderStateWord } from './order-state.tsx';

/** 我的申请: what is under way first. */
export function OrdersPage() {
  const t = useTexts(order);
  const orders = useQuery(ordersQuery);
  return (
    <Screen title={t.list} back="/">
      <Loaded query={orders}>
        {(all) => {
          if (all.length === 0) return <Empty title={t.listEmpty} />;
          const open = all.filter(({ state }) => isOpenOrder(state));
          const closed = all.filter(({ state }) => !isOpenOrder(state));
          return (
            <>
              {open.length > 0 ? <OrderRows title={t.open} orders={open} /> : null}
              {closed.length > 0 ? <OrderRows title={t.closed} orders={closed} /> : null}
            </>
          );
        }}
      </Loaded>
    </Screen>
  );
}

function OrderRows({ title, orders }: { title: string; orders: readonly RaOrderSummary[] }) {
  const t = useTexts(apply);
  return (
    <Group title={title}>
      {orders.map((one) => (
        <Cell
          key={one.id}
          title={one.enterpriseName || t.applicants[one.applicant]}
          note={
            <>
              {t.kinds[one.kind]} · <time>{minute(one.updatedAt)}</time>
            </>
          }
          value={<OrderStateWord state={one.state} />}
          link={{ to: '/orders/$id', params: { id: one.id } }}
        />
      ))}
    </Group>
  );
}
