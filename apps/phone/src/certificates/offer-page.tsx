import {
  type PhoneCertificateDetail,
  type PhoneOffer,
  type PhoneReceiver,
  phoneRoutes,
} from '@hufu/contracts';
import type { PinEntry } from '@hufu/phone-key';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { deviceCode } from '../devices/device-code.ts';
import { DeviceCodeView } from '../devices/device-code-view.tsx';
import { certificates as texts } from '../i18n/certificates.ts';
import { useTexts } from '../i18n/language.tsx';
import { pin as pinTexts } from '../i18n/pin.ts';
import { PinSheet } from '../keys/pin-sheet.tsx';
import { Alert } from '../ui/alert.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Cell, Group } from '../ui/cell.tsx';
import { Icon } from '../ui/icon.tsx';
import { Empty, Loaded } from '../ui/loaded.tsx';
import { Screen } from '../ui/screen.tsx';
import { certificateQuery, halfOf } from './certificate-queries.ts';
import { sendOffer } from './send-offer.ts';
import './certificates.css';

const route = getRouteApi('/member/verified/certificates/$id/offer');

/** 在其他设备上使用: choose a device, compare its safety code, hand over with the PIN. */
export function OfferPage() {
  const t = useTexts(texts).offer;
  const { id } = route.useParams();
  const certificate = useQuery(certificateQuery(id));
  return (
    <Screen title={t.title} back="/certificates">
      <Loaded query={certificate}>{(found) => <OfferSteps certificate={found} />}</Loaded>
    </Screen>
  );
}

function OfferSteps({ certificate }: { certificate: PhoneCertificateDetail }) {
  const t = useTexts(texts).offer;
  const [receiver, setReceiver] = useState<PhoneReceiver>();
  const [stopped, setStopped] = useState(false);
  const [sent, setSent] = useState<PhoneOffer>();
  if (sent !== undefined && receiver !== undefined) return <Sent offer={sent} receiver={receiver} />;
  if (receiver === undefined) {
    return (
      <>
        {stopped ? <Alert tone="attention" title={t.stopped} announced /> : null}
        <Receivers certificateId={certificate.id} onReceiver={setReceiver} />
      </>
    );
  }
  return (
    <CompareCode
      certificate={certificate}
      receiver={receiver}
      onSent={setSent}
      onDiffers={() => {
        setReceiver(undefined);
        setStopped(true);
      }}
    />
  );
}

type ReceiversProps = { certificateId: string; onReceiver: (receiver: PhoneReceiver) => void };

function Receivers({ certificateId, onReceiver }: ReceiversProps) {
  const t = useTexts(texts).offer;
  const receivers = useQuery({
    queryKey: ['certificates', 'receivers', certificateId],
    queryFn: ({ signal }) => call(phoneRoutes.receivers, { params: { id: certificateId }, signal }),
  });
  return (
    <Loaded query={receivers}>
      {(all) => {
        if (all.length === 0) return <Empty title={t.none}>{t.noneText}</Empty>;
        const own = all.filter((one) => one.own);
        const others = all.filter((one) => !one.own);
        return (
          <>
            <p className="faint">{t.lead}</p>
            {[
              { title: t.own, rows: own },
              { title: t.persons, rows: others },
            ].map(({ title, rows }) =>
              rows.length === 0 ? null : (
                <Group key={title} title={title}>
                  {rows.map((one) => (
                    <Cell
                      key={one.deviceId}
                      icon="device"
                      title={one.deviceName}
                      note={one.own ? undefined : one.person}
                      onPress={() => onReceiver(one)}
                    />
                  ))}
                </Group>
              ),
            )}
          </>
        );
      }}
    </Loaded>
  );
}

type CompareProps = {
  certificate: PhoneCertificateDetail;
  receiver: PhoneReceiver;
  onSent: (offer: PhoneOffer) => void;
  onDiffers: () => void;
};

function CompareCode({ certificate, receiver, onSent, onDiffers }: CompareProps) {
  const t = useTexts(texts).offer;
  const pin = useTexts(pinTexts);
  const [asking, setAsking] = useState(false);
  const send = useMutation({
    mutationFn: (entry: PinEntry) => sendOffer({ certificate, receiver, pin: entry }),
    onSuccess: onSent,
  });
  const halfId = halfOf(certificate, 'sign');
  return (
    <>
      <h2>{receiver.own ? receiver.deviceName : `${receiver.person} · ${receiver.deviceName}`}</h2>
      <DeviceCodeView label={t.code} groups={deviceCode(receiver)} />
      <p>{t.codeText}</p>
      <p className="faint">{t.where}</p>
      <Button kind="primary" block onClick={() => setAsking(true)}>
        {t.codeMatch}
      </Button>
      <Button block onClick={onDiffers}>
        {t.codeDiffers}
      </Button>
      {asking ? (
        <PinSheet
          title={pin.enter}
          submitLabel={t.title}
          {...(halfId !== undefined && { halfId })}
          busy={send.isPending}
          error={send.error}
          onPin={(entry) => send.mutate(entry)}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}

function Sent({ offer, receiver }: { offer: PhoneOffer; receiver: PhoneReceiver }) {
  const t = useTexts(texts).offer;
  const withdraw = useMutation({
    mutationFn: () => call(phoneRoutes.withdrawOffer, { params: { id: offer.id } }),
  });
  if (withdraw.isSuccess) return <Alert tone="info" title={t.withdrawn} announced />;
  return (
    <div className="done" role="status">
      <span className="done-mark">
        <Icon name="check" size={40} />
      </span>
      <h2>{t.sent}</h2>
      <p>{t.sentText(receiver.deviceName)}</p>
      <ButtonLink kind="primary" block to="/certificates/$id" params={{ id: offer.certificate.id }} replace>
        {t.finish}
      </ButtonLink>
      <Button block busy={withdraw.isPending} onClick={() => withdraw.mutate()}>
        {t.withdraw}
      </Button>
    </div>
  );
}
