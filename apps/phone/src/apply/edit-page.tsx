import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Navigate } from '@tanstack/react-router';
import { apply } from '../i18n/apply.ts';
import { useTexts } from '../i18n/language.tsx';
import { Loaded, Skeleton } from '../ui/loaded.tsx';
import { Screen } from '../ui/screen.tsx';
import { optionsQuery, orderQuery } from './order-queries.ts';
import { Wizard } from './wizard.tsx';
import './apply.css';

const route = getRouteApi('/member/verified/orders/$id/edit');

/** The wizard over an order that is a draft or was sent back; any other shows how it stands. */
export function EditPage() {
  const t = useTexts(apply);
  const { id } = route.useParams();
  const order = useQuery(orderQuery(id));
  const options = useQuery(optionsQuery);
  const waiting = (
    <Screen title={t.titles.NEW.ENTERPRISE} back="/orders">
      <Loaded query={order} skeleton={<Skeleton lines={4} tall />}>
        {() => (
          <Loaded query={options} skeleton={<Skeleton lines={4} tall />}>
            {() => null}
          </Loaded>
        )}
      </Loaded>
    </Screen>
  );
  if (order.data === undefined || options.data === undefined) return waiting;
  if (order.data.state !== 'DRAFT' && order.data.state !== 'RETURNED') {
    return <Navigate to="/orders/$id" params={{ id }} replace />;
  }
  return <Wizard key={id} order={order.data} options={options.data} />;
}
