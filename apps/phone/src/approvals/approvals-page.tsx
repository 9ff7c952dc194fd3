import {
  type PhoneApprovals,
  type PhoneInvitation,
  type PhoneOffer,
  type PhoneTransfer,
  phoneRoutes,
} from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { call } from '../api/client.ts';
import { useSession } from '../api/session.ts';
import { minute } from '../format/dates.ts';
import { approvals as texts } from '../i18n/approvals.ts';
import { useTexts } from '../i18n/language.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { Empty, Loaded } from '../ui/loaded.tsx';
import { Screen } from '../ui/screen.tsx';
import { AnswerButtons } from './answer-buttons.tsx';
import { approvalsQuery } from './approval-queries.ts';

/** 待办: invitations, 转授管理员 (OD-32) and shared certificates that wait for an answer. */
export function ApprovalsPage() {
  const t = useTexts(texts);
  const approvals = useQuery(approvalsQuery);
  return (
    <Screen title={t.title} back="/">
      <Loaded query={approvals}>{(data) => <Waiting approvals={data} />}</Loaded>
    </Screen>
  );
}

function Waiting({ approvals }: { approvals: PhoneApprovals }) {
  const t = useTexts(texts);
  const { invitations, transfers, offers } = approvals;
  const verified = useSession().data?.verified === true;
  if (invitations.length + transfers.length + offers.length === 0) {
    return <Empty title={t.empty}>{t.emptyText}</Empty>;
  }
  return (
    <>
      {verified ? null : <p className="faint">{t.needVerified}</p>}
      {transfers.map((transfer) => (
        <TransferCard key={transfer.id} transfer={transfer} />
      ))}
      {invitations.map((invitation) => (
        <InvitationCard key={invitation.id} invitation={invitation} />
      ))}
      {offers.map((offer) => (
        <OfferCard key={offer.id} offer={offer} />
      ))}
    </>
  );
}

function InvitationCard({ invitation }: { invitation: PhoneInvitation }) {
  const t = useTexts(texts);
  return (
    <article className="panel">
      <h2>{t.invitation(invitation.invitedBy, invitation.enterprise.name)}</h2>
      <p>{t.invitationText}</p>
      <p className="faint">{t.until(minute(invitation.expiresAt))}</p>
      <AnswerButtons
        about={invitation.enterprise.name}
        acceptLabel={t.join}
        answer={(accept) =>
          call(phoneRoutes.answerInvitation, { params: { id: invitation.id }, body: { accept } })
        }
      />
    </article>
  );
}

function TransferCard({ transfer }: { transfer: PhoneTransfer }) {
  const t = useTexts(texts);
  return (
    <article className="panel">
      <h2>{t.transfer(transfer.from, transfer.enterprise.name)}</h2>
      <p>{t.transferText}</p>
      <p className="faint">{t.until(minute(transfer.expiresAt))}</p>
      <AnswerButtons
        about={transfer.enterprise.name}
        acceptLabel={t.accept}
        answer={(accept) =>
          call(phoneRoutes.answerTransfer, { params: { id: transfer.id }, body: { accept } })
        }
      />
    </article>
  );
}

function OfferCard({ offer }: { offer: PhoneOffer }) {
  const t = useTexts(texts);
  const device = useSession().data?.device;
  const here = device?.id === offer.deviceId;
  return (
    <article className="panel">
      <h2>{t.offer(offer.from.person)}</h2>
      <p>{offer.certificate.subjectName}</p>
      <p className="faint">
        {t.offerFrom(offer.from.deviceName)} · {t.until(minute(offer.expiresAt))}
      </p>
      {here ? (
        <ButtonLink kind="primary" block to="/approvals/offers/$id" params={{ id: offer.id }}>
          {t.accept}
        </ButtonLink>
      ) : (
        <p>{t.offerOther}</p>
      )}
    </article>
  );
}
