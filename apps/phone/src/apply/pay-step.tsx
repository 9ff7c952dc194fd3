import { type RaOrder, raRoutes } from '@hufu/contracts';
import { useIsFetching, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/client.ts';
import { useTexts } from '../i18n/language.tsx';
import { order as texts } from '../i18n/order.ts';
import { Button } from '../ui/button.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { yuan } from './money.ts';
import { orderQuery } from './order-queries.ts';

/** 支付 on the provider's page, which leads back here (MOB-016); the order follows the provider's word. */
export function PayStep({ order }: { order: RaOrder }) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const query = orderQuery(order.id);
  const looking = useIsFetching({ queryKey: query.queryKey }) > 0;
  const pay = useMutation({
    mutationFn: () => call(raRoutes.pay, { params: { id: order.id } }),
    onSuccess: ({ payUrl }) => {
      if (payUrl === null) void client.invalidateQueries({ queryKey: query.queryKey });
      else location.assign(payUrl);
    },
  });
  const again = order.payment?.state === 'EXPIRED' || order.payment?.state === 'CLOSED';
  const begun = order.payment?.state === 'CREATED';
  return (
    <>
      {pay.error ? <ProblemBox error={pay.error} /> : null}
      {again ? <p className="faint">{t.payExpired}</p> : null}
      {begun ? <p className="faint">{t.payNotYet}</p> : null}
      <Button kind="primary" block busy={pay.isPending || pay.isSuccess} onClick={() => pay.mutate()}>
        {again ? t.payAgain : t.pay}
        {order.amount === null ? '' : ` ${t.yuan(yuan(order.amount))}`}
      </Button>
      {begun ? (
        <Button
          kind="quiet"
          icon="refresh"
          block
          busy={looking}
          onClick={() => void client.invalidateQueries({ queryKey: query.queryKey })}
        >
          {t.payCheckButton}
        </Button>
      ) : null}
    </>
  );
}
