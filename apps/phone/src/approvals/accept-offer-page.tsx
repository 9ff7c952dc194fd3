import { type PhoneOffer, phoneRoutes } from '@hufu/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { call } from '../api/client.ts';
import { NewPin } from '../certificates/new-pin.tsx';
import { day } from '../format/dates.ts';
import { approvals as texts } from '../i18n/approvals.ts';
import { useTexts } from '../i18n/language.tsx';
import { pin as pinTexts } from '../i18n/pin.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Empty, Loaded } from '../ui/loaded.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { Screen } from '../ui/screen.tsx';
import { afterAnswer, approvalsQuery } from './approval-queries.ts';
import { confirmTakeOver, isTakenOver, takeOver } from './take-over.ts';

const route = getRouteApi('/member/verified/approvals/offers/$id');

/** Takes over the halves that another device has split off, with a PIN of this one. */
export function AcceptOfferPage() {
  const t = useTexts(texts);
  const { id } = route.useParams();
  const approvals = useQuery(approvalsQuery);
  return (
    <Screen title={t.offers} back="/approvals">
      <Loaded query={approvals}>
        {({ offers }) => {
          const offer = offers.find((one) => one.id === id);
          return offer === undefined ? <Empty title={t.empty} /> : <AcceptOffer offer={offer} />;
        }}
      </Loaded>
    </Screen>
  );
}

function AcceptOffer({ offer }: { offer: PhoneOffer }) {
  const t = useTexts(texts);
  const words = useTexts(pinTexts);
  const client = useQueryClient();
  const navigate = useNavigate();
  const accept = useMutation({
    mutationFn: (pin: string) => takeOver(offer, pin),
    onError: () => taken.refetch(),
  });
  const finish = useMutation({ mutationFn: () => confirmTakeOver(offer) });
  const taken = useQuery({
    queryKey: ['device', 'taken-over', offer.id],
    queryFn: () => isTakenOver(offer),
    networkMode: 'always',
    staleTime: 0,
  });
  const decline = useMutation({
    mutationFn: () => call(phoneRoutes.answerOffer, { params: { id: offer.id }, body: { accept: false } }),
    onSuccess: async () => {
      await afterAnswer(client);
      void navigate({ to: '/approvals', replace: true });
    },
  });
  if (accept.isSuccess || finish.isSuccess) return <Stored certificateId={offer.certificate.id} />;
  return (
    <>
      <section className="panel">
        <h2>{t.offer(offer.from.person)}</h2>
        <p>{offer.certificate.subjectName}</p>
        <p className="faint figures">
          …{offer.certificate.serialNumber.slice(-8)} · {day(offer.certificate.validTo)}
        </p>
        <p>{t.offerText}</p>
      </section>
      {(accept.error ?? finish.error) ? <ProblemBox error={accept.error ?? finish.error} /> : null}
      {decline.error ? <ProblemBox error={decline.error} /> : null}
      {accept.isPending ? (
        <p role="status">
          <span className="spinner" aria-hidden="true" /> {t.storing}
        </p>
      ) : taken.data === true ? (
        <Button kind="primary" block busy={finish.isPending} onClick={() => finish.mutate()}>
          {t.finish}
        </Button>
      ) : (
        <NewPin
          label={words.set}
          againLabel={words.again}
          submitLabel={t.accept}
          onPin={(pin) => accept.mutate(pin)}
        />
      )}
      <Button kind="quiet" block busy={decline.isPending} onClick={() => decline.mutate()}>
        {t.decline}
      </Button>
    </>
  );
}

function Stored({ certificateId }: { certificateId: string }) {
  const t = useTexts(texts);
  const client = useQueryClient();
  return (
    <div className="done" role="status">
      <span className="done-mark">
        <Icon name="check" size={40} />
      </span>
      <h2>{t.stored}</h2>
      <p>{t.storedText}</p>
      <ButtonLink
        kind="primary"
        block
        to="/certificates/$id"
        params={{ id: certificateId }}
        replace
        onClick={() => void afterAnswer(client)}
      >
        {t.toCertificate}
      </ButtonLink>
    </div>
  );
}
